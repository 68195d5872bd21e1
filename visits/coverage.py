"""How much of the street somebody answers for today, and who waits for an answer.

Each number is that of a list: the grids are the lines of the page of the caseloads,
homes and people the rows of the registers of each grid.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from communities.models import Household, OrgUnit
from communities.rolls import people_below
from toolkit import formats
from visits.models import Caseload, HandOver, HandOverStatus
from visits.responsibility import (
    entrusted_units,
    is_attended,
    reaches_on,
    responsible_in,
)

HELD, ALONE, STOOD_IN = "held", "alone", "substitute"


@dataclass(frozen=True)
class Part:
    """A grid, or a community without any, with who answers there today.

    A loose one stands for whoever is registered in a community and in none of its
    grids: nobody answers for them.
    """

    unit: OrgUnit
    # The last that was named, whether or not he still may go there.
    caseload: Caseload | None
    is_held: bool
    homes: int
    people: int
    is_loose: bool = False

    @property
    def is_stood_in(self) -> bool:
        return self.is_held and self.caseload.is_substitute

    def is_of(self, state: str) -> bool:
        """Answer whether the part belongs to a state; "" is any."""
        states = {HELD: self.is_held, ALONE: not self.is_held}
        return {"": True, STOOD_IN: self.is_stood_in, **states}[state]


@dataclass(frozen=True)
class Extent:
    """How many grids, homes and people some parts are."""

    grids: int
    homes: int
    people: int


def words_of(extent: Extent) -> dict[str, str]:
    """Return an extent in words: 7 个网格, 2,825 户, 7,313 人."""
    told = {
        "grids": ngettext("%(grids)s 个网格", "%(grids)s 个网格", extent.grids),
        "homes": ngettext("%(homes)s 户", "%(homes)s 户", extent.homes),
        "people": ngettext("%(people)s 人", "%(people)s 人", extent.people),
    }
    counts = {name: formats.count(number) for name, number in vars(extent).items()}
    return {name: words % counts for name, words in told.items()}


def counted(parts: list[Part], state: str = "") -> Extent:
    """Count the parts of a state; people in no grid are people, but no grid."""
    chosen = [part for part in parts if part.is_of(state)]
    return Extent(
        sum(not part.is_loose for part in chosen),
        sum(part.homes for part in chosen),
        sum(part.people for part in chosen),
    )


def parts_in(units: QuerySet, day: date) -> list[Part]:
    """Return the parts of the units as they are on the day, in the order of codes."""
    entrusted = entrusted_units(units).select_related("community").order_by("path")
    rows = list(entrusted)
    known = responsible_in((unit.pk for unit in rows), day)
    reaches = reaches_on(day)
    whole = list(units.current().communities().exclude(pk__in=[u.pk for u in rows]))
    homes, people = homes_below(rows + whole), people_below(rows + whole)
    parts = [
        Part(
            unit,
            known.get(unit.pk),
            is_attended(unit, known, reaches),
            homes[unit.pk],
            people[unit.pk],
        )
        for unit in rows
    ]
    parts += [loose_part(unit, parts, homes, people) for unit in whole]
    found = [part for part in parts if not part.is_loose or part.homes or part.people]
    return sorted(found, key=lambda part: (part.unit.path, part.is_loose))


def loose_part(unit: OrgUnit, parts: list[Part], homes: dict, people: dict) -> Part:
    """Return who of a community is in none of its grids."""
    grids = [part for part in parts if part.unit.community_id == unit.pk]
    return Part(
        unit,
        None,
        False,
        homes[unit.pk] - sum(part.homes for part in grids),
        people[unit.pk] - sum(part.people for part in grids),
        is_loose=True,
    )


def homes_below(units: list[OrgUnit]) -> dict[int, int]:
    """Return how many households each unit and all below it have."""
    rows = Household.objects.open().order_by().values_list("org_unit__path")
    by_path = list(rows.annotate(Count("pk")))
    return {
        unit.pk: sum(n for path, n in by_path if path.startswith(unit.path))
        for unit in units
    }


def offered_in(user) -> list[HandOver]:
    """Return the hand-overs that wait for their receiver, the longest wait first."""
    rows = HandOver.objects.in_scope_of(user).filter(status=HandOverStatus.OFFERED)
    related = ("org_unit__community", "from_worker", "to_worker", "proposed_by")
    found = rows.select_related(*related).prefetch_related("units__community")
    return list(found.order_by("status_since", "pk"))
