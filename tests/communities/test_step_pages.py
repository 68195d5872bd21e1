"""The pages of household surgery: form, preview, confirmation, undo, suggestions."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import HEAD, Household, HouseholdStep, Resident
from tests.factories import (
    make_assignment,
    make_building,
    make_household,
    make_lane,
    make_resident,
)
from tests.factories.communities import make_family

TODAY = timezone.localdate().isoformat()


def step_url(household, slug):
    return reverse("communities:household-step", args=[household.pk, slug])


def member(name):
    return Resident.objects.get(name=name)


def new_head(**more):
    return {"new_head": member("陈阿娥").pk, "happened_on": TODAY, "reason": ""} | more


def head_of(household):
    return household.members.get(relation=HEAD, ended_on=None).name


def test_the_first_page_shows_what_will_change_and_writes_nothing(family, browse, lin):
    page = browse(lin).post(step_url(family, "new-head"), new_head())
    assert page.status_code == 200
    assert "还没有写入" in page.content.decode()
    assert [line.resident.name for line in page.context["change"].questions] == [
        "林国荣"
    ]
    assert head_of(family) == "林大山"
    assert not HouseholdStep.objects.exists()


def test_each_question_about_a_member_sets_his_name_apart(family, browse, lin):
    page = browse(lin).get(step_url(family, "transfer")).content.decode()
    for name in ("member", "remaining_head"):
        asked = page.partition(f'id="div_id_{name}"')[2].partition("</fieldset>")[0]
        assert "<b>陈阿娥</b><small>妻" in asked, name


@pytest.mark.parametrize("day", ["0026-11-20", "2999-01-01"])
def test_a_step_has_a_day_that_can_be(day, family, browse, lin):
    page = browse(lin).post(step_url(family, "new-head"), new_head(happened_on=day))
    assert page.status_code == 422
    assert "happened_on" in page.context["form"].errors


def test_the_confirmation_writes_the_step_with_the_answers_of_the_clerk(
    family, browse, lin
):
    visitor, url = browse(lin), step_url(family, "new-head")
    seen = visitor.post(url, new_head()).context["change"].fingerprint
    answer = {f"answer-{member('林国荣').pk}": "22"}
    visitor.post(url, new_head(stage="confirm", seen=seen) | answer)
    assert head_of(family) == "陈阿娥"
    assert member("林国荣").relation == "22"
    assert HouseholdStep.objects.get().by == lin


def test_an_answer_cannot_make_a_second_head(family, browse, lin):
    visitor, url = browse(lin), step_url(family, "new-head")
    answer = {f"answer-{member('林国荣').pk}": HEAD}
    visitor.post(url, new_head(stage="confirm") | answer)
    assert member("林国荣").relation == "00"


def test_the_second_of_two_clerks_sees_the_new_state(family, browse, lin):
    visitor, url = browse(lin), step_url(family, "new-head")
    seen = visitor.post(url, new_head()).context["change"].fingerprint
    family.members.filter(name="林国荣").update(relation="23")
    answer = visitor.post(url, new_head(stage="confirm", seen=seen))
    assert answer.status_code == 409
    assert "刚才有人改动了这一户" in answer.content.decode()
    assert head_of(family) == "林大山"


def test_a_split_is_confirmed_in_two_pages(family, browse, lin):
    son = member("林国荣").pk
    sent = {
        "members_leaving": [son],
        "new_head": son,
        "number": "N-9",
        "org_unit": family.org_unit_id,
        "place": "凤山巷12号",
        "happened_on": TODAY,
    }
    visitor, url = browse(lin), step_url(family, "split")
    seen = visitor.post(url, sent).context["change"].fingerprint
    visitor.post(url, sent | {"stage": "confirm", "seen": seen})
    assert member("林国荣").household.number == "N-9"


def test_a_split_marks_the_head_and_the_question_who_follows(family, browse, lin):
    page = browse(lin).get(step_url(family, "split")).content.decode()
    head = page.partition('<tr class="yh-leads">')[2].partition("</tr>")[0]
    assert "林大山" in head
    assert page.count('<td class="yh-follows"') == family.members.count()
    assert "下一步：核对" in page


def test_going_back_keeps_what_was_typed(family, browse, lin):
    sent = new_head(reason="年纪大了", stage="edit")
    page = browse(lin).post(step_url(family, "new-head"), sent)
    assert "年纪大了" in page.content.decode()


@pytest.mark.parametrize("slug", ["split", "merge", "transfer", "new-head", "move"])
def test_nonsense_is_refused_in_words(slug, family, browse, lin):
    sent = {"happened_on": "2999-01-01", "new_head": "9" * 30, "into": "没有这户"}
    answer = browse(lin).post(step_url(family, slug), sent)
    assert answer.status_code == 422
    assert "日期不能晚于今天" in answer.content.decode()


@pytest.mark.parametrize("slug", ["split", "merge", "close", "relations", "move"])
def test_a_household_elsewhere_is_not_found(slug, family, browse, chen):
    assert browse(chen).get(step_url(family, slug)).status_code == 404
    assert browse(chen).post(step_url(family, slug), {}).status_code == 404


def test_a_step_that_does_not_exist_is_not_found(family, browse, lin):
    assert browse(lin).get(step_url(family, "explode")).status_code == 404


def test_who_may_only_look_takes_no_step(family, browse, donghu):
    looker = make_assignment("looker", donghu, ["view_household"]).user
    assert browse(looker).get(step_url(family, "split")).status_code == 403


def test_a_closed_household_leads_back_to_its_page(family, browse, lin):
    Household.objects.filter(pk=family.pk).update(closed_on=TODAY)
    answer = browse(lin).get(step_url(family, "split"))
    assert answer.url == family.get_absolute_url()


def test_a_household_elsewhere_cannot_be_merged_into(family, browse, lin, xihu):
    theirs = make_household(xihu, number="X-1")
    sent = {"into": "X-1", "head_relation": "00", "happened_on": TODAY}
    answer = browse(lin).post(step_url(family, "merge"), sent)
    assert answer.status_code == 422
    assert "没有户号“X-1”" in answer.content.decode()
    assert theirs.address not in answer.content.decode()


def test_the_last_step_is_taken_back_with_a_reason(family, browse, lin):
    visitor, undo = browse(lin), reverse("communities:household-undo", args=[family.pk])
    visitor.post(step_url(family, "new-head"), new_head(stage="confirm"))
    shown = {"step": visitor.get(undo).context["form"]["step"].value()}
    assert visitor.post(undo, shown).status_code == 422
    visitor.post(undo, shown | {"note": "点错了"})
    assert head_of(family) == "林大山"
    assert visitor.get(undo).url == family.get_absolute_url()


def test_undo_elsewhere_is_not_found(family, browse, chen):
    undo = reverse("communities:household-undo", args=[family.pk])
    assert browse(chen).get(undo).status_code == 404


def test_undo_needs_every_household_of_the_step(family, browse, lin, mei, xihu):
    theirs = make_family(xihu, number="X-2")
    sent = {
        "member": member("陈阿娥").pk,
        "into": "X-2",
        "relation": "99",
        "happened_on": TODAY,
        "stage": "confirm",
    }
    browse(mei).post(step_url(family, "transfer"), sent)
    assert member("陈阿娥").household == theirs
    undo = reverse("communities:household-undo", args=[family.pk])
    shown = {"step": family.steps.get().pk}
    browse(lin).post(undo, shown | {"note": "想撤"})
    assert member("陈阿娥").household == theirs


def test_a_person_without_a_household_joins_one_by_number(family, browse, lin):
    newcomer = make_resident(family.org_unit, name="新来的")
    url = reverse("communities:resident-join", args=[newcomer.pk])
    sent = {"into": "0036-0412", "relation": "99", "happened_on": TODAY}
    browse(lin).post(url, sent | {"stage": "confirm"})
    assert member("新来的").household == family
    assert browse(lin).get(url).status_code == 302


def test_a_person_elsewhere_cannot_be_joined(browse, chen, donghu):
    newcomer = make_resident(donghu)
    url = reverse("communities:resident-join", args=[newcomer.pk])
    assert browse(chen).get(url).status_code == 404


def test_a_household_is_founded_and_opens(browse, lin, donghu_grid):
    sent = {
        "number": "N-1",
        "kind": "family",
        "org_unit": donghu_grid.pk,
        "place": "菜巷5号",
        "happened_on": TODAY,
        "stage": "confirm",
    }
    answer = browse(lin).post(reverse("communities:household-found"), sent)
    assert answer.url == Household.objects.get(number="N-1").get_absolute_url()


def test_a_known_house_is_linked_by_its_address(browse, lin, donghu_grid):
    lane = make_lane(donghu_grid, name="菜巷")
    house = make_building(donghu_grid, lane=lane, number="5")
    sent = {
        "number": "N-1",
        "kind": "family",
        "org_unit": donghu_grid.pk,
        "place": "菜巷 ５号",
        "room": "302",
        "happened_on": TODAY,
        "stage": "confirm",
    }
    browse(lin).post(reverse("communities:household-found"), sent)
    assert house.households.get().address == "菜巷5号302室"


def test_suggestions_end_where_the_scope_ends(family, browse, lin, xihu):
    make_household(xihu, number="0036-0499")
    url = reverse("communities:household-suggest")
    offered = browse(lin).get(url, {"into": "0036"}).content.decode()
    assert "0036-0412（东湖社区01网格）" in offered
    assert "0036-0499" not in offered


def test_one_letter_suggests_nothing(family, browse, lin):
    url = reverse("communities:household-suggest")
    assert "option" not in browse(lin).get(url, {"into": "0"}).content.decode()


def test_the_suggested_text_names_one_of_two_equal_numbers(family, browse, lin, donghu):
    twin = make_household(donghu, number="0036-0412")
    url = step_url(make_family(donghu), "merge")
    sent = {"into": "0036-0412", "head_relation": "00", "happened_on": TODAY}
    assert "有几户都是这个户号" in browse(lin).post(url, sent).content.decode()
    sent["into"] = "0036-0412（东湖社区）"
    assert twin.number in browse(lin).post(url, sent).content.decode()


def test_houses_are_suggested_by_lane_and_number(browse, lin, donghu_grid):
    lane = make_lane(donghu_grid, name="凤山巷")
    make_building(donghu_grid, lane=lane, number="12")
    url = reverse("communities:building-suggest")
    assert "凤山巷12号" in browse(lin).get(url, {"place": "凤山巷1"}).content.decode()


def offered(page, name="relation"):
    field = page.context["form"].fields[name]
    return {code for code, _label in field.choices}


def test_nobody_is_said_to_be_the_head_s_own_self(family, browse, lin):
    visitor = browse(lin)
    assert "01" not in offered(visitor.get(step_url(family, "transfer")))
    assert "01" not in offered(visitor.get(step_url(family, "merge")), "head_relation")
    preview = visitor.post(step_url(family, "new-head"), new_head())
    assert 'value="01"' not in preview.content.decode()
    Resident.objects.filter(name="林国荣").update(relation="00")
    name = f"relation-{member('林国荣').pk}"
    assert "01" not in offered(visitor.get(step_url(family, "relations")), name)
    newcomer = make_resident(family.org_unit, name="新来的")
    join = reverse("communities:resident-join", args=[newcomer.pk])
    assert "01" not in offered(visitor.get(join))
    assert "01" not in offered(visitor.get(reverse("communities:resident-create")))


def test_an_answer_cannot_make_somebody_the_head_s_own_self(family, browse, lin):
    answer = {f"answer-{member('林国荣').pk}": "01"}
    browse(lin).post(step_url(family, "new-head"), new_head(stage="confirm") | answer)
    assert member("林国荣").relation == "00"


def test_one_whom_a_roster_calls_so_can_still_be_saved(browse, lin, donghu_grid):
    alone = make_resident(donghu_grid, name="独一人", relation="01")
    url = reverse("communities:resident-update", args=[alone.pk])
    assert {"01", "02"} & offered(browse(lin).get(url)) == {"01"}
