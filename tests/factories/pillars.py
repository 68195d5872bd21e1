from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from ecology.models import Greenery
from learning.models import SchoolSession
from safety.models import Emergency, EmergencyDay, PoliceRoom, RollCall, Shelter
from services.models import ServicePoint
from tests.factories.core import make_org_unit, make_resident, numbers


def make_service_point(org_unit, **fields):
    defaults = {
        "name": f"服务点{next(numbers)}",
        "need": ServicePoint.Need.FOOD,
        "address": "菜巷7号",
    }
    return ServicePoint.objects.create(org_unit=org_unit, **defaults | fields)


def make_school_session(org_unit, **fields):
    defaults = {
        "title": f"第{next(numbers)}期",
        "topic": SchoolSession.Topic.LAW,
        "held_on": date(2026, 3, 4),
        "place": "会议室",
    }
    return SchoolSession.objects.create(org_unit=org_unit, **defaults | fields)


def make_greenery(org_unit, **fields):
    defaults = {
        "place": f"巷口{next(numbers)}",
        "kind": Greenery.Kind.CORNER,
        "area": Decimal("6.5"),
        "planted_on": date(2026, 3, 4),
    }
    return Greenery.objects.create(org_unit=org_unit, **defaults | fields)


def make_police_room(org_unit, **fields):
    """A room, the only open one of its unit: another goes to a grid, or follows it."""
    defaults = {
        "address": "凤山巷2号",
        "phone": "0577-00001100",
        "officer": "叶建国",
        "posted_since": date(2026, 1, 5),
    }
    room = PoliceRoom.objects.filter(org_unit=org_unit, closed_on=None)
    if org_unit.level == "grid":
        room.update(closed_on=date(2026, 2, 1))
    elif room.exists():
        org_unit = make_org_unit("grid", parent=org_unit)
    return PoliceRoom.objects.create(org_unit=org_unit, **defaults | fields)


def make_shelter(org_unit, **fields):
    defaults = {
        "name": f"安置点{next(numbers)}",
        "address": "凤山巷2号",
        "capacity": 20,
        "phone": "0577-00001100",
    }
    return Shelter.objects.create(org_unit=org_unit, **defaults | fields)


def make_emergency(org_unit, units=(), rules=(), **fields):
    """An emergency that is being prepared; a status comes with its moments."""
    defaults = {"title": f"台风第{next(numbers)}号", "criteria": ["aged"]}
    if fields.get("status", "draft") != "draft":
        defaults["opened_at"] = timezone.now() - timedelta(hours=3)
    emergency = Emergency.objects.create(org_unit=org_unit, **defaults | fields)
    emergency.units.set(units)
    emergency.rules.set(rules)
    return emergency


def make_emergency_day(org_unit, **fields):
    emergency = fields.pop("emergency", None) or make_emergency(org_unit, status="open")
    defaults = {"day": date(2026, 3, 4)}
    return EmergencyDay.objects.create(
        org_unit=org_unit, emergency=emergency, **defaults | fields
    )


def make_roll_call(org_unit, **fields):
    """One more person on the roll of an emergency."""
    emergency = fields.pop("emergency", None) or make_emergency(org_unit, status="open")
    if "name" not in fields and "resident" not in fields:
        fields["resident"] = make_resident(org_unit)
    defaults = {"reason": "80岁以上独居"}
    return RollCall.objects.create(
        org_unit=org_unit, emergency=emergency, **defaults | fields
    )
