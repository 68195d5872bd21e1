"""Numbers in the menu: a small one is that of now, a large one of the last minute."""

import pytest

from tests.factories.visits import make_visit_duty
from visits.crowds import Crowd
from visits.models import VisitDuty


@pytest.fixture
def crowd(donghu_grid):
    return [make_visit_duty(donghu_grid) for _number in range(2)]


def everybody(_place):
    return VisitDuty.objects.all()


def test_a_small_number_is_that_of_now(crowd, donghu_grid):
    due = Crowd("due", everybody, anew=2)
    assert due.number("Donghu") == 2
    make_visit_duty(donghu_grid)
    assert due.number("Donghu") == 3


def test_a_large_number_is_remembered_for_those_who_ask_the_same(crowd, donghu_grid):
    due = Crowd("due", everybody, anew=1)
    assert due.number("Donghu") == 2
    make_visit_duty(donghu_grid)
    assert due.number("Donghu") == 2
    assert due.number("Xihu") == 3
    assert Crowd("late", everybody, anew=1).number("Donghu") == 3


def test_two_duties_of_one_person_are_one(donghu_grid, crowd, monthly):
    make_visit_duty(donghu_grid, resident=crowd[0].resident, rule=monthly)
    assert Crowd("due", everybody).number("Donghu") == 2


def test_nobody_is_asked_for_where_nothing_is_in_reach(crowd):
    nothing = Crowd("due", lambda _place: VisitDuty.objects.filter(pk__in=()))
    assert nothing.number("Donghu") == 0
