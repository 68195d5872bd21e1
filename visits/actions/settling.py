"""Bring duties into line with the visits that were paid.

Visits may arrive late and in any order, and may be corrected. So a duty is told again
from the first due visit that the changed moment can touch; what lies before stays.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from communities.models import Resident
from visits.actions.units import Units
from visits.intervals import midnight
from visits.models import DueVisit, Visit, VisitDuty
from visits.steps import Stand
from visits.telling import Owed, tell
from visits.terms import TermsOverTime

ONE_DAY = timedelta(days=1)


def settle_duties(people: Iterable[Resident], since: datetime) -> list[VisitDuty]:
    """Settle the duties of some people, locked, after visits from `since` on changed.

    Duties that ended before that day stay as they are. Returns the settled ones.
    """
    touched = Q(until=None) | Q(until__gte=timezone.localdate(since))
    locked = VisitDuty.objects.select_for_update(of=("self",)).filter(touched)
    own = locked.filter(resident__in=people).select_related("rule", "resident")
    own = own.prefetch_related("rule__former_terms")
    duties = list(own.order_by("pk"))
    for duty in duties:
        settle(duty, since)
    return duties


def settle(duty: VisitDuty, since: datetime) -> None:
    """Tell one duty again from the visits at or after `since`."""
    told = DueVisit.objects.filter(duty=duty).select_related("met_by")
    # What fell away when the duty ended belongs to its story, a withdrawn row does not.
    told = told.filter(Q(dropped_on=None) | Q(dropped_on=duty.until))
    before = last_undisturbed(told, since)
    rows = rows_after(told, before)
    stand = Stand(
        due_on=rows[0].due_on if rows else duty.next_due_on,
        why=rows[0].why if rows else duty.why,
        due_at=rows[0].due_at if rows else duty.next_due_at,
        last_visited_on=before.met_on if before else None,
    )
    opened_on = before.met_on if before else duty.since
    until = duty.until or timezone.localdate()
    visits = visits_after(duty, before)
    owed, stand = tell(stand, opened_on, TermsOverTime(duty.rule), visits, until)
    units = Units(duty, visits)
    write_due_visits(duty, rows, owed, units)
    write_stand(duty, stand)


def last_undisturbed(told: QuerySet, since: datetime) -> DueVisit | None:
    """Return the last due visit that was met before the moment."""
    met = told.filter(met_by__visited_at__lt=since)
    return met.order_by("met_by__visited_at", "met_by").last()


def rows_after(told: QuerySet, before: DueVisit | None) -> list[DueVisit]:
    """Return the due visits behind the last undisturbed one, in their order."""
    if before is not None:
        at = before.met_by.visited_at
        told = told.filter(Q(met_by=None) | Q(met_by__visited_at__gte=at))
    rows = sorted(told, key=place_of)
    return [row for row in rows if before is None or place_of(row) > place_of(before)]


def place_of(row: DueVisit) -> tuple:
    """Return what orders the due visits of one duty: when each of them was over."""
    is_met = row.met_by_id is not None
    over_on = timezone.localdate(row.met_by.visited_at) if is_met else row.lapsed_on
    at = row.met_by.visited_at.timestamp() if is_met else 0
    return over_on or date.max, at, row.met_by_id or 0, row.pk


def visits_after(duty: VisitDuty, before: DueVisit | None) -> list[Visit]:
    """Return the person's visits after the last undisturbed one, in their order."""
    visits = Visit.objects.with_person(duty.resident_id)
    visits = visits.filter(visited_at__gte=midnight(duty.since))
    if duty.until is not None:
        visits = visits.filter(visited_at__lt=midnight(duty.until + ONE_DAY))
    if before is not None:
        visits = visits.filter(visited_at__gte=before.met_by.visited_at)
        visits = visits.exclude(pk=before.met_by_id)
    return list(visits.order_by("visited_at", "pk"))


def write_due_visits(
    duty: VisitDuty, rows: list[DueVisit], owed: list[Owed], units: Units
) -> None:
    """Write what was owed, met and missed; rows are used again, none is deleted."""
    chosen, surplus = match(rows, owed)
    # Surplus rows go first: a duty has one open due visit at any time.
    for row in surplus:
        row.met_by = row.met_on = row.lapsed_on = None
        row.dropped_on = timezone.localdate()
        row.save()
    for row, one in zip(chosen, owed, strict=True):
        row = row or DueVisit(duty=duty)
        row.org_unit_id = units.of(one)
        write_row(row, one, duty.until)


def match(
    rows: list[DueVisit], owed: list[Owed]
) -> tuple[list[DueVisit | None], list[DueVisit]]:
    """Return for each visit owed the row that holds it, and the rows left over.

    A row stays with its due day where it can; the others take what is left.
    """
    spare = list(rows)
    chosen: list[DueVisit | None] = []
    for one in owed:
        row = next((row for row in spare if row.due_on == one.due_on), None)
        chosen.append(row)
        if row is not None:
            spare.remove(row)
    for place, row in enumerate(chosen):
        if row is None and spare:
            chosen[place] = spare.pop(0)
    return chosen, spare


def write_row(row: DueVisit, owed: Owed, until: date | None) -> None:
    """Let a row hold a visit owed; what is open when the duty ends falls away."""
    row.due_on, row.due_at, row.why = owed.due_on, owed.due_at, owed.why
    row.opened_on = owed.opened_on
    row.met_by, row.lapsed_on = owed.visit, owed.lapsed_on
    row.met_on = timezone.localdate(owed.visit.visited_at) if owed.visit else None
    row.dropped_on = until if owed.is_open else None
    row.save()


def write_stand(duty: VisitDuty, stand: Stand) -> None:
    """Copy the stand to the duty's own columns, by which lists are read."""
    duty.next_due_on, duty.next_due_at = stand.due_on, stand.due_at
    duty.why = stand.why
    duty.last_visited_on = stand.last_visited_on
    duty.misses, duty.last_miss = stand.misses, stand.last_miss
    duty.last_missed_at, duty.retry_on = stand.last_missed_at, stand.retry_on
    duty.save()


def drop_open(duties, day: date) -> int:
    """Let the owed visits of ended duties fall away; return how many."""
    owed = DueVisit.objects.open().filter(duty__in=duties)
    return owed.update(dropped_on=day)
