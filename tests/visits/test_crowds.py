"""Numbers in the menu: a small one is that of now, a large one of the last minute."""

import pytest

from tests.factories.visits import make_visit_duty
from visits.crowds import count_people
from visits.models import VisitDuty

ASKED = ("due", "Donghu")


@pytest.fixture
def crowd(donghu_grid):
    return [make_visit_duty(donghu_grid) for _number in range(2)]


def test_a_small_number_is_that_of_now(crowd, donghu_grid):
    assert count_people(VisitDuty.objects.all(), ASKED, anew=2) == 2
    make_visit_duty(donghu_grid)
    assert count_people(VisitDuty.objects.all(), ASKED, anew=2) == 3


def test_a_large_number_is_remembered_for_those_who_ask_the_same(crowd, donghu_grid):
    assert count_people(VisitDuty.objects.all(), ASKED, anew=1) == 2
    make_visit_duty(donghu_grid)
    assert count_people(VisitDuty.objects.all(), ASKED, anew=1) == 2
    assert count_people(VisitDuty.objects.all(), ("due", "Xihu"), anew=1) == 3


def test_two_duties_of_one_person_are_one(donghu_grid, crowd, monthly):
    make_visit_duty(donghu_grid, resident=crowd[0].resident, rule=monthly)
    assert count_people(VisitDuty.objects.all(), ASKED) == 2
