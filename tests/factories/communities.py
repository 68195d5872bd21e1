"""Plain functions that build valid rows of communities beyond the core."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from communities.models import (
    HEAD,
    BoundaryChange,
    ConversionCondition,
    Honour,
    OfficeDay,
    OfficeLimit,
    Organisation,
    PopulationEvent,
    PopulationSnapshot,
    Relocation,
    RosterImport,
    UnitProfile,
)
from tests.factories.core import make_household, make_org_unit, make_resident

# The grids that tests name themselves are the first of their communities.
numbers = count(101)
DAY = date(2026, 11, 2)


def make_family(org_unit, *people, **fields):
    """Build a household; each person is (name, relation, further fields)."""
    household = make_household(org_unit, **fields)
    for name, relation, *rest in people or [("户主", HEAD)]:
        make_resident(
            org_unit,
            household=household,
            name=name,
            relation=relation,
            **dict(*rest),
        )
    return household


def make_population_event(org_unit, **fields):
    resident = fields.pop("resident", None) or make_resident(org_unit)
    defaults = {
        "org_unit": resident.org_unit,
        "kind": PopulationEvent.Kind.WENT_AWAY,
        "happened_on": DAY,
        "reported_on": DAY,
    }
    return PopulationEvent.objects.create(resident=resident, **defaults | fields)


def make_office_day(org_unit, **fields):
    """A day of the street's calendar; the unit does not matter."""
    day = date(2030, 1, 1) + timedelta(days=next(numbers))
    return OfficeDay.objects.create(
        **{"date": day, "kind": "holiday", "name": "元旦"} | fields
    )


def make_office_limit(org_unit, **fields):
    """A limit of the street's table; the unit does not matter."""
    defaults = {
        "code": "T99",
        "step": f"step-{next(numbers)}",
        "label": "答复",
        "trigger": "收到",
        "amount": 15,
        "unit": "working_days",
        "source": "本街道",
    }
    return OfficeLimit.objects.create(**defaults | fields)


def make_population_snapshot(org_unit, **fields):
    defaults = {
        "as_of": DAY,
        "kind": PopulationSnapshot.Kind.RESIDENT,
        "people": 6218,
        "source": f"台账{next(numbers)}",
    }
    return PopulationSnapshot.objects.create(org_unit=org_unit, **defaults | fields)


def make_relocation(org_unit, **fields):
    """A move into the unit from a grid below it, whoever that may be."""
    resident = fields.pop("resident", None) or make_resident(org_unit)
    defaults = {"moved_on": DAY, "source": "转户"}
    if "from_unit" not in fields:
        defaults["from_unit"] = make_grid(org_unit.community or org_unit)
    return Relocation.objects.create(
        resident=resident, org_unit=org_unit, **defaults | fields
    )


def make_roster_import(org_unit, **fields):
    """A roster that was checked; its file is not there."""
    defaults = {
        "file_name": f"名册{next(numbers)}.xlsx",
        "kind": "xlsx",
        "size": 20_480,
        "state": RosterImport.State.CHECKED,
        "counts": {"create": 2, "update": 1, "skip": 3, "conflict": 0, "error": 0},
        "checked_at": timezone.now(),
    }
    return RosterImport.objects.create(org_unit=org_unit, **defaults | fields)


def make_honour(org_unit, **fields):
    defaults = {
        "title": f"文明社区{next(numbers)}",
        "level": Honour.Level.CITY,
        "awarded_by": "瑞安市人民政府",
        "awarded_on": DAY,
    }
    return Honour.objects.create(org_unit=org_unit, **defaults | fields)


def make_organisation(org_unit, **fields):
    defaults = {"name": f"试验单位{next(numbers)}"}
    return Organisation.objects.create(org_unit=org_unit, **defaults | fields)


def make_boundary_change(org_unit, **fields):
    defaults = {"kind": BoundaryChange.Kind.MERGE, "decided_on": DAY}
    defaults["note"] = f"调整{next(numbers)}"
    return BoundaryChange.objects.create(org_unit=org_unit, **defaults | fields)


def make_conversion_condition(org_unit, **fields):
    defaults = {"text": f"条件{next(numbers)}"}
    return ConversionCondition.objects.create(org_unit=org_unit, **defaults | fields)


def make_unit_below(org_unit, **fields):
    """Build a grid below the unit; a grid, below which nothing lies, stands for it."""
    return org_unit if org_unit.level == "grid" else make_grid(org_unit, **fields)


def make_grid(org_unit, **fields):
    """Build a grid of the community or village."""
    code = f"{org_unit.code}{next(numbers):03d}"[-15:]
    return make_org_unit("grid", code, parent=org_unit, **fields)


def make_unit_profile(org_unit, **fields):
    """Build the profile of a new unit below: a unit has one profile only."""
    return UnitProfile.objects.create(org_unit=make_unit_below(org_unit), **fields)
