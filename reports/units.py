"""The units that are reported on: the street, its communities and its villages."""

from collections.abc import Iterable

from communities.models import COMMUNITY_LEVELS, OrgUnit
from communities.scoping import scope_of
from toolkit.periods import Period

REPORTED_LEVELS = (OrgUnit.Level.STREET, *COMMUNITY_LEVELS)


def reported_units():
    """Return every unit that is or was reported on, the street first, then by code."""
    return OrgUnit.objects.filter(level__in=REPORTED_LEVELS).order_by("path")


def units_for(user) -> list[OrgUnit]:
    """Return the units whose reports a user may see, those of the past included."""
    scope = scope_of(user, "reports.view_report")
    return list(reported_units().filter(scope.as_q("path")))


def existed(unit: OrgUnit, period: Period) -> bool:
    """Answer whether the unit existed on at least one day of the period."""
    began = unit.valid_from is None or unit.valid_from < period.end
    return began and (unit.valid_to is None or unit.valid_to > period.start)


def units_in(period: Period) -> list[OrgUnit]:
    """Return the units that existed in the period, the street first, then by code."""
    return [unit for unit in reported_units() if existed(unit, period)]


def top_of(units: Iterable[OrgUnit]) -> OrgUnit | None:
    """Return the unit above all others, None where several stand side by side."""
    units = sorted(units, key=lambda unit: unit.path)
    if units and all(unit.path.startswith(units[0].path) for unit in units):
        return units[0]
    return None
