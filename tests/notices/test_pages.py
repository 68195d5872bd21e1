import pytest

from notices.demo_files import page
from notices.models import Notice
from notices.navigation import waiting_for_me
from notices.workflows import NoticeWorkflow
from tests.factories import make_assignment, make_building, make_notice, make_published
from toolkit.history import remember
from toolkit.uploads import validate_upload


def buildings_url(notice):
    return f"/notices/notices/{notice.pk}/buildings/"


def test_buildings_are_chosen_lane_by_lane(draft, browse, lin, door):
    shown = browse(lin).get(buildings_url(draft)).content.decode()
    assert door.address in shown
    answer = browse(lin).post(buildings_url(draft), {"buildings": [door.pk]})
    assert answer.status_code == 302
    assert list(draft.buildings.all()) == [door]
    assert f"东湖社区：{door.lane.name}{door.number}号" == draft.audience_words


def test_a_building_of_another_community_is_refused(draft, browse, lin, xihu):
    theirs = make_building(xihu)
    answer = browse(lin).post(buildings_url(draft), {"buildings": [theirs.pk]})
    assert answer.status_code == 400
    assert not draft.buildings.exists()


def test_the_second_to_choose_learns_who_was_faster(draft, browse, lin, hua, door):
    other = make_building(draft.org_unit, lane=door.lane)
    url = buildings_url(draft)
    mark = browse(lin).get(url).context["seen"]
    browse(hua).post(url, {"buildings": [door.pk], "seen": mark})

    answer = browse(lin).post(url, {"buildings": [other.pk], "seen": mark})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert str(hua) in page
    assert "没有写入" in page
    assert list(draft.buildings.all()) == [door]
    ticked = page[page.index(f'value="{other.pk}"') :].partition(">")[0]
    assert "checked" in ticked
    warned = {"buildings": [other.pk], "seen": answer.context["seen"]}
    assert browse(lin).post(url, warned).status_code == 302
    assert list(draft.buildings.all()) == [other]


def test_an_audience_changed_meanwhile_is_told_too(draft, browse, lin, xihu, door):
    visitor, url = browse(lin), buildings_url(draft)
    mark = visitor.get(url).context["seen"]
    draft.audience.set([xihu])
    answer = visitor.post(url, {"buildings": [door.pk], "seen": mark})
    assert answer.status_code == 422
    assert "没有写入" in answer.content.decode()
    assert not draft.buildings.exists()


def test_the_way_back_from_the_buildings_leads_to_the_list(draft, browse, lin, door):
    crumbs = browse(lin).get(buildings_url(draft)).context["breadcrumbs"]
    assert [crumb["url"] for crumb in crumbs] == [
        "/notices/notices/",
        f"/notices/notices/{draft.pk}/",
        None,
    ]


def test_buildings_of_what_was_handed_in_stay(draft, browse, lin, door):
    NoticeWorkflow.apply(draft, "submit", by=lin)
    answer = browse(lin).post(buildings_url(draft), {"buildings": [door.pk]})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path", ["buildings/", "files/", "files/1/", "files/1/remove/"]
)
def test_drafts_of_others_are_not_there(path, draft, browse, chen):
    visitor, url = browse(chen), f"/notices/notices/{draft.pk}/{path}"
    answers = {visitor.get(url).status_code, visitor.post(url).status_code}
    assert answers <= {404, 405}


def test_the_menu_counts_what_waits_for_me(draft, lin, hua):
    NoticeWorkflow.apply(draft, "submit", by=lin)
    assert (waiting_for_me(hua), waiting_for_me(lin)) == (1, 0)


def test_the_list_finds_what_waits_for_me(draft, browse, lin, hua, donghu):
    NoticeWorkflow.apply(draft, "submit", by=lin)
    other = make_notice(donghu, author=hua, status="review")
    rows = browse(hua).get("/notices/notices/?waiting=me").context["rows"]
    assert [row.pk for row in rows] == [draft.pk]
    assert other.pk not in [row.pk for row in rows]


def test_a_copy_opens_for_editing(donghu, browse, hua):
    notice = make_published(donghu)
    answer = browse(hua).post(f"/notices/notices/{notice.pk}/do/copy/")
    copy = Notice.objects.get(copied_from=notice)
    assert answer.url == f"/notices/notices/{copy.pk}/edit/"


def test_an_unknown_step_is_not_found(draft, browse, lin):
    url = f"/notices/notices/{draft.pk}/do/explode/"
    assert browse(lin).post(url).status_code == 404


def test_a_sealed_notice_that_was_tampered_with_is_told(donghu, browse, hua, street):
    notice = make_published(donghu)
    notice.audience.set([street])
    page_ = browse(hua).get(f"/notices/notices/{notice.pk}/").content.decode()
    assert "校验值不一致" in page_


def test_markup_in_a_draft_stays_text(donghu, browse, lin):
    notice = make_notice(donghu, author=lin, body="<script>alert(1)</script>")
    shown = browse(lin).get(f"/notices/notices/{notice.pk}/").content.decode()
    assert "<script>alert" not in shown


def test_without_the_permission_there_is_no_page(draft, browse, donghu):
    reader = make_assignment("reader", donghu, ["view_notice"]).user
    assert browse(reader).get("/notices/notices/").status_code == 200
    assert browse(reader).get("/notices/notices/new/").status_code == 403
    assert browse(reader).post(f"/notices/notices/{draft.pk}/files/").status_code == 403


def test_the_files_of_the_demo_pass_the_gate():
    assert validate_upload(page("说明", ["第一行"])).kind == "pdf"


def test_the_history_says_what_was_changed_not_what_was_filled_in(
    draft, browse, lin, donghu
):
    hidden = [{"field": "title", "label": "标题"}]
    remember(draft, "created", "起草", by=lin, changes=hidden)
    assert (
        "内容不显示" not in browse(lin).get(draft.get_absolute_url()).content.decode()
    )
    remember(draft, "changed", "修改", by=lin, changes=hidden)
    assert "内容不显示" in browse(lin).get(draft.get_absolute_url()).content.decode()


def test_the_author_reads_who_can_approve(draft, browse, lin):
    page_of_draft = f"/notices/notices/{draft.pk}/"
    NoticeWorkflow.apply(draft, "submit", by=lin)
    alone = browse(lin).get(page_of_draft).content.decode()
    assert "现在没有别人能审核这条通知" in alone
    hua = make_assignment("hua", draft.org_unit).user
    gone = make_assignment("gone", draft.org_unit).user
    make_assignment("reader", draft.org_unit, ["view_notice"])
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    named = browse(lin).get(page_of_draft).content.decode()
    words = f"待{hua.name}（东湖社区）审核，通过后立即发布。"
    assert words in named
    assert "通知列表的" not in named


def test_the_desk_of_a_withdrawn_notice_begins_with_the_verb(draft, browse, lin, hua):
    for step, by in (("submit", lin), ("publish", hua), ("withdraw", hua)):
        NoticeWorkflow.apply(draft, step, by=by, note="停水取消")
    text = browse(hua).get("/desk/").content.decode()
    assert f'撤下　<a href="{draft.get_absolute_url()}">《停水通知》</a>' in text
