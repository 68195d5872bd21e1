"""Who is never met owes a visit for every interval that passes."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from tests.factories import make_due_visit, make_visit, make_visit_duty
from tests.visits.conftest import TODAY, at, days_ago
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from visits.actions import correct_visit, end_duty, enrol, lapse_all
from visits.duties import count_missed
from visits.models import DueVisit, VisitDuty, VisitRule

MARCH = Period.month_of(date(2026, 3, 1))


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.fixture
def unmet(wang, weekly, donghu_grid):
    """Wang should have been met sixteen days ago, and every week since."""
    return make_visit_duty(
        donghu_grid, resident=wang, rule=weekly, since=day(-40), next_due_on=day(-16)
    )


def rows(duty):
    """Every row of the duty that counts: due, met, lapsed."""
    told = DueVisit.objects.filter(duty=duty, dropped_on=None).order_by("due_on", "pk")
    return [(one.due_on, one.met_on, one.lapsed_on) for one in told]


TWICE_MISSED = [(day(-16), None, day(-9)), (day(-9), None, day(-2))]


def test_each_interval_without_a_meeting_is_a_due_visit_of_its_own(unmet):
    assert lapse_all(TODAY) == 2
    assert rows(unmet) == [*TWICE_MISSED, (day(-2), None, None)]


def test_doing_it_again_changes_nothing(unmet):
    lapse_all(TODAY)
    VisitRule.objects.update(counted_on=None)
    assert lapse_all(TODAY) == 0
    assert lapse_all(TODAY) == 0
    assert len(rows(unmet)) == 3


def test_day_by_day_and_after_a_long_pause_it_is_the_same(unmet):
    for offset in range(-16, 1):
        lapse_all(day(offset))
    assert rows(unmet) == [*TWICE_MISSED, (day(-2), None, None)]


@pytest.mark.parametrize(("late", "lapsed"), [(6, 0), (7, 0), (8, 1), (14, 1), (15, 2)])
def test_a_visit_lapses_when_the_next_one_s_day_has_passed(
    late, lapsed, wang, weekly, donghu_grid
):
    make_visit_duty(donghu_grid, resident=wang, rule=weekly, next_due_on=day(-late))
    assert lapse_all(TODAY) == lapsed


def test_what_people_see_stays_the_first_day_without_a_meeting(unmet):
    lapse_all(TODAY)
    unmet.refresh_from_db()
    assert unmet.next_due_on == day(-16)
    assert unmet.days_late(TODAY) == 16
    assert list(VisitDuty.objects.overdue(TODAY)) == [unmet]


def test_a_meeting_fulfils_the_visit_that_is_open_then(unmet, wang, log):
    lapse_all(TODAY)
    log(wang)
    assert rows(unmet) == [*TWICE_MISSED, (day(-2), TODAY, None), (day(7), None, None)]
    unmet.refresh_from_db()
    assert unmet.next_due_on == day(7)


def test_a_meeting_before_the_next_due_day_is_late_and_nothing_is_missed(
    unmet, wang, log
):
    lapse_all(TODAY)
    log(wang, visited_at=days_ago(9))
    assert rows(unmet) == [(day(-16), day(-9), None), (day(-2), None, None)]


def test_a_late_entry_takes_back_what_was_never_missed(unmet, wang, log):
    lapse_all(TODAY)
    log(wang, visited_at=days_ago(17))
    assert rows(unmet) == [
        (day(-16), day(-17), None),
        (day(-10), None, day(-3)),
        (day(-3), None, None),
    ]


def test_undoing_a_meeting_brings_back_what_was_missed(unmet, wang, log, lin):
    lapse_all(TODAY)
    visit = log(wang, visited_at=days_ago(9))
    correct_visit(
        visit=visit,
        values={"outcome": "nobody_home"},
        reason="看错了",
        by=lin,
        changes=[],
    )
    assert rows(unmet) == [*TWICE_MISSED, (day(-2), None, None)]


PAID = ((-17, "normal"), (-8, "changed"), (-7, "nobody_home"), (0, "normal"))


@pytest.mark.parametrize("order", list(permutations(range(len(PAID)))), ids=str)
def test_the_order_of_entry_does_not_matter(order, unmet, wang, log):
    for number in order:
        offset, outcome = PAID[number]
        log(wang, outcome, visited_at=days_ago(-offset, hour=0))
    assert rows(unmet) == [
        (day(-16), day(-17), None),
        (day(-10), day(-8), None),
        (day(-7), TODAY, None),
        (day(7), None, None),
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_nor_does_it_where_the_round_of_the_day_comes_between(order, unmet, wang, log):
    for number in order:
        log(wang, visited_at=days_ago((20, 4, 1)[number]))
        VisitRule.objects.update(counted_on=None)
        lapse_all(TODAY)
    assert rows(unmet) == [
        (day(-16), day(-20), None),
        (day(-13), None, day(-6)),
        (day(-6), day(-4), None),
        (day(3), day(-1), None),
        (day(6), None, None),
    ]


def test_a_duty_that_ends_keeps_what_was_missed_and_owes_nothing_more(unmet, lin):
    end_duty(duty=unmet, reason="去女儿家", by=lin)
    assert rows(unmet) == TWICE_MISSED
    assert DueVisit.objects.get(dropped_on=TODAY).due_on == day(-2)
    assert lapse_all(TODAY) == 0


def test_nothing_lapses_after_the_end(unmet, wang, log, lin):
    end_duty(duty=unmet, reason="去女儿家", by=lin)
    VisitDuty.objects.update(until=day(-9))
    DueVisit.objects.filter(dropped_on=TODAY).update(dropped_on=day(-9))
    log(wang, "nobody_home", visited_at=days_ago(15))
    assert rows(unmet) == []


def test_an_enrolment_of_some_time_ago_owes_what_has_passed(wang, weekly, lin):
    duty = enrol(resident=wang, rule=weekly, reason="补登", by=lin, since=day(-23))
    assert rows(duty) == [*TWICE_MISSED, (day(-2), None, None)]


def figure(slug, unit):
    one = metrics[f"visits.{slug}"]
    return totals([one], lambda found: found.within(unit), MARCH)[one.slug]


def test_the_figures_count_every_missed_visit_and_one_overdue_person(
    wang, weekly, donghu
):
    make_visit_duty(
        donghu,
        resident=wang,
        rule=weekly,
        since=date(2026, 2, 1),
        next_due_on=date(2026, 3, 3),
    )
    lapse_all(TODAY)
    assert figure("due", donghu) == 5
    assert figure("on_time", donghu) == 0
    assert figure("overdue", donghu) == 1


def test_the_round_of_the_day_does_it_once(unmet, django_assert_num_queries):
    now = at(TODAY, 1)
    assert count_missed(now) == 2
    with django_assert_num_queries(1):
        assert count_missed(now + timedelta(minutes=1)) == 0


def test_many_people_cost_no_more_statements(
    weekly, donghu_grid, django_assert_max_num_queries
):
    for _one in range(30):
        make_visit_duty(donghu_grid, rule=weekly, next_due_on=day(-16))
    with django_assert_max_num_queries(14):
        assert lapse_all(TODAY) == 60


def test_a_missed_visit_is_named_as_such(unmet):
    lapse_all(TODAY)
    first = DueVisit.objects.filter(duty=unmet).earliest("due_on")
    assert first.outcome == "漏访"


def met_of(unit):
    return figure("listed_met", unit), figure("listed", unit)


def owed_in_march(unit, met_on=None, **fields):
    duty = make_visit_duty(
        unit, since=date(2026, 1, 1), next_due_on=date(2026, 3, 20), **fields
    )
    due = make_due_visit(unit, duty=duty)
    if met_on:
        visit = make_visit(unit, resident=duty.resident, visited_at=at(met_on))
        due = make_due_visit(unit, duty=duty, met_on=met_on, met_by=visit)
    return due


def test_the_monthly_rate_counts_people_and_not_visits(donghu, monthly, weekly):
    due = owed_in_march(donghu, met_on=date(2026, 3, 5))
    person = due.duty.resident
    owed_in_march(donghu, met_on=date(2026, 3, 6), resident=person, rule=monthly)
    owed_in_march(donghu)
    assert met_of(donghu) == (1, 2)


def test_who_left_the_list_or_came_later_is_not_in_the_rate(donghu):
    left = owed_in_march(donghu)
    DueVisit.objects.filter(pk=left.pk).update(dropped_on=date(2026, 3, 31))
    came = owed_in_march(donghu)
    DueVisit.objects.filter(pk=came.pk).update(opened_on=date(2026, 4, 1))
    stayed = owed_in_march(donghu)
    DueVisit.objects.filter(pk=stayed.pk).update(dropped_on=date(2026, 4, 1))
    assert met_of(donghu) == (0, 1)


def test_who_was_met_before_and_has_left_since_is_not_in_the_rate(donghu):
    due = owed_in_march(donghu, met_on=date(2026, 2, 27))
    VisitDuty.objects.filter(pk=due.duty_id).update(until=date(2026, 2, 28))
    assert met_of(donghu) == (0, 0)
