"""Who answers for the visits of which grid, on any day; and where nobody does.

A caseload is of a grid, or of a community that has no grids. Whoever lives there is
looked after by its main worker, on the days of a substitution by the substitute.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Assignment, User
from communities.models import OrgUnit
from communities.scoping import UNBOUND, Scope, scope_of
from toolkit.prepared import PreparedFor
from visits.models import Caseload

# Whoever goes from door to door.
VISITING = "visits.add_visit"
# Whoever sees to it that every grid has somebody.
ARRANGING = "visits.change_caseload"


def entrusted_units(units: QuerySet) -> QuerySet:
    """Return those of the units that one worker answers for: where people are entered.

    Grids, and communities and villages without any grid.
    """
    grids = OrgUnit.objects.current().filter(parent=OuterRef("pk"))
    is_whole = Q(level__in=(OrgUnit.Level.COMMUNITY, OrgUnit.Level.VILLAGE))
    is_grid = Q(level=OrgUnit.Level.GRID)
    return units.current().filter(is_grid | (is_whole & ~Exists(grids)))


def responsible_in(units: Iterable[int], day: date) -> dict[int, Caseload]:
    """Return by unit who was responsible there on the day, with the worker."""
    rows = Caseload.objects.responsible_on(day).filter(org_unit__in=set(units))
    return {row.org_unit_id: row for row in rows.select_related("worker")}


def own_scope(user) -> Scope | None:
    """Return where the user is responsible today, None for nowhere; once a request.

    Where he stands in for somebody it is part of it, where somebody stands in for him
    it is not. What is beyond his reach by now is left out. Whoever goes anywhere in the
    street has no grid of his own.
    """
    if not hasattr(user, "_own_scope"):
        reach = scope_of(user, VISITING)
        asks = not (reach.is_empty or reach.holds_street)
        user._own_scope = read_own_scope(user, reach) if asks else None
    return user._own_scope


def units_of(worker: int, day: date) -> QuerySet:
    """Return path and key of the units for which a worker is responsible on a day."""
    rows = Caseload.objects.responsible_on(day).filter(worker=worker)
    return rows.order_by("pk").values_list("org_unit__path", "org_unit")


OWN = PreparedFor(units_of)


def read_own_scope(user, reach: Scope) -> Scope | None:
    own = OWN.rows(user.pk, timezone.localdate())
    keys = {path: pk for path, pk in own if reach.covers(path)}
    return Scope(tuple(sorted(keys)), keys=keys) if keys else None


def reaches_on(day: date) -> dict[int, list[str]]:
    """Return by user the paths of the units in which he may log visits on the day.

    Accounts that are switched off have none.
    """
    app_label, codename = VISITING.split(".")
    held = Assignment.objects.effective(day).filter(
        user__is_active=True,
        role__permissions__codename=codename,
        role__permissions__content_type__app_label=app_label,
    )
    found: dict[int, list[str]] = {}
    for user, path in held.values_list("user", "org_unit__path"):
        found.setdefault(user, []).append(path)
    everywhere = User.objects.filter(UNBOUND, is_active=True)
    return found | {user: [""] for user in everywhere.values_list("pk", flat=True)}


def covers(paths: Collection[str], path: str) -> bool:
    """Answer whether a unit lies in one of those at the paths."""
    return path.startswith(tuple(paths) or ("\0",))


def workers_in(unit: OrgUnit, day: date) -> list[User]:
    """Return who goes from door to door in the unit or in a part of it, by name.

    Who may do so in the whole street is no worker of one community.
    """
    keys = [
        user
        for user, paths in reaches_on(day).items()
        if any(path.count("/") > 1 and meets(path, unit.path) for path in paths)
    ]
    return list(User.objects.filter(pk__in=keys).order_by("name", "pk"))


def meets(path: str, other: str) -> bool:
    """Answer whether one of two units lies in the other."""
    return path.startswith(other) or other.startswith(path)


def unattended(units: QuerySet, day: date) -> list[OrgUnit]:
    """Return those of the units for whose visits nobody answers on the day.

    Nobody does where no worker was ever named, where his account was switched off, and
    where his assignment has ended.
    """
    rows = list(entrusted_units(units).select_related("community").order_by("path"))
    known = responsible_in((unit.pk for unit in rows), day)
    reaches = reaches_on(day)
    return [unit for unit in rows if not is_attended(unit, known, reaches)]


def is_attended(unit: OrgUnit, known: dict, reaches: dict) -> bool:
    """Answer whether the worker known for a unit still may go there."""
    caseload = known.get(unit.pk)
    paths = reaches.get(caseload.worker_id, ()) if caseload else ()
    return covers(paths, unit.path)


def units_left_alone(user, day: date) -> list[OrgUnit]:
    """Return the unattended units where the user arranges the caseloads.

    Communities that have not begun to name anybody are left out.
    """
    begun = Caseload.objects.filter(org_unit__community=OuterRef("community"))
    reach = scope_of(user, ARRANGING).as_q("path")
    return unattended(OrgUnit.objects.filter(reach, Exists(begun)), day)


def units_to_hand_over(user) -> QuerySet:
    """Return the units that the user may hand over: his own, and those he arranges.

    His own are those whose main worker he is, whether or not somebody stands in. Where
    he only stands in himself he has nothing to give away.
    """
    mains = Caseload.objects.in_force(timezone.localdate())
    own = mains.filter(worker=user, kind=Caseload.Kind.MAIN).values("org_unit")
    is_own = scope_of(user, VISITING).as_q("path") & Q(pk__in=own)
    is_arranged = scope_of(user, ARRANGING).as_q("path")
    return entrusted_units(OrgUnit.objects.filter(is_own | is_arranged))


def may_hand_over(user) -> bool:
    """Answer whether the user may fill in a hand-over, and has something to give."""
    is_allowed = user.has_perm("visits.add_handover")
    return is_allowed and units_to_hand_over(user).exists()
