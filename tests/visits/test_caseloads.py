"""Who was responsible on which day: one worker at most, whatever was written when."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Assignment
from tests.factories import make_caseload, make_visit
from tests.visits.conftest import DAY, TODAY, TOMORROW, YESTERDAY, days_ago
from visits.models import Caseload
from visits.responsibility import responsible_in, unattended, units_left_alone

SUBSTITUTE = Caseload.Kind.SUBSTITUTE


def who(unit, day):
    found = responsible_in([unit.pk], day).get(unit.pk)
    return found and found.worker


def test_the_next_beginning_is_the_end_of_the_one_before(donghu_grid, wu, xia):
    make_caseload(donghu_grid, worker=wu, since=TODAY - 10 * DAY)
    make_caseload(donghu_grid, worker=xia, since=TODAY - 3 * DAY)
    assert who(donghu_grid, TODAY - 11 * DAY) is None
    assert who(donghu_grid, TODAY - 10 * DAY) == wu
    assert who(donghu_grid, TODAY - 4 * DAY) == wu
    assert who(donghu_grid, TODAY - 3 * DAY) == xia
    assert who(donghu_grid, TODAY) == xia


def test_what_is_written_in_any_order_names_one_worker_a_day(donghu_grid, wu, xia):
    make_caseload(donghu_grid, worker=xia, since=TODAY - 3 * DAY)
    make_caseload(donghu_grid, worker=wu, since=TODAY - 10 * DAY)
    for days in range(12):
        day = TODAY - days * DAY
        assert Caseload.objects.responsible_on(day).count() == (days <= 10)


def test_a_substitute_goes_before_the_main_worker_and_ends_by_himself(
    donghu_grid, wu, xia
):
    make_caseload(donghu_grid, worker=wu, since=TODAY - 10 * DAY)
    dates = {"since": YESTERDAY, "until": TOMORROW, "kind": SUBSTITUTE}
    make_caseload(donghu_grid, worker=xia, **dates)
    days = [who(donghu_grid, TODAY + n * DAY) for n in (-2, -1, 0, 1)]
    assert days == [wu, xia, xia, wu]


def test_of_two_substitutes_the_one_who_began_later_stands_in(donghu_grid, wu, xia):
    make_caseload(
        donghu_grid, worker=wu, since=YESTERDAY, until=TODAY + 5 * DAY, kind=SUBSTITUTE
    )
    make_caseload(donghu_grid, worker=xia, since=TODAY, until=TOMORROW, kind=SUBSTITUTE)
    days = [who(donghu_grid, TODAY + n * DAY) for n in (-1, 0, 1)]
    assert days == [wu, xia, wu]


def test_two_main_workers_cannot_begin_on_one_day(donghu_grid, wu, xia):
    make_caseload(donghu_grid, worker=wu, since=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_caseload(donghu_grid, worker=xia, since=TODAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": TOMORROW},
        {"kind": SUBSTITUTE},
        {"kind": SUBSTITUTE, "until": YESTERDAY},
    ],
)
def test_only_a_substitute_has_an_end_and_none_before_his_beginning(donghu_grid, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_caseload(donghu_grid, since=TODAY, **wrong)


def test_a_visit_names_who_was_responsible_on_its_day(donghu_grid, wu, xia):
    make_caseload(donghu_grid, worker=wu, since=TODAY - 10 * DAY)
    make_caseload(donghu_grid, worker=xia, since=TODAY)
    visit = make_visit(donghu_grid, logged_by=xia, visited_at=days_ago(2))
    assert visit.responsible == wu.name
    assert make_visit(donghu_grid, visited_at=days_ago(20)).responsible == ""


def alone(dai, day=TODAY):
    vars(dai).pop("_scopes", None)
    return [unit.name for unit in units_left_alone(dai, day)]


def test_grids_are_left_alone_only_where_others_have_somebody(
    dai, wu, donghu_grid, second_grid
):
    assert alone(dai) == []
    make_caseload(donghu_grid, worker=wu)
    assert alone(dai) == ["02网格"]


def test_a_grid_is_left_alone_when_the_account_is_switched_off(
    dai, wu, donghu_grid, second_grid
):
    for unit in (donghu_grid, second_grid):
        make_caseload(unit, worker=wu)
    assert alone(dai) == []
    wu.is_active = False
    wu.save()
    assert alone(dai) == ["01网格", "02网格"]


def test_a_grid_is_left_alone_when_the_assignment_has_ended(dai, wu, donghu_grid):
    make_caseload(donghu_grid, worker=wu)
    Assignment.objects.filter(user=wu).update(starts_on=YESTERDAY, ends_on=TODAY)
    assert alone(dai) == []
    assert alone(dai, TOMORROW) == ["01网格"]


def test_who_arranges_elsewhere_does_not_see_it(chen, wu, donghu_grid, second_grid):
    make_caseload(donghu_grid, worker=wu)
    assert units_left_alone(chen, TODAY) == []


def test_a_community_without_grids_is_one_caseload(xihu, donghu, donghu_grid):
    rows = type(xihu).objects.all()
    assert set(unattended(rows, TODAY)) == {xihu, donghu_grid}


def test_many_grids_cost_no_more_queries(
    dai, wu, donghu_grid, second_grid, django_assert_num_queries
):
    for unit in (donghu_grid, second_grid):
        make_caseload(unit, worker=wu)
    rows = type(donghu_grid).objects.within(donghu_grid.parent)
    with django_assert_num_queries(4):
        assert unattended(rows, TODAY) == []
