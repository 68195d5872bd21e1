"""Figures follow the rows, also for a period that is over."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_due_visit, make_resident, make_visit, make_visit_duty
from tests.visits.conftest import at
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from toolkit.screens import screens
from visits.models import VisitDuty

MARCH = Period.month_of(date(2026, 3, 1))
SECOND, TENTH = date(2026, 3, 2), date(2026, 3, 10)


def figure(slug, unit, period=MARCH):
    one = metrics[f"visits.{slug}"]
    return totals([one], lambda rows: rows.within(unit), period)[one.slug]


def owe(unit, due_on, met_on=None, **fields):
    duty = make_visit_duty(unit, since=date(2026, 1, 1), next_due_on=due_on, **fields)
    if met_on is None:
        return make_due_visit(unit, duty=duty)
    visit = make_visit(unit, resident=duty.resident, visited_at=at(met_on))
    return make_due_visit(unit, duty=duty, met_on=met_on, met_by=visit)


def test_visits_count_every_door_and_people_count_once(donghu):
    person = make_resident(donghu)
    for hour in (9, 10):
        make_visit(donghu, resident=person, visited_at=at(SECOND, hour))
    make_visit(donghu, visited_at=at(SECOND), outcome="nobody_home")
    assert figure("visits", donghu) == 3
    assert figure("people", donghu) == 1
    assert figure("nobody_home", donghu) == 1


def test_visits_are_counted_by_the_visit(donghu):
    """A person met twice is two visits and one home: homes are another figure."""
    for slug in ("visits", "nobody_home", "refused", "needs_help", "changed"):
        assert str(metrics[f"visits.{slug}"].unit) == "次"
    assert str(screens["visits.visit"].counted_in) == "次"


def test_a_period_takes_its_first_midnight_and_leaves_its_last(donghu):
    make_visit(donghu, visited_at=at(date(2026, 3, 1), 0))
    make_visit(donghu, visited_at=at(date(2026, 4, 1), 0))
    assert figure("visits", donghu) == 1


def test_visits_of_another_unit_do_not_count(donghu, xihu):
    make_visit(xihu, visited_at=at(SECOND))
    assert figure("visits", donghu) == 0


def test_the_rate_has_everything_owed_below_the_line(donghu):
    owe(donghu, SECOND, met_on=SECOND)
    owe(donghu, SECOND, met_on=TENTH)
    owe(donghu, SECOND)
    assert figure("due", donghu) == 3
    assert figure("on_time", donghu) == 1


def test_an_early_visit_is_on_time(donghu):
    owe(donghu, TENTH, met_on=SECOND)
    assert figure("on_time", donghu) == 1


def test_what_fell_away_was_not_owed(donghu):
    due = owe(donghu, SECOND)
    due.dropped_on = SECOND
    due.save()
    assert figure("due", donghu) == 0
    assert figure("overdue", donghu) == 0


@pytest.mark.parametrize(
    ("met_on", "late"),
    [(None, 1), (date(2026, 3, 31), 0), (date(2026, 4, 1), 1)],
)
def test_overdue_at_the_end_of_a_past_period_stays_known(donghu, met_on, late):
    owe(donghu, TENTH, met_on=met_on)
    assert figure("overdue", donghu) == late


def test_what_is_due_on_the_last_day_is_overdue_at_its_end(donghu):
    owe(donghu, date(2026, 3, 31))
    owe(donghu, date(2026, 4, 1))
    assert figure("overdue", donghu) == 1


@pytest.mark.parametrize("days", [1, 30])
def test_what_is_due_today_is_not_overdue_in_a_period_that_runs(donghu, days):
    today = timezone.localdate()
    running = Period(today, today + timedelta(days=days))
    owe(donghu, today)
    owe(donghu, today + timedelta(days=1))
    assert figure("overdue", donghu, running) == 0
    late = owe(donghu, today - timedelta(days=1))
    assert figure("overdue", donghu, running) == 1
    rows = metrics["visits.overdue"].rows(running)
    assert [row.outcome for row in rows] == [late.outcome] == ["超期未访"]
    assert list(VisitDuty.objects.overdue(today)) == [late.duty]


def test_each_tier_has_its_own_figures(donghu, weekly, monthly):
    owe(donghu, SECOND, met_on=SECOND, rule=weekly)
    owe(donghu, SECOND, rule=monthly)
    assert (figure("due_high", donghu), figure("on_time_high", donghu)) == (1, 1)
    assert (figure("due_key", donghu), figure("on_time_key", donghu)) == (1, 0)


def test_the_last_day_of_a_period_is_its_own(donghu):
    owe(donghu, MARCH.end - timedelta(days=1))
    assert figure("due", donghu) == 1
    assert figure("due", donghu, MARCH.next()) == 0
