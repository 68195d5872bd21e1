"""What each outcome does to a duty: arithmetic without a database."""

from datetime import date

import pytest

from tests.visits.conftest import at
from visits.models import Visit, VisitDuty, VisitRule
from visits.steps import Stand, advice, after

MONDAY = date(2026, 11, 23)
WHY = VisitDuty.Why
RULE = VisitRule(interval=1, interval_unit="week", extra_within_hours=24)
OWED = Stand(due_on=date(2026, 11, 21), last_visited_on=date(2026, 11, 14))


def visit(outcome, hour=10, **fields):
    return Visit(outcome=outcome, visited_at=at(MONDAY, hour), **fields)


def test_a_normal_visit_leads_to_the_next_one_after_the_interval():
    stand = after(OWED, RULE, visit("normal"))
    assert stand == Stand(date(2026, 11, 30), WHY.RULE, last_visited_on=MONDAY)


@pytest.mark.parametrize("outcome", ["changed", "needs_help"])
def test_a_change_asks_for_another_visit_within_a_day(outcome):
    stand = after(OWED, RULE, visit(outcome))
    assert (stand.due_on, stand.why) == (date(2026, 11, 24), WHY.CHANGE)
    assert stand.last_visited_on == MONDAY


def test_a_rule_without_extra_hours_keeps_its_interval_after_a_change():
    calm = VisitRule(interval=1, interval_unit="month", extra_within_hours=None)
    assert after(OWED, calm, visit("changed")).due_on == date(2026, 12, 23)


@pytest.mark.parametrize("outcome", ["nobody_home", "refused"])
def test_a_try_in_vain_leaves_the_visit_owed_and_plans_a_new_try(outcome):
    stand = after(OWED, RULE, visit(outcome))
    assert stand.due_on == OWED.due_on
    assert stand.last_visited_on == OWED.last_visited_on
    assert (stand.retry_on, stand.misses) == (date(2026, 11, 24), 1)


def test_tries_in_vain_are_counted_until_somebody_is_met():
    stand = OWED
    for _number in range(3):
        stand = after(stand, RULE, visit("nobody_home"))
    assert stand.misses == 3
    assert after(stand, RULE, visit("normal")).misses == 0


def test_an_appointment_brings_the_next_visit_forward():
    stand = after(OWED, RULE, visit("normal", follow_up_on=date(2026, 11, 26)))
    assert (stand.due_on, stand.why) == (date(2026, 11, 26), WHY.AGREED)


def test_an_appointment_never_puts_the_next_visit_off():
    stand = after(OWED, RULE, visit("normal", follow_up_on=date(2027, 1, 5)))
    assert (stand.due_on, stand.why) == (date(2026, 11, 30), WHY.RULE)


@pytest.mark.parametrize(
    ("hour", "words"), [(9, "下午或晚上"), (15, "换晚上"), (19, "换白天")]
)
def test_the_new_try_is_at_another_time_of_day(hour, words):
    assert words in advice("nobody_home", at(MONDAY, hour))


def test_a_refusal_is_not_called_an_empty_home():
    assert "不愿见" in advice("refused", at(MONDAY, 9))


@pytest.mark.parametrize("hour", [0, 10, 23])
def test_the_extra_visit_is_due_at_a_moment(hour):
    stand = after(OWED, RULE, visit("needs_help", hour))
    assert stand.due_at == at(date(2026, 11, 24), hour)
    assert stand.due_on == date(2026, 11, 24)


def test_by_a_daily_rule_the_extra_visit_still_comes_first():
    daily = VisitRule(interval=1, interval_unit="day", extra_within_hours=24)
    stand = after(OWED, daily, visit("needs_help"))
    assert (stand.why, stand.due_at) == (WHY.CHANGE, at(date(2026, 11, 24), 10))


def test_other_visits_are_due_by_the_day():
    assert after(OWED, RULE, visit("normal")).due_at is None
