"""Figures of the registry: as of the last day, by event date, without undone ones."""

from datetime import date

import pytest

from communities.actions.population import Facts, record_event, reverse_event
from communities.models import HEAD, Resident
from tests.factories import make_household, make_resident
from tests.factories.communities import (
    make_family,
    make_honour,
    make_population_event,
)
from toolkit.metrics import metrics, totals
from toolkit.periods import Period

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")


def figure(slug, period=OCTOBER):
    return totals([metrics[f"communities.{slug}"]], lambda rows: rows, period)[
        f"communities.{slug}"
    ]


@pytest.mark.parametrize(
    ("ended_on", "ended_by", "counted"),
    [
        (None, "", 1),
        (date(2026, 10, 31), "died", 0),
        (date(2026, 11, 1), "died", 1),
        (date(2026, 11, 1), "mistaken", 0),
    ],
)
def test_people_count_until_the_day_they_leave(ended_on, ended_by, counted, donghu):
    make_resident(donghu, ended_on=ended_on, ended_by=ended_by)
    assert figure("residents") == counted


@pytest.mark.parametrize(
    ("came_on", "counted"), [(date(2026, 10, 31), 1), (date(2026, 11, 1), 0)]
)
def test_people_count_from_the_day_they_come(came_on, counted, donghu):
    make_population_event(
        donghu, kind="moved_in", happened_on=came_on, reported_on=date(2026, 11, 9)
    )
    assert figure("residents") == counted


def test_who_only_moved_his_registration_counted_before(donghu):
    lodger = make_resident(donghu, living="lodging", registration="elsewhere")
    day = date(2026, 11, 2)
    record_event(resident=lodger, facts=Facts("moved_in", day, day))
    assert figure("residents") == 1


def test_the_unborn_do_not_count(donghu):
    make_resident(donghu, birth_on=date(2026, 11, 1))
    assert figure("residents") == 0
    assert figure("residents", NOVEMBER) == 1


@pytest.mark.parametrize(
    ("born_on", "counted"),
    [(date(1966, 10, 31), 1), (date(1966, 11, 1), 0), (None, 0)],
)
def test_sixty_is_completed_on_the_birthday(born_on, counted, donghu):
    make_resident(donghu, birth_on=born_on)
    assert figure("residents_60") == counted


def test_living_alone_means_that_nobody_else_is_at_home(donghu):
    old = {"birth_on": date(1940, 1, 1), "living": "here"}
    make_family(donghu, ("独居", HEAD, old), ("外出的儿子", "20", {"living": "away"}))
    make_family(donghu, ("甲", HEAD, old), ("乙", "12", {"living": "lodging"}))
    assert figure("residents_80") == 2
    assert figure("residents_80_alone") == 1


def test_households_count_until_they_are_closed(donghu):
    make_household(donghu)
    make_household(donghu, closed_on=date(2026, 10, 31))
    assert figure("households") == 1
    assert figure("households", Period.parse("2026-09")) == 2


def test_events_count_by_their_day_whenever_reported(donghu):
    make_population_event(
        donghu,
        kind="died",
        happened_on=date(2026, 10, 31),
        reported_on=date(2026, 11, 20),
    )
    assert (figure("deaths"), figure("deaths", NOVEMBER)) == (1, 0)


def test_an_event_that_was_taken_back_does_not_count(donghu):
    resident = make_resident(donghu, living="here")
    day = date(2026, 10, 5)
    event = record_event(resident=resident, facts=Facts("moved_out", day, day))
    assert figure("moves_out") == 1
    reverse_event(event=event, note="听错了")
    assert figure("moves_out") == 0
    assert Resident.objects.registered().count() == 1


def test_honours_count_by_level_while_they_last(donghu):
    day = date(2026, 1, 1)
    make_honour(donghu, level="city", awarded_on=day)
    make_honour(donghu, level="city", awarded_on=day, valid_until=date(2026, 9, 30))
    make_honour(donghu, level="province", awarded_on=day)
    assert (figure("honours_city"), figure("honours_province")) == (1, 1)
