"""The day of a worker who looks after 600 homes, all of them due."""

from collections.abc import Callable

from django.utils import timezone

from benchmarks.visitors import Visitor
from communities.models import Resident
from visits.models import VisitDuty, VisitRule
from yuhai_portal.wsgi import application

DAY = "/visits/today/"
FLOOR = "/bench/floor/day/"
HOMES = 600


def actions() -> dict[str, Callable]:
    """Return the day's list, and the same page from memory."""
    worker = Visitor(application, "worker")
    owe_everywhere(worker.user)
    return {"day": worker.page(DAY), "day floor": worker.page(FLOOR)}


def owe_everywhere(user) -> None:
    """Owe a visit today to somebody in each of so many homes."""
    today = timezone.localdate()
    own = Resident.objects.in_scope_of(user).filter(ended_on=None)
    firsts = own.filter(household__building__isnull=False).order_by("household", "pk")
    by_home = {one.household_id: one for one in firsts.iterator()}
    people = list(by_home.values())[:HOMES]
    if len(people) < HOMES:
        raise SystemExit(f"a worker has {len(people)} homes, {HOMES} are needed")
    rule = VisitRule.objects.order_by("number").first()
    known = set(
        VisitDuty.objects.filter(rule=rule, until=None).values_list(
            "resident", flat=True
        )
    )
    VisitDuty.objects.bulk_create(
        VisitDuty(
            resident=one,
            rule=rule,
            since=today,
            origin=VisitDuty.Origin.BY_HAND,
            next_due_on=today,
        )
        for one in people
        if one.pk not in known
    )
    VisitDuty.objects.filter(resident__in=people).update(next_due_on=today)
