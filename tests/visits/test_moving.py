"""A due visit stays with the unit that owed it, however often the person moves."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from tests.communities.test_two_clerks import held, started
from tests.connections import on_two_connections
from tests.factories import make_visit_duty
from tests.visits.conftest import TODAY, days_ago
from toolkit.metrics import metrics, totals
from toolkit.periods import Period
from visits.actions import end_duty, follow_people, lapse_all
from visits.duties import follow_moves
from visits.models import DueVisit, VisitDuty


def day(offset: int):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def owe(wang, weekly, donghu_grid):
    """Owe Wang's next visit so many days from now, while she lives in Donghu."""

    def call(offset, since=-40):
        return make_visit_duty(
            donghu_grid,
            resident=wang,
            rule=weekly,
            since=day(since),
            next_due_on=day(offset),
        )

    return call


@pytest.fixture
def move(wang, xihu):
    """Let Wang move to Xihu, as a roster may do it: past every save."""

    def call():
        type(wang).objects.filter(pk=wang.pk).update(org_unit=xihu, household=None)
        wang.refresh_from_db()
        return follow_people(TODAY)

    return call


def due_in(unit) -> int:
    chosen = metrics["visits.due"]
    period = Period(day(-400), day(400))
    found = totals([chosen], lambda rows: rows.within(unit), period)
    return found["visits.due"]


def test_a_visit_that_is_not_due_yet_follows_the_person(owe, move, donghu, xihu):
    owe(1)
    assert move() == 1
    assert (due_in(donghu), due_in(xihu)) == (0, 1)


@pytest.mark.parametrize("offset", [0, -1, -5])
def test_from_its_day_on_it_stays_where_it_was_owed(offset, owe, move, donghu, xihu):
    owe(offset)
    assert move() == 0
    assert (due_in(donghu), due_in(xihu)) == (1, 0)


def test_a_visit_that_was_paid_stays_where_it_was_paid(
    owe, move, log, wang, donghu, xihu
):
    owe(3)
    log(wang)
    move()
    assert (due_in(donghu), due_in(xihu)) == (1, 1)


def test_what_is_missed_after_the_move_belongs_to_the_new_unit(owe, move, donghu, xihu):
    owe(-16)
    lapse_all(day(-5))
    move()
    lapse_all(TODAY)
    days = DueVisit.objects.order_by("due_on").values_list("due_on", "org_unit__name")
    assert list(days) == [
        (day(-16), "01网格"),
        (day(-9), "01网格"),
        (day(-2), "西湖社区"),
    ]


def test_a_late_entry_after_the_move_leaves_the_old_units_past(
    owe, move, log, wang, chen
):
    owe(-16)
    lapse_all(TODAY)
    move()
    log(wang, by=chen, visited_at=days_ago(17))
    told = DueVisit.objects.filter(dropped_on=None).order_by("due_on")
    assert list(told.values_list("due_on", "org_unit__name")) == [
        (day(-16), "01网格"),
        (day(-10), "01网格"),
        (day(-3), "01网格"),
    ]


def test_a_change_that_the_new_unit_found_is_owed_by_the_new_unit(
    owe, move, log, wang, chen, xihu
):
    owe(5)
    move()
    log(wang, "needs_help", by=chen, visited_at=days_ago(3))
    assert due_in(xihu) == 2


def test_a_settled_duty_owes_its_next_visit_where_the_person_lives(
    owe, move, log, wang, chen, donghu, xihu
):
    owe(-2)
    move()
    log(wang, by=chen)
    assert (due_in(donghu), due_in(xihu)) == (1, 1)


def test_what_fell_away_stays_where_it_was(owe, move, lin, donghu_grid):
    duty = owe(3)
    end_duty(duty=duty, reason="去女儿家", by=lin)
    assert move() == 0
    assert DueVisit.objects.get().org_unit == donghu_grid


def test_each_unit_reads_what_it_owed_and_the_new_one_what_is_to_come(
    owe, move, lin, chen, donghu, xihu, browse
):
    owe(-2)
    move()
    url = reverse("visits:duevisit-list")
    [row] = browse(lin).get(f"{url}?unit={donghu.code}").context["rows"]
    assert browse(lin).get(row.get_absolute_url()).status_code == 200
    assert list(browse(chen).get(url).context["rows"]) == []
    assert browse(chen).get(row.get_absolute_url()).status_code == 404
    assert list(VisitDuty.objects.within(xihu)) == [row.duty]


def test_the_list_names_the_unit_that_owed_it(owe, move, mei, browse):
    owe(-2)
    move()
    page = browse(mei).get(reverse("visits:duevisit-list")).content.decode()
    assert "东湖社区01网格" in page


def test_the_round_follows_with_one_question_where_nobody_moved(
    owe, django_assert_num_queries
):
    owe(3)
    now = days_ago(0)
    with django_assert_num_queries(1):
        assert follow_moves(now) == 0


@on_two_connections
@pytest.mark.django_db(transaction=True)
def test_a_move_waits_for_a_visit_before_it_holds_what_is_due(owe, wang, xihu):
    owed, outcomes = owe(3).due_visits.get(), []
    type(wang).objects.filter(pk=wang.pk).update(org_unit=xihu)
    with transaction.atomic():
        held(VisitDuty, owed.duty)
        thread = started(lambda: follow_people(TODAY), outcomes)
        held(DueVisit, owed)
    thread.join()
    assert outcomes == [1]
