"""A typhoon in Donghu: Wang is 86 and lives alone, Li is 83 and lives with his son."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Assignment
from safety.actions import tell
from safety.models import Emergency, RollCall
from safety.workflows import EmergencyWorkflow
from tests.factories import (
    make_assignment,
    make_building,
    make_emergency,
    make_household,
    make_lane,
    make_resident,
)

BORN = date(1940, 5, 6)


@pytest.fixture
def lane(donghu):
    return make_lane(donghu, name="菜巷", pinyin="caixiang")


@pytest.fixture
def wang(donghu_grid, lane):
    building = make_building(donghu_grid, lane=lane, number="12")
    home = make_household(
        donghu_grid, building=building, room="302", address="菜巷12号302"
    )
    return make_resident(
        donghu_grid,
        name="王阿婆",
        birth_on=BORN,
        household=home,
        living="here",
        phone="13800138000",
    )


@pytest.fixture
def li(donghu_grid, lane):
    building = make_building(donghu_grid, lane=lane, number="2")
    home = make_household(
        donghu_grid, building=building, room="101", address="菜巷2号101"
    )
    make_resident(donghu_grid, name="李儿子", household=home, living="here")
    return make_resident(
        donghu_grid, name="李大爷", birth_on=BORN, household=home, living="here"
    )


def open_emergency(emergency: Emergency, by=None) -> Emergency:
    return EmergencyWorkflow.apply(emergency, "open", by=by)


@pytest.fixture
def storm(street, donghu, wang, li):
    """Opened by the street for Donghu, three hours ago: Li and Wang are on the roll."""
    emergency = make_emergency(street, units=[donghu], title="台风“海燕”")
    open_emergency(emergency)
    began = timezone.now() - timedelta(hours=3)
    Emergency.objects.filter(pk=emergency.pk).update(opened_at=began)
    RollCall.objects.filter(emergency=emergency).update(created_at=began)
    emergency.refresh_from_db()
    return emergency


@pytest.fixture
def of_wang(storm, wang):
    return RollCall.objects.get(emergency=storm, resident=wang)


@pytest.fixture
def of_li(storm, li):
    return RollCall.objects.get(emergency=storm, resident=li)


@pytest.fixture
def say(lin):
    """Tell of a person as Lin; every call is a tap of its own."""

    def call(line, state, **fields):
        defaults = {"client_uuid": uuid4(), "by": lin}
        told = tell(line=line, state=state, **defaults | fields)
        line.refresh_from_db()
        return told.event

    return call


@pytest.fixture
def close(storm):
    """End the storm, and let its day of destruction come."""

    def call(days_ago=0):
        EmergencyWorkflow.apply(storm, "close")
        if days_ago:
            day = timezone.localdate() - timedelta(days=days_ago)
            Emergency.objects.filter(pk=storm.pk).update(destroy_on=day)
        storm.refresh_from_db()
        return storm

    return call


def once_at(user, unit):
    """Let somebody have called people of a unit until last week."""
    post = make_assignment(f"{user} before", unit, ["change_rollcall"], user=user)
    last_week = timezone.localdate() - timedelta(days=7)
    Assignment.objects.filter(pk=post.pk).update(starts_on=last_week, ends_on=last_week)


def hours_ago(hours: float):
    return timezone.now() - timedelta(hours=hours)
