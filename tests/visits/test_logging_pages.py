"""From finding a person to the receipt, as a browser without script does it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.finding import index_resident
from communities.models import Organisation
from tests.factories import make_assignment, make_household, make_resident
from tests.visits.conftest import TODAY
from toolkit.audit import readers_of
from visits.forms.logging import IN_VAIN
from visits.models import Visit

NEW = reverse("visits:visit-new")
FIND = reverse("visits:visit-find")


@pytest.fixture
def sent():
    """What a form holds when only the button is pressed."""
    return {
        "client_uuid": str(uuid4()),
        "method": "door",
        "when": "now",
        "outcome": "normal",
        "next": "rule",
    }


def form_of(subject):
    return f"{NEW}?{subject._meta.model_name}={subject.pk}"


def test_one_tap_on_a_door_and_one_on_the_button_make_a_visit(duty, lin, browse, sent):
    visitor = browse(lin)
    page = visitor.get(f"{NEW}?duty={duty.pk}")
    assert page.context["form"].initial["outcome"] == "normal"
    response = visitor.post(f"{NEW}?duty={duty.pk}", sent)
    visit = Visit.objects.get()
    assert response.url == reverse("visits:visit-receipt", args=[visit.pk])
    assert (visit.resident, visit.logged_by) == (duty.resident, lin)


def test_the_form_says_when_the_next_visit_is_due_and_why(duty, lin, browse):
    page = browse(lin).get(f"{NEW}?duty={duty.pk}").content.decode()
    day = TODAY + timedelta(days=7)
    assert f"按规则每周一次，所以是{day.month}月{day.day}日。" in page
    assert "记入 1 项走访任务" in page


def test_a_visit_of_another_day_is_told_the_rule_without_a_date(duty, lin, browse):
    page = browse(lin).get(f"{NEW}?duty={duty.pk}").content.decode()
    assert '<span class="yh-past">按规则</span>' in page
    assert "按规则每周一次，从走访当天算起。" in page
    assert "没见到，从走访当天算起，次日再去，换个时间。" in page


def test_the_form_names_its_six_questions_in_the_words_of_the_lists(duty, lin, browse):
    page = browse(lin).get(f"{NEW}?duty={duty.pk}").content.decode()
    for words in ("1　走访对象", "2　走访方式", "4　走访情况", "6　约定再访"):
        assert words in page
    assert "共六项，无需拍照和定位。" in page


def test_the_receipt_names_number_duty_and_next_day(duty, lin, browse, sent):
    response = browse(lin).post(f"{NEW}?duty={duty.pk}", sent, follow=True)
    page = response.content.decode()
    day = TODAY + timedelta(days=7)
    assert f"已登记，第{Visit.objects.get().pk}号。" in page
    assert "80岁以上独居" in page
    assert f"下次不晚于{day.month}月{day.day}日" in page


def test_the_page_of_a_try_in_vain_keeps_the_day_that_the_receipt_promised(
    duty, lin, browse, sent
):
    visitor, url = browse(lin), f"{NEW}?duty={duty.pk}"
    receipt = visitor.post(url, sent | {"outcome": "nobody_home"}, follow=True)
    day = TODAY + timedelta(days=1)
    words = f"没见到，{day.month}月{day.day}日再去"
    assert words in receipt.content.decode()
    first = Visit.objects.get()
    shown = visitor.get(first.get_absolute_url()).content.decode()
    assert f"没有见到，{day.month}月{day.day}日再去" in shown
    assert "已再访" not in shown


def test_the_page_of_a_visit_without_an_appointment_asks_for_none(
    wang, lin, browse, sent
):
    visitor = browse(lin)
    visitor.post(form_of(wang), sent)
    page = visitor.get(Visit.objects.get().get_absolute_url()).content.decode()
    assert "走访时间" in page
    assert "约定再访" not in page
    assert "登记新走访" in page


def test_the_same_form_sent_twice_is_one_visit_and_says_so(duty, lin, browse, sent):
    visitor, url = browse(lin), f"{NEW}?duty={duty.pk}"
    visitor.post(url, sent)
    page = visitor.post(url, sent, follow=True).content.decode()
    assert Visit.objects.count() == 1
    assert "没有重复登记" in page


def test_phrases_and_words_make_one_note(wang, lin, browse, sent):
    words = {"phrases": ["药够吃", "燃气已查"], "note": "窗户关好。"}
    browse(lin).post(form_of(wang), sent | words)
    assert Visit.objects.get().note == "药够吃，燃气已查。窗户关好。"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"when": "earlier"}, "请填今天几点去的"),
        ({"when": "other"}, "请填走访时间"),
        ({"when": "other", "other_at": "2099-01-01T10:00"}, "不能晚于现在"),
        ({"when": "other", "other_at": "2001-01-01T10:00"}, "不能早于一年前"),
        ({"when": "other", "other_at": "昨天"}, "日期和时间写得不对"),
        ({"when": "earlier", "earlier_at": "25:99"}, "时间写得不对"),
        ({"next": "chosen"}, "请选再去的日子"),
        ({"next": "chosen", "next_on": "2026-02-31"}, "日期写得不对"),
        ({"phrases": ["给钱"]}, "请选一项"),
        ({"next": "chosen", "next_on": "2001-01-01"}, "要在今天之后"),
        ({"note": "330381194001010018"}, "请删掉"),
        ({"note": "好" * 151}, "150"),
        ({"note": "好" * 148, "phrases": ["药够吃"]}, "连常用句最多150个字"),
        ({"outcome": "dead"}, "请选一项"),
        ({"method": ""}, "请选一项"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    changed, sentence, wang, lin, browse, sent
):
    response = browse(lin).post(form_of(wang), sent | changed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Visit.objects.exists()


def test_what_is_missing_is_named_above_and_one_tap_away(wang, lin, browse, sent):
    faulty = sent | {"when": "other", "next": "chosen"}
    page = browse(lin).post(form_of(wang), faulty).content.decode()
    assert "尚未登记，有 2 处需要补填或更正：" in page
    assert '<a href="#id_other_at">走访时间</a>' in page
    assert '<a href="#id_next_on">再访日期</a>' in page
    assert 'id="id_other_at"' in page
    assert 'id="id_next_on"' in page


def test_readers_of_english_are_told_what_is_missing_with_their_own_marks(
    wang, lin, browse, sent
):
    visitor = browse(lin)
    visitor.cookies["django_language"] = "en"
    faulty = sent | {"when": "other", "next": "chosen"}
    page = visitor.post(form_of(wang), faulty).content.decode()
    told = page.partition("Not logged, 2 answers")[2].partition("</p>")[0]
    assert "</a>, <a" in told
    assert "、" not in told


def test_a_choice_that_was_left_out_is_reached_by_its_first_one(
    wang, lin, browse, sent
):
    page = browse(lin).post(form_of(wang), sent | {"method": ""}).content.decode()
    assert '<a href="#id_method_0">走访方式</a>' in page
    assert page.count("yh-picks is-invalid") == 1
    assert 'id="id_method_0"' in page


def test_a_refused_form_keeps_what_was_typed(wang, lin, browse, sent):
    changed = {"note": "好药", "when": "earlier", "phrases": ["药够吃"]}
    page = browse(lin).post(form_of(wang), sent | changed)
    assert page.context["form"]["note"].value() == "好药"
    assert sent["client_uuid"] in page.content.decode()


@pytest.mark.parametrize("uuid", ["", "x", "123", None])
def test_a_form_without_its_number_is_refused(uuid, wang, lin, browse, sent):
    changed = {"client_uuid": uuid} if uuid is not None else {}
    del sent["client_uuid"]
    assert browse(lin).post(form_of(wang), sent | changed).status_code == 422


def test_a_person_of_another_community_is_not_found(wang, chen, browse, sent):
    visitor = browse(chen)
    assert visitor.get(form_of(wang)).status_code == 404
    assert visitor.post(form_of(wang), sent).status_code == 404
    assert not Visit.objects.exists()


def test_who_may_see_but_not_log_there_is_not_found(wang, xihu, donghu, browse, sent):
    user = make_assignment("both", xihu).user
    make_assignment("looks", donghu, permissions=["view_resident"], user=user)
    assert browse(user).post(form_of(wang), sent).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["resident=0", "resident=x", "duty=-1", "household=9e9", "duty=" + "9" * 40],
)
def test_nonsense_for_a_person_is_not_found(query, lin, browse):
    assert browse(lin).get(f"{NEW}?{query}").status_code == 404


def test_without_a_person_the_form_asks_whom(lin, browse):
    assert browse(lin).get(NEW).url == FIND


def test_who_may_not_log_visits_does_not_open_the_form(donghu, wang, browse):
    user = make_assignment("looks", donghu, permissions=["view_visit"]).user
    assert browse(user).get(form_of(wang)).status_code == 403


def test_a_person_is_found_by_name_and_no_name_is_in_the_address(wang, lin, browse):
    index_resident(wang)
    response = browse(lin).post(FIND, {"q": "阿婆"})
    assert "阿婆" not in response.url
    page = browse(lin).get(response.url).content.decode()
    assert f"resident={wang.pk}" in page


def test_nobody_of_another_community_is_found(wang, chen, browse):
    index_resident(wang)
    page = browse(chen).post(FIND, {"q": "王阿婆"}, follow=True).content.decode()
    assert "没有找到" in page
    assert f"resident={wang.pk}" not in page


@pytest.mark.parametrize("q", ["", "  ", "%%%", "好" * 500])
def test_nonsense_in_the_search_box_gets_a_sentence(q, lin, browse):
    response = browse(lin).post(FIND, {"q": q})
    assert response.status_code == 422
    assert "id_q_error" in response.content.decode()


def test_an_old_search_is_asked_for_again(lin, browse):
    assert browse(lin).get(f"{FIND}?asked=77").status_code == 302
    assert browse(lin).get(f"{FIND}?asked=x").status_code == 400


def test_a_whole_household_and_a_unit_can_be_visited(donghu_grid, lin, browse, sent):
    home = make_household(donghu_grid)
    shop = Organisation.objects.create(org_unit=donghu_grid, name="南门小吃")
    for subject in (home, shop):
        sent["client_uuid"] = str(uuid4())
        page = browse(lin).post(form_of(subject), sent, follow=True)
        assert page.status_code == 200
    assert {visit.subject for visit in Visit.objects.all()} == {home, shop}


def test_a_unit_is_found_by_its_name(donghu_grid, lin, browse):
    shop = Organisation.objects.create(org_unit=donghu_grid, name="南门小吃")
    page = browse(lin).post(FIND, {"q": "南门"}, follow=True).content.decode()
    assert f"organisation={shop.pk}" in page


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("7天连锁酒店", "7天连锁酒店"),
        ("85度C（瑞安店）", "85度c（瑞安"),
        ("A&B", "a&b"),
        ("100%果汁", "％果"),
    ],
)
def test_a_unit_is_found_by_a_name_that_is_no_address(
    name, asked, donghu_grid, lin, browse
):
    shop = Organisation.objects.create(org_unit=donghu_grid, name=name)
    page = browse(lin).post(FIND, {"q": asked}, follow=True)
    assert page.status_code == 200
    assert f"organisation={shop.pk}" in page.content.decode()


def test_a_bad_address_that_no_unit_is_called_by_gets_its_sentence(
    donghu_grid, xihu, lin, browse
):
    Organisation.objects.create(org_unit=donghu_grid, name="8天酒店", closed_on=TODAY)
    Organisation.objects.create(org_unit=xihu, name="8天连锁")
    page = browse(lin).post(FIND, {"q": "8天"})
    assert page.status_code == 422
    assert "请从街巷名写起" in page.content.decode()


def test_a_unit_that_closed_since_it_was_looked_for_gets_a_sentence(
    donghu_grid, lin, browse
):
    shop = Organisation.objects.create(org_unit=donghu_grid, name="7天连锁酒店")
    found = browse(lin).post(FIND, {"q": "7天"})
    Organisation.objects.filter(pk=shop.pk).update(closed_on=TODAY)
    assert browse(lin).get(found.url).status_code == 422


def test_units_are_not_enrolled(donghu_grid, lin, browse):
    Organisation.objects.create(org_unit=donghu_grid, name="7天连锁酒店")
    assert browse(lin).post(f"{FIND}?enrol=1", {"q": "7天"}).status_code == 422


def test_the_page_of_a_unit_leads_to_the_visit_form(donghu_grid, lin, chen, browse):
    shop = Organisation.objects.create(org_unit=donghu_grid, name="南门小吃")
    assert form_of(shop) in browse(lin).get(shop.get_absolute_url()).content.decode()
    Organisation.objects.filter(pk=shop.pk).update(closed_on=TODAY)
    page = browse(lin).get(shop.get_absolute_url()).content.decode()
    assert form_of(shop) not in page


def test_the_receipt_leads_to_the_next_door(duty, donghu_grid, lin, browse, sent):
    other = make_resident(donghu_grid, name="李大爷")
    duty.__class__.objects.create(
        resident=other, rule=duty.rule, next_due_on=TODAY, since=TODAY
    )
    page = browse(lin).post(f"{NEW}?duty={duty.pk}", sent, follow=True)
    assert page.context["next_door"]["name"] == "李大爷"


def test_a_receipt_of_another_community_is_not_found(log, wang, chen, browse):
    url = reverse("visits:visit-receipt", args=[log(wang).pk])
    assert browse(chen).get(url).status_code == 404


def test_a_receipt_offers_a_correction_only_to_whom_may_correct(
    log, wang, donghu, lin, browse
):
    visit = log(wang)
    correction = reverse("visits:visit-correct", args=[visit.pk])
    other = make_assignment("other", donghu, ["view_visit", "add_visit"]).user
    url = reverse("visits:visit-receipt", args=[visit.pk])
    assert correction in browse(lin).get(url).content.decode()
    page = browse(other).get(url).content.decode()
    assert correction not in page
    assert "可以自己更正" not in page


def test_who_opens_the_receipt_of_somebody_else_has_read_the_visit(
    log, wang, lin, mei, browse
):
    visit = log(wang)
    url = reverse("visits:visit-receipt", args=[visit.pk])
    browse(lin).get(url)
    browse(mei).get(url)
    assert [event.actor for event in readers_of(visit)] == [mei]


def test_the_last_visits_stand_above_the_questions(log, wang, lin, browse):
    log(wang, note="血压平稳")
    assert "血压平稳" in browse(lin).get(form_of(wang)).content.decode()


@pytest.mark.parametrize(
    "edge", ["0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"]
)
def test_the_edge_of_the_calendar_is_no_time_of_a_visit(edge, wang, lin, browse, sent):
    sent |= {"when": "other", "other_at": edge}
    assert browse(lin).post(form_of(wang), sent).status_code == 422
    assert not Visit.objects.exists()


def test_a_form_used_for_another_comes_back_and_can_be_sent_again(
    wang, lin, browse, sent, donghu_grid
):
    neighbour, visitor = make_resident(donghu_grid, name="周东海"), browse(lin)
    visitor.post(form_of(wang), sent)
    second = sent | {"note": "门没人应", "outcome": "nobody_home"}
    answer = visitor.post(form_of(neighbour), second)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "刚才登记的是王阿婆" in page
    assert "门没人应" in page
    assert Visit.objects.count() == 1
    fresh = answer.context["form"]["client_uuid"].value()
    visitor.post(form_of(neighbour), second | {"client_uuid": fresh})
    assert Visit.objects.get(resident=neighbour).note == "门没人应"


def test_a_form_sent_again_with_other_words_leads_to_the_stored_visit(
    wang, lin, browse, sent
):
    visitor = browse(lin)
    visitor.post(form_of(wang), sent)
    answer = visitor.post(form_of(wang), sent | {"note": "还想补一句"})
    assert answer.status_code == 422
    page, visit = answer.content.decode(), Visit.objects.get()
    assert f"第{visit.pk}号" in page
    assert visit.get_absolute_url() in page
    assert "还想补一句" in page
    # It is not made to count as another visit by sending it once more.
    assert answer.context["form"]["client_uuid"].value() == sent["client_uuid"]


@pytest.mark.parametrize("outcome", ["nobody_home", "refused"])
def test_where_nobody_is_met_other_words_are_offered(outcome, wang, lin, browse, sent):
    page = browse(lin).get(form_of(wang)).content.decode()
    assert page.count('yh-said yh-said--missed"') == len(IN_VAIN)
    words = {"phrases": ["精神好", "已留条"], "outcome": outcome, "note": "窗关着"}
    browse(lin).post(form_of(wang), sent | words)
    assert Visit.objects.get().note == "已留条。窗关着"


def test_words_for_a_try_in_vain_are_not_said_of_who_was_met(wang, lin, browse, sent):
    browse(lin).post(form_of(wang), sent | {"phrases": ["已留条", "精神好"]})
    assert Visit.objects.get().note == "精神好。"


def test_the_form_says_until_when_to_go_again_after_a_try_in_vain(duty, lin, browse):
    page = browse(lin).get(f"{NEW}?duty={duty.pk}").content.decode()
    day = TODAY + timedelta(days=1)
    told = f"没见到，{day.month}月{day.day}日再去，换个时间。"
    assert f'<span class="yh-by yh-by--missed"><span>{told}</span>' in page


@pytest.mark.parametrize(("days", "late"), [(1, "，已超期 1 天"), (0, ""), (-3, "")])
def test_the_form_says_how_late_a_visit_is(days, late, duty, lin, browse):
    day = TODAY - timedelta(days=days)
    type(duty).objects.update(next_due_on=day)
    page = browse(lin).get(f"{NEW}?duty={duty.pk}").content.decode()
    assert f"最晚 {day.month}月{day.day}日{late}</small>" in page


def test_the_receipt_of_a_household_names_its_door(donghu_grid, lin, browse, sent):
    home = make_household(donghu_grid, address="菜巷1-1号101室")
    page = browse(lin).post(form_of(home), sent, follow=True).content.decode()
    assert "<h1" in page
    assert "菜巷1-1号101室（整户）</h1>" in page


def test_the_receipt_says_who_learns_of_a_need_for_help(
    duty, wang, lin, browse, sent, donghu
):
    needed = sent | {"outcome": "needs_help"}
    page = browse(lin).post(form_of(wang), needed, follow=True).content.decode()
    day = TODAY + timedelta(days=1)
    assert (
        "已列入东湖社区“需要帮助”名单，社区书记可以看到。"
        f"请 {day.month}月{day.day}日前再去。"
    ) in page


def test_the_receipt_of_another_visit_names_no_list(duty, lin, browse, sent):
    page = browse(lin).post(f"{NEW}?duty={duty.pk}", sent, follow=True)
    assert "名单，" not in page.content.decode()


def test_the_list_of_the_day_names_the_number_of_a_visit(wang, log, lin, browse):
    visit = log(wang)
    page = browse(lin).get(reverse("visits:today")).content.decode()
    assert f"已登记，第{visit.pk}号" in page


@pytest.mark.parametrize(
    ("hours", "is_marked"), [(72, True), (25, True), (23, False), (0, False)]
)
def test_a_visit_written_down_more_than_a_day_later_says_so(
    hours, is_marked, wang, lin, browse, log
):
    visit = log(wang, visited_at=timezone.now() - timedelta(hours=hours))
    mark = f"补记，{TODAY.year}年{TODAY.month}月{TODAY.day}日登记"
    receipt = reverse("visits:visit-receipt", args=[visit.pk])
    for url in (receipt, visit.get_absolute_url()):
        assert (mark in browse(lin).get(url).content.decode()) == is_marked


def test_the_form_of_a_correction_says_what_stays(wang, lin, browse, log):
    url = reverse("visits:visit-correct", args=[log(wang).pk])
    assert (
        "登记人和登记时间不变；下面各项可以改" in browse(lin).get(url).content.decode()
    )
