"""What the clerk sees of an import, and who sees it."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Assignment
from accounts.roles import load_roles
from communities.models import Resident, RosterImport
from communities.roster.actions import order_commit
from communities.roster.endings import KEPT_FOR, expire_imports
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import checked, committed, handed_in, worked_on
from tests.factories import make_roster_import, make_user
from toolkit.models import AuditEvent, Job

State = RosterImport.State
ROSTERS = "/communities/rosters/"
ZHANG = person("张三", id_number=card(1), phone="13800010001")
BAD = ZHANG | {"phone": "1380001"}


@pytest.fixture(autouse=True)
def grid(donghu_grid):
    return donghu_grid


def upload(visitor, unit, data: bytes, name="名册.xlsx", purpose="入户核查"):
    file = SimpleUploadedFile(name, data)
    sent = {"org_unit": unit.pk, "purpose": purpose, "file": file}
    return visitor.post(f"{ROSTERS}new/", sent)


def page_of(visitor, found: RosterImport) -> str:
    answer = visitor.get(f"{ROSTERS}{found.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def in_role(slug: str, unit):
    load_roles()
    user = make_user(f"in-{slug}")
    group = Group.objects.get(profile__slug=slug)
    Assignment.objects.create(user=user, role=group, org_unit=unit)
    return user


def test_from_the_upload_to_a_resident_who_is_found(browse, donghu):
    director = in_role("director", donghu)
    visitor = browse(director)
    answer = upload(visitor, donghu, roster(ZHANG))
    found = RosterImport.objects.get()
    assert answer.url == f"{ROSTERS}{found.pk}/"
    assert "正在试算" in page_of(visitor, found)
    waiting = page_of(visitor, worked_on(found))
    assert "等待写入" in waiting
    assert "<h1>名册导入：名册.xlsx</h1>" in waiting
    assert "可新增 1 人" in visitor.get(ROSTERS).content.decode()

    question = visitor.get(f"{ROSTERS}{found.pk}/commit/").content.decode()
    assert "新增 1 人" in question
    visitor.post(f"{ROSTERS}{found.pk}/commit/")
    assert "正在写入" in page_of(visitor, found)
    done = page_of(visitor, worked_on(found))
    assert "已写入" in done
    assert str(director) in done

    zhang = Resident.objects.get()
    hits = visitor.post("/communities/find/", {"q": card(1)}, follow=True)
    assert zhang.get_absolute_url() in hits.content.decode()


def test_the_page_asks_for_itself_only_while_the_worker_is_busy(browse, lin, donghu):
    found, visitor = handed_in(roster(ZHANG), donghu, lin), browse(lin)
    waiting = page_of(visitor, found)
    assert 'hx-trigger="every 2s"' in waiting
    assert "<noscript>" in waiting
    assert "yh-progress" in waiting
    assert "every 2s" not in page_of(visitor, worked_on(found))


def test_counts_stand_there_in_words(browse, lin, donghu):
    page = page_of(browse(lin), checked(roster(ZHANG), donghu, lin))
    for word in ("新增", "更新", "不变", "冲突", "错误"):
        assert word in page


def test_counts_say_what_is_done_only_once_it_is_written(browse, lin, donghu):
    page = page_of(browse(lin), checked(roster(ZHANG), donghu, lin))
    assert "档案里没有，写入后登记" in page
    assert "与档案不同，按文件改" in page
    page = page_of(browse(lin), committed(roster(ZHANG), donghu, lin))
    assert "档案里没有，已登记" in page
    assert "与档案不同，已按文件改" in page
    assert "写入后登记" not in page


def test_problems_are_named_without_their_values(browse, lin, donghu):
    found, visitor = checked(roster(BAD), donghu, lin), browse(lin)
    page = page_of(visitor, found)
    assert "第 2 行" in page
    assert "联系电话" in page
    assert "手机11位" in page
    assert BAD["phone"] not in page
    assert BAD["id_number"] not in page
    assert f"{ROSTERS}{found.pk}/marked/" in page
    again = f"{ROSTERS}new/?org_unit={donghu.pk}&amp;purpose="
    assert again in page


def test_the_marked_file_is_handed_out_and_written_down(browse, lin, donghu):
    found = checked(roster(BAD), donghu, lin)
    answer = browse(lin).get(f"{ROSTERS}{found.pk}/marked/")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.worksheets[0]["G2"].comment
    assert "no-store" in answer["Cache-Control"]
    assert "attachment" in answer["Content-Disposition"]
    event = AuditEvent.objects.get(verb="exported")
    assert (event.actor, event.count, event.subject_id) == (lin, 1, found.pk)


def test_the_template_is_handed_out(browse, lin):
    answer = browse(lin).get(f"{ROSTERS}template/")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.worksheets[0]["A1"].value == "姓名*"


@pytest.mark.parametrize("name", ["no-file", "no-purpose"])
def test_an_upload_without_file_or_purpose_is_refused(name, browse, lin, donghu):
    sent = {"org_unit": donghu.pk, "purpose": "" if name == "no-purpose" else "核查"}
    if name == "no-purpose":
        sent["file"] = SimpleUploadedFile("a.xlsx", roster(ZHANG))
    assert browse(lin).post(f"{ROSTERS}new/", sent).status_code == 422
    assert not RosterImport.objects.exists()
    assert not Job.objects.exists()


def test_units_to_choose_from_end_at_the_scope(browse, lin, mei, xihu, donghu):
    form = browse(lin).get(f"{ROSTERS}new/").context["form"]
    assert list(form.fields["org_unit"].queryset) == [donghu]
    assert upload(browse(lin), xihu, roster(ZHANG)).status_code == 422
    street = browse(mei).get(f"{ROSTERS}new/").context["form"]
    assert len(street.fields["org_unit"].queryset) == 3


def test_conflicts_need_a_tick_before_the_rest_is_written(browse, lin, donghu):
    wife = person("李梅", id_number=card(2, is_male=False), relation="配偶")
    found = checked(roster(ZHANG, wife, wife), donghu, lin)
    visitor, url = browse(lin), f"{ROSTERS}{found.pk}/commit/"
    assert "2 行不写入" in visitor.get(url).content.decode()
    assert visitor.post(url).status_code == 422
    assert visitor.post(url, {"leave_conflicts": "on"}).status_code == 302
    assert worked_on(found).state == State.COMMITTED
    assert Resident.objects.count() == 1


@pytest.mark.parametrize(
    "state", [one for one in State if one not in (State.CHECKED, State.CHECKING)]
)
def test_only_a_checked_roster_is_asked_about(state, browse, lin, donghu):
    found = make_roster_import(donghu, state=state, committed_at=timezone.now())
    for part in ("commit/", "drop/"):
        for answer in (
            browse(lin).get(f"{ROSTERS}{found.pk}/{part}"),
            browse(lin).post(f"{ROSTERS}{found.pk}/{part}"),
        ):
            assert answer.url == f"{ROSTERS}{found.pk}/"
    assert RosterImport.objects.get().state == state


def test_a_file_that_changes_nothing_offers_no_commit(browse, lin, donghu):
    committed(roster(ZHANG), donghu, lin)
    page = page_of(browse(lin), checked(roster(ZHANG), donghu, lin))
    assert "没有要写入的" in page
    assert "/commit/" not in page


def test_a_checked_import_can_be_replaced_or_dropped(browse, lin, donghu):
    found, visitor = checked(roster(ZHANG), donghu, lin), browse(lin)
    page = page_of(visitor, found)
    assert f"{ROSTERS}new/?org_unit={donghu.pk}&amp;purpose=" in page
    url = f"{ROSTERS}{found.pk}/drop/"
    assert f'href="{url}"' in page
    assert "不写入，删除文件" in visitor.get(url).content.decode()
    found.refresh_from_db()
    assert found.stored_name
    assert visitor.post(url).url == f"{ROSTERS}{found.pk}/"
    page = page_of(visitor, found)
    assert "上传的文件已删除" in page
    assert url not in page
    event = AuditEvent.objects.get(verb="dropped")
    assert (event.actor, event.subject_id) == (lin, found.pk)


def test_a_refusal_whose_file_is_gone_offers_no_marked_file(browse, lin, donghu):
    found = checked(roster(BAD), donghu, lin)
    assert "请下载批注文件" in page_of(browse(lin), found)
    expire_imports(timezone.now() + KEPT_FOR * 2)
    page = page_of(browse(lin), found)
    assert "请下载批注文件" not in page
    assert "重新上传" in page


def test_an_expired_import_says_what_to_do(browse, lin, donghu):
    found = checked(roster(ZHANG), donghu, lin)
    expire_imports(timezone.now() + KEPT_FOR * 2)
    page = page_of(browse(lin), found)
    assert "已过期" in page
    assert "重新上传" in page


def test_a_refusal_of_the_whole_file_says_why(browse, lin, donghu):
    without = {key: cell for key, cell in ZHANG.items() if key != "number"}
    page = page_of(browse(lin), checked(roster(without), donghu, lin))
    assert "缺少必填的列：户号" in page
    assert "/marked/" not in page


def test_what_the_clerk_did_stands_on_the_page(browse, lin, mei, donghu):
    visitor = browse(lin)
    upload(visitor, donghu, roster(ZHANG))
    found = worked_on(RosterImport.objects.get())
    order_commit(roster=found, by=mei, leave_conflicts=False)
    history = visitor.get(f"{ROSTERS}{found.pk}/").context["history"]
    assert [(line["label"], line["by"]) for line in history] == [
        ("确认写入", str(mei)),
        ("上传名册", str(lin)),
    ]


def test_a_file_is_called_as_it_is_named_without_a_space_before_its_kind(
    browse, lin, donghu
):
    make_roster_import(donghu, file_name="名册.xlsx")
    page = browse(lin).get(ROSTERS).content.decode()
    assert re.search(r'<t[dh][^>]*class="yh-filename"[^>]*>\s*<a', page)


def test_the_list_of_residents_leads_to_the_import(browse, lin):
    assert ROSTERS in browse(lin).get("/communities/residents/").content.decode()


@pytest.mark.parametrize("part", ["", "commit/", "drop/", "marked/"])
def test_an_import_of_another_community_is_not_there(part, browse, lin, chen, donghu):
    found = checked(roster(BAD), donghu, lin)
    assert browse(chen).get(f"{ROSTERS}{found.pk}/{part}").status_code == 404
    for step in ("commit/", "drop/"):
        assert browse(chen).post(f"{ROSTERS}{found.pk}/{step}").status_code == 404


def test_an_import_of_the_street_is_not_shown_to_a_community(browse, lin, street):
    found = make_roster_import(street)
    assert browse(lin).get(f"{ROSTERS}{found.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("slug", "may_import"),
    [
        ("director", True),
        ("worker", True),
        ("service-staff", True),
        ("leader", False),
        ("keeper", False),
        ("police", False),
        ("supervisor", False),
        ("auditor", False),
        ("system-admin", False),
    ],
)
def test_who_may_import(slug, may_import, browse, street, donghu, grid):
    street_roles = ("service-staff", "leader", "auditor", "system-admin")
    unit = street if slug in street_roles else grid if slug == "keeper" else donghu
    user = in_role(slug, unit)
    expected = 200 if may_import else 403
    found = make_roster_import(donghu)
    steps = (f"{found.pk}/", f"{found.pk}/commit/", f"{found.pk}/drop/")
    for part in ("", "new/", "template/", *steps):
        assert browse(user).get(f"{ROSTERS}{part}").status_code == expected, part


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999"])
def test_a_number_no_import_has_is_not_found(pk, browse, lin):
    for part in ("", "commit/", "drop/", "marked/"):
        assert browse(lin).get(f"{ROSTERS}{pk}/{part}").status_code == 404
