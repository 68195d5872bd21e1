"""What the duties of many people are told again from, read in a few queries.

A story begins behind the last due visit that lies undisturbed before a moment; what is
older stays as it is written.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from visits.actions.units import Units
from visits.intervals import midnight
from visits.models import DueVisit, Visit, VisitDuty

ONE_DAY = timedelta(days=1)


@dataclass
class Story:
    """One duty: the last undisturbed due visit, what follows it, and who went."""

    duty: VisitDuty
    before: DueVisit | None
    rows: list[DueVisit]
    visits: list[Visit]
    units: Units

    @property
    def opened_on(self) -> date:
        """The day since which the first visit told again is waited for."""
        return self.before.met_on if self.before else self.duty.since


def stories_of(duties: list[VisitDuty], since: datetime) -> list[Story]:
    """Return what follows in each duty after visits from `since` on have changed."""
    keys = [duty.pk for duty in duties]
    told = told_rows().filter(duty__in=keys)
    before = undisturbed(keys, since)
    later = Q(met_by=None) | Q(met_by__visited_at__gte=since)
    rows = by_duty(told.filter(later).select_related("met_by"))
    units = units_on_days(keys)
    spans = {duty.pk: span_of(duty, before.get(duty.pk)) for duty in duties}
    first = min((begin for begin, _end in spans.values()), default=since)
    visits = visits_with({duty.resident_id for duty in duties}, first)
    found = []
    for duty in duties:
        last, (begin, end) = before.get(duty.pk), spans[duty.pk]
        paid = [
            visit
            for visit in visits[duty.resident_id]
            if begin <= visit.visited_at < end and visit.pk != (last and last.met_by_id)
        ]
        following = rows_after(rows[duty.pk], last)
        home = Units(duty, paid, units[duty.pk])
        found.append(Story(duty, last, following, paid, home))
    return found


def told_rows() -> QuerySet:
    """Return the due visits that stories are told in.

    What fell away when a duty ended belongs to its story, a withdrawn row does not.
    """
    return DueVisit.objects.filter(Q(dropped_on=None) | Q(dropped_on=F("duty__until")))


def by_duty(rows: Iterable[DueVisit]) -> dict[int, list[DueVisit]]:
    found: dict[int, list[DueVisit]] = defaultdict(list)
    for row in rows:
        found[row.duty_id].append(row)
    return found


def undisturbed(duties: list[int], since: datetime) -> dict[int, DueVisit]:
    """Return by duty the last due visit that was met before the moment."""
    met = told_rows().filter(duty=OuterRef("pk"), met_by__visited_at__lt=since)
    newest = met.order_by("-met_by__visited_at", "-met_by").values("pk")[:1]
    found = VisitDuty.objects.filter(pk__in=duties).annotate(last=Subquery(newest))
    keys = list(found.exclude(last=None).values_list("last", flat=True))
    rows = DueVisit.objects.filter(pk__in=keys).select_related("met_by")
    return {row.duty_id: row for row in rows}


def rows_after(rows: list[DueVisit], before: DueVisit | None) -> list[DueVisit]:
    """Return the due visits behind the last undisturbed one, in their order."""
    rows = sorted(rows, key=place_of)
    return [row for row in rows if before is None or place_of(row) > place_of(before)]


def place_of(row: DueVisit) -> tuple:
    """Return what orders the due visits of one duty: when each of them was over."""
    is_met = row.met_by_id is not None
    over_on = timezone.localdate(row.met_by.visited_at) if is_met else row.lapsed_on
    at = row.met_by.visited_at.timestamp() if is_met else 0
    return over_on or date.max, at, row.met_by_id or 0, row.pk


def span_of(duty: VisitDuty, before: DueVisit | None) -> tuple[datetime, datetime]:
    """Return from which moment on, and until which, visits count for the duty."""
    end = midnight((duty.until or date.max - ONE_DAY) + ONE_DAY)
    begin = midnight(duty.since)
    return max(begin, before.met_by.visited_at) if before else begin, end


def visits_with(people: set[int], first: datetime) -> dict[int, list[Visit]]:
    """Return by person the visits to him or with him at home, in their order."""
    visits = Visit.objects.filter(visited_at__gte=first)
    at_home = Visit.met_members.through.objects.filter(
        resident__in=people, visit__visited_at__gte=first
    )
    pairs = set(at_home.values_list("resident", "visit"))
    met = visits.in_bulk({visit for _resident, visit in pairs}) if pairs else {}
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits.filter(resident__in=people):
        found[visit.resident_id].append(visit)
    for resident, visit in pairs:
        found[resident].append(met[visit])
    for paid in found.values():
        paid.sort(key=lambda visit: (visit.visited_at, visit.pk))
    return found


def units_on_days(duties: list[int]) -> dict[int, dict[date, int]]:
    """Return by duty to which unit its due visits belonged, by their days."""
    rows = DueVisit.objects.filter(duty__in=duties, due_on__lte=timezone.localdate())
    found: dict[int, dict[date, int]] = defaultdict(dict)
    # In the order of the model, as a single duty is read.
    for duty, day, unit in rows.values_list("duty", "due_on", "org_unit"):
        found[duty][day] = unit
    return found
