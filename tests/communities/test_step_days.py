"""The day on which a step of a household can have happened."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from communities.actions.households import (
    change_head,
    found_household,
    merge_households,
    split_household,
    transfer_member,
)
from communities.actions.population import Facts, record_event
from communities.actions.residents import register_resident
from communities.actions.undo import undo_step
from communities.addresses import Address
from communities.models import HEAD, PopulationEvent, Resident
from tests.factories.communities import make_family

TODAY = timezone.localdate()
FOUNDED = TODAY - timedelta(days=20)
CLOSE_TO_IT = FOUNDED - timedelta(days=1)
DOOR = Address("凤山巷12号")


@pytest.fixture
def home(donghu_grid):
    """A household founded twenty days ago, into which three people have come since."""
    home = found_household(
        org_unit=donghu_grid,
        number="0036-0412",
        kind="family",
        address=DOOR,
        happened_on=FOUNDED,
    ).households.get()
    for name, relation, birth in (
        ("林大山", HEAD, date(1990, 1, 1)),
        ("陈阿娥", "12", date(1991, 2, 2)),
        ("林小宝", "21", TODAY - timedelta(days=5)),
    ):
        home.members.create(
            name=name, relation=relation, birth_on=birth, org_unit=donghu_grid
        )
    return home


def member(name):
    return Resident.objects.get(name=name)


def split(home, day, *names):
    people = [member(name) for name in names or ["陈阿娥"]]
    return split_household(
        household=home,
        members=people,
        head=people[0],
        number="N-1",
        org_unit=home.org_unit,
        address=DOOR,
        happened_on=day,
    )


def refused(why, work, *arguments, **named):
    """Let the work be refused, with a sentence at the day."""
    with pytest.raises(ValidationError) as refusal:
        work(*arguments, **named)
    assert why in refusal.value.message_dict["happened_on"][0]


@pytest.mark.parametrize("day", [date(1950, 1, 1), CLOSE_TO_IT])
def test_a_step_does_not_come_before_the_household(home, day):
    refused("户号0036-0412", split, home, day)


def test_a_step_does_not_come_tomorrow(home):
    refused("不能晚于今天", split, home, TODAY + timedelta(days=1))


def test_a_founding_has_a_day_too(donghu_grid):
    refused(
        "不能晚于今天",
        found_household,
        org_unit=donghu_grid,
        number="N-1",
        kind="family",
        address=DOOR,
        happened_on=TODAY + timedelta(days=1),
    )


def test_a_step_does_not_come_before_the_last_one(home):
    split(home, TODAY - timedelta(days=3))
    head = {"household": home, "head": member("林小宝")}
    refused("分户", change_head, happened_on=TODAY - timedelta(days=4), **head)
    assert change_head(happened_on=TODAY - timedelta(days=3), **head)


def test_what_was_taken_back_bars_no_day(home):
    undo_step(step_back=split(home, TODAY), reason="点错了")
    assert split(home, TODAY - timedelta(days=1))


def test_the_other_household_has_its_days_too(home, donghu_grid):
    other = make_family(donghu_grid, ("周东海", HEAD))
    day = {"happened_on": CLOSE_TO_IT}
    words = "户号0036-0412"
    refused(
        words, merge_households, household=other, into=home, head_relation="99", **day
    )
    person = member("周东海")
    refused(words, transfer_member, resident=person, into=home, relation="99", **day)


def test_nobody_moves_before_he_was_born(home):
    day = TODAY - timedelta(days=6)
    refused("林小宝", split, home, day, "陈阿娥", "林小宝")
    assert split(home, day)


def test_a_step_in_order_is_written(home):
    assert split(home, FOUNDED)


def test_a_household_without_a_known_beginning_takes_any_past_day(donghu_grid):
    family = make_family(donghu_grid, ("林大山", HEAD), ("陈阿娥", "12"))
    assert split(family, date(2001, 5, 1))


def test_a_late_report_of_a_death_or_birth_keeps_its_own_day(home):
    """They look at the days of the person alone: they are often told late."""
    change_head(household=home, head=member("陈阿娥"), happened_on=TODAY)
    died = Facts(PopulationEvent.Kind.DIED, CLOSE_TO_IT, TODAY)
    assert record_event(resident=member("林大山"), facts=died)
    child = Resident(
        name="林小妹", birth_on=CLOSE_TO_IT, org_unit=home.org_unit, relation="31"
    )
    born = Facts(PopulationEvent.Kind.BORN, CLOSE_TO_IT, TODAY)
    assert register_resident(resident=child, household=home, arrival=born)


def test_the_clerk_reads_it_at_the_field(home, browse, lin):
    sent = {
        "members_leaving": [member("陈阿娥").pk],
        "new_head": member("陈阿娥").pk,
        "number": "N-1",
        "org_unit": home.org_unit_id,
        "place": "凤山巷12号",
        "happened_on": "1950-01-01",
    }
    url = reverse("communities:household-step", args=[home.pk, "split"])
    for stage in ("", "confirm"):
        answer = browse(lin).post(url, sent | {"stage": stage})
        assert answer.status_code == 422
        told = answer.context["form"].errors["happened_on"][0]
        assert "户号0036-0412" in told
