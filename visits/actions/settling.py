"""Bring duties into line with the visits that were paid.

Visits may arrive late and in any order, and may be corrected. So a duty is told again
from the first due visit that the changed moment can touch; what lies before stays.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from communities.models import Resident
from visits.models import DueVisit, Visit, VisitDuty
from visits.steps import Stand, after

ONE_DAY = timedelta(days=1)


def settle_duties(resident: Resident, since: datetime) -> list[VisitDuty]:
    """Settle a person's duties, locked, after visits from `since` on changed.

    Duties that ended before that day stay as they are. Returns the settled ones.
    """
    touched = Q(until=None) | Q(until__gte=timezone.localdate(since))
    locked = VisitDuty.objects.select_for_update(of=("self",)).filter(touched)
    duties = list(
        locked.filter(resident=resident).select_related("rule").order_by("pk")
    )
    for duty in duties:
        settle(duty, since)
    return duties


def settle(duty: VisitDuty, since: datetime) -> None:
    """Tell one duty again from the visits at or after `since`."""
    told = DueVisit.objects.filter(duty=duty).select_related("met_by").order_by("pk")
    # What fell away when the duty ended belongs to its story, a withdrawn row does not.
    told = told.filter(Q(dropped_on=None) | Q(dropped_on=duty.until))
    rows = list(told.filter(Q(met_by=None) | Q(met_by__visited_at__gte=since)))
    before = told.filter(met_by__visited_at__lt=since).last()
    stand = Stand(
        due_on=rows[0].due_on if rows else duty.next_due_on,
        why=rows[0].why if rows else duty.why,
        last_visited_on=before.met_on if before else None,
    )
    steps, stand = tell(duty, stand, visits_after(duty, before))
    write_due_visits(duty, rows, steps, stand)
    write_stand(duty, stand)


def visits_after(duty: VisitDuty, before: DueVisit | None) -> list[Visit]:
    """Return the person's visits after the last undisturbed one, in their order."""
    visits = Visit.objects.filter(resident=duty.resident_id)
    visits = visits.filter(visited_at__gte=midnight(duty.since))
    if duty.until is not None:
        visits = visits.filter(visited_at__lt=midnight(duty.until + ONE_DAY))
    if before is not None:
        visits = visits.filter(visited_at__gte=before.met_by.visited_at)
        visits = visits.exclude(pk=before.met_by_id)
    return list(visits.order_by("visited_at", "pk"))


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the street."""
    return timezone.make_aware(datetime.combine(day, time.min))


def tell(
    duty: VisitDuty, stand: Stand, visits: list[Visit]
) -> tuple[list[tuple[Stand, Visit]], Stand]:
    """Return what each effective visit fulfilled, and how the duty stands at last."""
    met = []
    for visit in visits:
        if visit.is_effective:
            met.append((stand, visit))
        stand = after(stand, duty.rule, visit)
    return met, stand


def write_due_visits(
    duty: VisitDuty,
    rows: list[DueVisit],
    met: list[tuple[Stand, Visit]],
    stand: Stand,
) -> None:
    """Write what was owed and met; rows are used again, none is deleted."""
    wanted: list[tuple[Stand, Visit | None]] = [*met, (stand, None)]
    # Surplus rows go first: a duty has one open due visit at any time.
    for row in rows[len(wanted) :]:
        row.met_by, row.met_on, row.dropped_on = None, None, timezone.localdate()
        row.save()
    rows += [DueVisit(duty=duty) for _missing in range(len(wanted) - len(rows))]
    for row, (owed, visit) in zip(rows, wanted, strict=False):
        row.due_on, row.why, row.met_by = owed.due_on, owed.why, visit
        row.met_on = timezone.localdate(visit.visited_at) if visit else None
        row.dropped_on = None if visit else duty.until
        row.save()


def write_stand(duty: VisitDuty, stand: Stand) -> None:
    """Copy the stand to the duty's own columns, by which lists are read."""
    duty.next_due_on, duty.why = stand.due_on, stand.why
    duty.last_visited_on = stand.last_visited_on
    duty.misses, duty.last_miss = stand.misses, stand.last_miss
    duty.last_missed_at, duty.retry_on = stand.last_missed_at, stand.retry_on
    duty.save()


def drop_open(duties, day: date) -> int:
    """Let the owed visits of ended duties fall away; return how many."""
    owed = DueVisit.objects.open().filter(duty__in=duties)
    return owed.update(dropped_on=day)
