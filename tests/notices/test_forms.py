from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.models import UnitProfile
from notices.forms import NoticeForm
from notices.models import Notice
from notices.workflows import NoticeWorkflow
from tests.factories import make_notice, make_org_unit

NEW = "/notices/notices/new/"


def moment(**later):
    at = timezone.localtime() + timedelta(**later)
    return at.strftime("%Y-%m-%dT%H:%M")


def errors_of(data, user):
    form = NoticeForm(data, user=user)
    form.is_valid()
    return form.errors


def test_a_clerk_writes_a_draft(filled, browse, lin, donghu):
    assert browse(lin).post(NEW, filled).status_code == 302
    notice = Notice.objects.get()
    assert (notice.status, notice.author, notice.edited_by) == ("draft", lin, lin)
    assert notice.facts[1] == {"label": "地点", "value": "凤山巷"}
    assert list(notice.audience.all()) == [donghu]


def test_without_a_choice_everybody_of_the_issuer_is_addressed(filled, lin, donghu):
    form = NoticeForm(filled | {"audience": []}, user=lin)
    assert form.is_valid(), form.errors
    assert list(form.save().audience.all()) == [donghu]


def test_a_community_does_not_speak_for_another(filled, browse, lin, mei, xihu):
    assert "org_unit" in errors_of(filled | {"org_unit": xihu.pk}, lin)
    assert "audience" in errors_of(filled | {"audience": [xihu.pk]}, mei)


def test_a_part_of_what_is_addressed_anyway_is_left_out(
    filled, lin, donghu, donghu_grid
):
    both = filled | {"audience": [donghu.pk, donghu_grid.pk]}
    form = NoticeForm(both, user=lin)
    assert form.is_valid(), form.errors
    assert list(form.save().audience.all()) == [donghu]


@pytest.mark.parametrize(
    "line", ["没有冒号", "：没有名称", "时间：", "太长太长太长的名称：x"]
)
def test_a_fact_that_is_none_is_refused_with_its_line(line, filled, lin):
    errors = errors_of(filled | {"facts": f"时间：明天\n{line}"}, lin)
    assert "第 2 行" in errors["facts"][0]


def test_too_many_facts_are_refused(filled, lin):
    assert "facts" in errors_of(filled | {"facts": "时间：明天\n" * 9}, lin)


def test_a_private_mobile_is_refused_as_contact(filled, lin, donghu):
    asked = filled | {"contact_phone": "13800138000"}
    assert "contact_phone" in errors_of(asked, lin)
    UnitProfile.objects.create(org_unit=donghu, duty_phone="138-0013-8000")
    assert "contact_phone" not in errors_of(asked, lin)


def test_a_phone_is_written_as_people_read_it(filled, lin):
    form = NoticeForm(filled | {"contact_phone": "0577 65812345"}, user=lin)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["contact_phone"] == "0577-65812345"
    assert "contact_phone" in errors_of(filled | {"contact_phone": "123"}, lin)


def test_it_cannot_end_before_it_begins(filled, lin):
    times = {"publish_at": moment(days=2), "expires_at": moment(days=1)}
    assert "expires_at" in errors_of(filled | times, lin)


def test_a_banner_needs_an_end(filled, lin):
    assert "expires_at" in errors_of(filled | {"is_emergency": "on"}, lin)


def test_a_list_of_persons_ends_after_seven_working_days(filled, lin):
    form = NoticeForm(filled | {"lists_people": "on"}, user=lin)
    assert form.is_valid(), form.errors
    left = form.save().expires_at - timezone.now()
    assert timedelta(days=8) < left < timedelta(days=25)


