"""Who comes back on the rolls: after a move, and after an arrival entered wrongly."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from communities.actions.households import change_head, move_household, transfer_member
from communities.actions.population import (
    Facts,
    possible_kinds,
    record_event,
    reverse_event,
)
from communities.actions.residents import register_resident, save_resident
from communities.addresses import Address
from communities.models import ARRIVALS, HEAD, PopulationEvent, Resident
from tests.factories import make_resident
from tests.factories.communities import make_family
from toolkit.history import history_of

TODAY = timezone.localdate()
DAY = timedelta(days=1)
Kind = PopulationEvent.Kind
ON_ROLLS = {"ended_on": None, "ended_by": ""}
CARD = "330381190001010018"


def happens(resident, kind, days_ago=3, **more):
    day = TODAY - days_ago * DAY
    return record_event(resident=resident, facts=Facts(kind, day, TODAY), **more)


def reloaded(resident):
    return Resident.objects.get(pk=resident.pk)


def standing_of(resident):
    """Return household and relation of a resident on the rolls."""
    resident = reloaded(resident)
    assert (resident.ended_on, resident.ended_by) == (None, "")
    return resident.household, resident.relation


@pytest.fixture
def couple(donghu_grid):
    return make_family(
        donghu_grid,
        ("林大山", HEAD, {"sex": "1", "living": "here"}),
        ("陈阿娥", "12", {"sex": "2", "living": "here"}),
    )


@pytest.fixture
def alone(donghu_grid):
    return make_family(donghu_grid, ("独居老人", HEAD, {"living": "here"}))


@pytest.mark.parametrize("kind", [Kind.MOVED_IN, Kind.CAME_TEMPORARILY])
def test_a_head_comes_back_under_the_head_who_followed_him(kind, couple):
    head, wife = couple.members.order_by("pk")
    happens(head, Kind.MOVED_OUT, 9, new_head=wife)
    event = happens(head, kind)
    assert standing_of(head) == (couple, "00")
    assert standing_of(wife) == (couple, HEAD)
    assert event.step.kind == "join"
    assert couple.events.get(kind="join").resident == head


def test_a_member_comes_back_and_his_relation_is_asked_anew(couple):
    _head, wife = couple.members.order_by("pk")
    happens(wife, Kind.MOVED_OUT, 9)
    happens(wife, Kind.MOVED_IN)
    assert standing_of(wife) == (couple, "00")
    joined = history_of(wife).get(verb="household-join")
    assert joined.changes[0] | {"label": ""} == {
        "field": "relation",
        "label": "",
        "old": "妻",
        "new": "未说明",
    }


def test_who_left_a_home_without_a_head_is_its_head_again(alone):
    person = alone.members.get()
    happens(person, Kind.MOVED_OUT, 9)
    happens(person, Kind.MOVED_IN)
    assert standing_of(person) == (alone, HEAD)


def test_who_comes_back_to_a_closed_home_may_be_put_into_another(alone, couple):
    person = alone.members.get()
    happens(person, Kind.MOVED_OUT, 9, closes_household=True)
    event = happens(person, Kind.MOVED_IN)
    assert standing_of(person) == (None, "00")
    assert event.step is None
    told = {one["label"]: one["old"] for one in history_of(person).first().changes}
    assert told["住户"] == alone.number
    assert told["与户主关系"] == "户主"
    transfer_member(
        resident=reloaded(person), into=couple, relation="99", happened_on=TODAY
    )
    assert standing_of(person) == (couple, "99")


def test_who_comes_back_when_his_family_has_moved_stays_in_his_unit(couple, xihu):
    _head, wife = couple.members.order_by("pk")
    happens(wife, Kind.MOVED_OUT, 9)
    move_household(
        household=couple,
        org_unit=xihu,
        address=Address("凤山巷12号"),
        happened_on=TODAY - 5 * DAY,
    )
    old_unit = wife.org_unit
    happens(wife, Kind.MOVED_IN)
    assert standing_of(wife) == (None, "00")
    assert reloaded(wife).org_unit == old_unit


def test_a_return_is_taken_back_with_its_step(couple):
    head, wife = couple.members.order_by("pk")
    left = happens(head, Kind.MOVED_OUT, 9, new_head=wife)
    reverse_event(event=happens(head, Kind.MOVED_IN), note="没有回来")
    head = reloaded(head)
    assert (head.ended_by, head.ended_on) == ("moved_out", TODAY - 9 * DAY)
    assert standing_of(wife) == (couple, HEAD)
    assert possible_kinds(head) == [Kind.MOVED_IN, Kind.CAME_TEMPORARILY]
    change_head(household=couple, head=make_member(couple), happened_on=TODAY)
    with pytest.raises(ValidationError, match="又办过别的"):
        reverse_event(event=left, note="听错了")


def make_member(household):
    return make_resident(household.org_unit, household=household, relation="20")


def test_a_return_and_the_departure_before_it_are_taken_back_in_turn(couple):
    head, wife = couple.members.order_by("pk")
    left = happens(head, Kind.MOVED_OUT, 9, new_head=wife)
    reverse_event(event=happens(head, Kind.MOVED_IN), note="没有回来")
    # The steps of the return stand no longer in the way of the earlier one.
    reverse_event(event=left, note="听错了")
    assert standing_of(head) == (couple, HEAD)
    assert standing_of(wife) == (couple, "12")


def test_a_return_without_a_home_is_taken_back(alone):
    person = alone.members.get()
    happens(person, Kind.MOVED_OUT, 9, closes_household=True)
    reverse_event(event=happens(person, Kind.MOVED_IN), note="没有回来")
    person = reloaded(person)
    assert (person.household, person.relation) == (alone, HEAD)
    assert person.ended_by == "moved_out"


def test_the_page_says_that_who_came_back_has_no_home(alone, browse, lin):
    person = alone.members.get()
    happens(person, Kind.MOVED_OUT, 9, closes_household=True)
    day = TODAY.isoformat()
    sent = {"kind": "moved_in", "happened_on": day, "reported_on": day}
    url = reverse("communities:resident-event", args=[person.pk])
    page = browse(lin).post(url, sent, follow=True).content.decode()
    assert "请编入住户" in page
    assert reverse("communities:resident-join", args=[person.pk]) in page


# An arrival that was entered wrongly


def enters(unit, household=None, kind=Kind.MOVED_IN, **fields):
    """Register a newcomer; return him and the entry of his arrival."""
    newcomer = Resident(org_unit=unit, name="新来的", **fields)
    facts = Facts(kind, TODAY - 2 * DAY, TODAY)
    register_resident(resident=newcomer, household=household, arrival=facts)
    return newcomer, newcomer.population_events.get()


def test_who_was_entered_wrongly_arrives_again(couple):
    person, wrong = enters(couple.org_unit, couple, relation="20")
    reverse_event(event=wrong, note="日期不对")
    assert possible_kinds(reloaded(person)) == list(ARRIVALS)
    happens(person, Kind.MOVED_IN, 4)
    assert standing_of(person) == (couple, "00")


def test_a_birth_is_entered_again_on_the_day_of_birth(donghu_grid):
    born = TODAY - 4 * DAY
    child, wrong = enters(donghu_grid, kind=Kind.BORN, birth_on=born)
    reverse_event(event=wrong, note="日期不对")
    with pytest.raises(ValidationError, match="应是本人的出生日期"):
        happens(child, Kind.BORN, 3)
    happens(child, Kind.BORN, 4)
    assert standing_of(child) == (None, "00")


def test_who_was_written_off_as_a_mistake_does_not_arrive(donghu_grid):
    person = make_resident(donghu_grid)
    happens(person, Kind.MISTAKEN)
    assert possible_kinds(reloaded(person)) == []


def test_an_arrival_that_was_entered_again_is_taken_back(donghu_grid):
    person, wrong = enters(donghu_grid)
    reverse_event(event=wrong, note="日期不对")
    reverse_event(event=happens(person, Kind.MOVED_IN), note="还是不对")
    person = reloaded(person)
    assert person.ended_by == Resident.Ending.MISTAKEN
    assert possible_kinds(person) == list(ARRIVALS)


def test_a_head_with_others_says_why_his_arrival_stays(donghu_grid):
    home = make_family(donghu_grid, ("原成员", "20"))
    _head, wrong = enters(donghu_grid, home, relation=HEAD)
    with pytest.raises(ValidationError, match="变更户主"):
        reverse_event(event=wrong, note="没有来")
    assert not wrong.resident.population_events.exclude(pk=wrong.pk).exists()


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        ("arrival", "请打开原档案登记“出生”、“迁入”或“暂住”"),
        ("mistaken", "请打开原档案，先撤销那条登记"),
        ("moved_out", "请打开原档案登记“迁入”"),
    ],
)
def test_a_number_in_use_says_how_its_bearer_comes_back(
    ending, sentence, donghu_grid, browse, lin
):
    if ending == "arrival":
        person, wrong = enters(donghu_grid, id_kind="111", id_number=CARD)
        reverse_event(event=wrong, note="没有来")
    else:
        person = Resident(
            org_unit=donghu_grid,
            name="林大山",
            id_number=CARD,
            birth_on=date(1900, 1, 1),
        )
        save_resident(person)
        happens(person, ending)
    sent = {"name": "张三", "id_kind": "111", "id_number": CARD, "health": "0"}
    sent |= {"org_unit": donghu_grid.pk, "relation": "00"}
    page = browse(lin).post(reverse("communities:resident-create"), sent)
    assert sentence in page.content.decode()
