"""What is open in some grids on a day: what one who hands them over leaves behind."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from communities.models import OrgUnit
from communities.scoping import Scope
from visits.models import ExtraVisit, HandOverMatter, Visit, VisitDuty
from visits.models.duties import ALARM_AFTER

Kind = HandOverMatter.Kind


def scope_of_units(units: Collection[OrgUnit]) -> Scope:
    keys = {unit.path: unit.pk for unit in units}
    return Scope(tuple(sorted(keys)), keys=keys)


def duties_in(units: Collection[OrgUnit]) -> QuerySet:
    """Return the open duties of whoever lives in the units."""
    return VisitDuty.objects.open().of_units(scope_of_units(units).as_q)


def count_people(units: Collection[OrgUnit]) -> int:
    """Return how many people are to be visited regularly in the units."""
    return duties_in(units).order_by().values("resident").distinct().count()


def open_matters(units: Collection[OrgUnit], day: date) -> list[HandOverMatter]:
    """Return what is open on the day, unsaved: alarms, late and due visits, agreements.

    One for each duty, each appointment and each visit of a running extra round, the
    longest wait first.
    """
    is_open = (
        Q(next_due_on__lte=day) | Q(retry_on__lte=day) | Q(misses__gte=ALARM_AFTER)
    )
    duties = duties_in(units).filter(is_open).order_by("next_due_on", "pk")
    awaited = Visit.objects.awaited().subject_open()
    here = scope_of_units(units)
    visits = awaited.subject_in(here).order_by("follow_up_on", "pk")
    extras = ExtraVisit.objects.owed(day).of_units(here.as_q).select_related("round")
    found = [of_duty(duty, day) for duty in duties]
    found += [
        HandOverMatter(kind=Kind.APPOINTMENT, visit=visit, due_on=visit.follow_up_on)
        for visit in visits
    ]
    found += [
        HandOverMatter(kind=Kind.EXTRA, extra=extra, due_on=extra.round.last_day)
        for extra in extras.filter(resident__ended_on=None).order_by("pk")
    ]
    return sorted(found, key=lambda one: one.due_on)


def of_duty(duty: VisitDuty, day: date) -> HandOverMatter:
    kind = Kind.DUE
    if duty.is_alarming:
        kind = Kind.ALARM
    elif duty.days_late(day):
        kind = Kind.LATE
    return HandOverMatter(
        kind=kind, duty=duty, due_on=duty.next_due_on, misses=duty.misses
    )
