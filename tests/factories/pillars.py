from datetime import date
from decimal import Decimal

from ecology.models import Greenery
from governance.models import Body
from learning.models import SchoolSession
from safety.models import PoliceRoom
from services.models import ServicePoint
from tests.factories.core import make_org_unit, numbers


def make_body(org_unit, **fields):
    defaults = {
        "kind": Body.Kind.COUNCIL,
        "name": f"协商委员会{next(numbers)}",
        "founded_on": date(2024, 10, 20),
    }
    return Body.objects.create(org_unit=org_unit, **defaults | fields)


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