def test_a_draft_is_changed_and_its_editor_noted(draft, filled, browse, hua):
    url = f"/notices/notices/{draft.pk}/edit/"
    assert browse(hua).post(url, filled | {"title": "改过"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.edited_by) == ("改过", hua)


def test_what_was_handed_in_is_not_opened_for_changes(draft, browse, lin):
    NoticeWorkflow.apply(draft, "submit", by=lin)
    answer = browse(lin).get(f"/notices/notices/{draft.pk}/edit/")
    assert answer.status_code == 400
    assert "只有草稿可以修改" in answer.content.decode()


@pytest.mark.parametrize("title", ["改过", ""])
def test_what_a_colleague_has_just_handed_in_comes_back_with_the_text(
    title, draft, filled, browse, lin
):
    """The clerk copies from the form what he has written; nothing of it is saved."""
    NoticeWorkflow.apply(draft, "submit", by=lin)
    url = f"/notices/notices/{draft.pk}/edit/"
    sent = filled | {"title": title, "body": "写了一个小时"}
    answer = browse(lin).post(url, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "只有草稿可以修改" in page
    assert "写了一个小时" in page
    notice = Notice.objects.get()
    assert (notice.title, notice.status) == ("停水通知", "review")
    assert notice.body != "写了一个小时"


def test_the_history_keeps_no_text_that_might_name_people(draft, filled, browse, lin):
    url = f"/notices/notices/{draft.pk}/edit/"
    browse(lin).post(url, filled | {"body": "张三 330381190001010018"})
    page = browse(lin).get(f"/notices/notices/{draft.pk}/").content.decode()
    history = page[page.index('id="history"') :]
    assert "330381190001010018" not in history


@pytest.mark.parametrize("field", ["org_unit", "category", "audience", "publish_at"])
@pytest.mark.parametrize("nonsense", ["x", "-1", "99999999999999999999", "\x00"])
def test_nonsense_is_refused_not_an_error(field, nonsense, filled, browse, lin):
    answer = browse(lin).post(NEW, filled | {field: nonsense})
    assert answer.status_code in (400, 422)
    assert not Notice.objects.exists()


def test_buildings_outside_a_new_audience_are_dropped(
    mei, filled, street, donghu, xihu, door
):
    draft = make_notice(street, author=mei)
    draft.buildings.set([door])
    data = filled | {"org_unit": street.pk, "audience": [xihu.pk]}
    form = NoticeForm(data, instance=draft, user=mei)
    assert form.is_valid(), form.errors
    form.save()
    assert not draft.buildings.exists()


@pytest.mark.parametrize("field", ["publish_at", "expires_at"])
@pytest.mark.parametrize(
    "edge",
    [
        "0001-01-01T00:00",
        "0001-01-01T00:00:00Z",
        "1999-12-31T23:59",
        "3000-01-01T00:00",
        "9999-12-31T23:59",
        "9999-12-31T23:59:00-12:00",
    ],
)
@pytest.mark.parametrize("more", [{}, {"lists_people": "on"}])
def test_the_edge_of_the_calendar_is_no_time(edge, field, more, filled, browse, lin):
    answer = browse(lin).post(NEW, filled | more | {field: edge})
    assert answer.status_code == 422
    assert "年份须在 2000 至 2999 之间" in answer.content.decode()
    assert not Notice.objects.exists()


def test_who_sees_more_does_not_widen_the_audience(
    filled, browse, mei, lin, donghu, donghu_grid, xihu
):
    draft = make_notice(donghu, author=lin, audience=[donghu_grid])
    visitor, url = browse(mei), f"/notices/notices/{draft.pk}/edit/"
    shown = visitor.get(url)
    ticked = shown.context["form"]["audience"].value()
    assert ticked == [donghu_grid.pk]
    assert "checked" in str(shown.context["form"]["audience"])
    assert donghu_grid.full_name in shown.content.decode()
    sent = filled | {"title": "改过", "audience": ticked}
    assert visitor.post(url, sent).status_code == 302
    assert list(draft.audience.all()) == [donghu_grid]


def test_a_unit_that_has_ended_stays_addressed(filled, browse, mei, lin, donghu):
    gone = make_org_unit("grid", parent=donghu, valid_to=date(2020, 1, 1))
    draft = make_notice(donghu, author=lin, audience=[gone])
    url = f"/notices/notices/{draft.pk}/edit/"
    assert browse(mei).post(url, filled | {"audience": [gone.pk]}).status_code == 302
    assert list(draft.audience.all()) == [gone]


def test_saving_is_said_to_leave_a_draft(browse, lin, donghu):
    page = browse(lin).get(NEW).content.decode()
    assert 'type="submit">保存草稿</button>' in page
    notice = make_notice(donghu, author=lin)
    page = browse(lin).get(f"{notice.get_absolute_url()}edit/").content.decode()
    assert 'type="submit">保存草稿</button>' in page
