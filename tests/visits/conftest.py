"""Wang lives alone in Donghu's grid 1 and is visited every week.

Wu and Xia go from door to door in Donghu, Dai directs it.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories import (
    make_assignment,
    make_building,
    make_household,
    make_lane,
    make_org_unit,
    make_resident,
    make_visit_duty,
    make_visit_rule,
)
from visits.actions import log_visit
from visits.models import VisitRule

TODAY = timezone.localdate()
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
WORKER = [
    "view_orgunit",
    "view_resident",
    "view_visit",
    "add_visit",
    "view_visitduty",
    "view_caseload",
    "view_extravisit",
    "view_handover",
    "add_handover",
    "change_handover",
]


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def days_ago(days: int, hour: int = 10) -> datetime:
    return at(TODAY - timedelta(days=days), hour)


@pytest.fixture
def weekly(street):
    return make_visit_rule(
        street, short_name="独居", name="80岁以上独居", tier=VisitRule.Tier.HIGH
    )


@pytest.fixture
def monthly(street):
    unit = VisitRule.Unit.MONTH
    return make_visit_rule(street, short_name="高龄", interval_unit=unit)


@pytest.fixture
def wang(donghu_grid):
    return make_resident(donghu_grid, name="王阿婆", birth_on=date(1940, 5, 6))


@pytest.fixture
def duty(wang, weekly, donghu_grid):
    """Wang's first visit was owed yesterday."""
    return make_visit_duty(
        donghu_grid,
        resident=wang,
        rule=weekly,
        since=TODAY - timedelta(days=40),
        next_due_on=TODAY - timedelta(days=1),
    )


@pytest.fixture
def log(lin):
    """Log a visit as Lin; every call is a form of its own."""

    def call(subject, outcome="normal", **fields):
        defaults = {"client_uuid": uuid4(), "by": lin}
        return log_visit(subject=subject, outcome=outcome, **defaults | fields).visit

    return call


@pytest.fixture
def lane(donghu):
    return make_lane(donghu, name="凤山巷", pinyin="fengshanxiang")


@pytest.fixture
def owe(donghu_grid, weekly, lane):
    """Owe a visit to a new person behind a door; late by some days, 0 for today."""

    def call(number, room="", late=0, *, staircase="", block="", **fields):
        houses = lane.buildings.filter(number=number, block=block)
        house = houses.first() or make_building(
            donghu_grid, lane=fields.pop("lane", lane), number=number, block=block
        )
        home = make_household(
            donghu_grid, building=house, staircase=staircase, room=room
        )
        name = f"{number}-{staircase}-{room}"
        person = make_resident(donghu_grid, name=name, household=home)
        due = TODAY - timedelta(days=late)
        return make_visit_duty(
            donghu_grid, resident=person, rule=weekly, next_due_on=due, **fields
        )

    return call


@pytest.fixture
def wu(donghu):
    return make_assignment("wu", donghu, WORKER).user


@pytest.fixture
def xia(donghu):
    return make_assignment("xia", donghu, WORKER).user


@pytest.fixture
def dai(donghu):
    return make_assignment("dai", donghu, [*WORKER, "change_caseload"]).user


@pytest.fixture
def second_grid(donghu):
    return make_org_unit("grid", "330381002901002", parent=donghu, name="02网格")
