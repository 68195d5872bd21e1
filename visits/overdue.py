"""Who should have been visited, for whoever answers for a unit.

Units stand in the order of their codes and people by how long they have waited: the
list says where help is needed and ranks neither units nor workers.
"""

from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from communities.models import OrgUnit
from communities.scoping import Scope, scope_of
from toolkit.permissions import permission_name
from visits.crowds import Crowd
from visits.models import VisitDuty
from visits.models.duties import ALARM_AFTER

RELATED = ("rule", "resident__household", "resident__org_unit")


def duties_in(user, unit: OrgUnit | None) -> QuerySet:
    """Return the open duties for which the user answers, in one unit or in all."""
    rows = VisitDuty.objects.in_scope_of(user, "change").open()
    return rows if unit is None else rows.within(unit)


def counts_below(user, unit: OrgUnit | None, today: date) -> list[dict]:
    """Return each part of the unit with what is overdue there; empty for a grid.

    Without a unit these are the communities within reach.
    """
    is_above = unit is None or unit.level == OrgUnit.Level.STREET
    field = "resident__org_unit" + ("__community" if is_above else "")
    counted = (
        duties_in(user, unit)
        .order_by()
        .values(field)
        .annotate(
            people=Count("resident", distinct=True),
            late=Count("resident", distinct=True, filter=Q(next_due_on__lt=today)),
            alarms=Count("resident", distinct=True, filter=Q(misses__gte=ALARM_AFTER)),
            since=Min("next_due_on", filter=Q(next_due_on__lt=today)),
        )
    )
    found = {row[field]: row for row in counted}
    parts = OrgUnit.objects.in_scope_of(user).current()
    parts = parts.communities() if unit is None else parts.filter(parent=unit)
    nothing = {"people": 0, "late": 0, "alarms": 0, "since": None}
    return [
        {"unit": part, **found.get(part.pk, nothing)} for part in parts.order_by("code")
    ]


def people_in(user, unit: OrgUnit, today: date) -> QuerySet:
    """Return the overdue duties of the unit, the longest wait first."""
    rows = duties_in(user, unit).overdue(today).select_related(*RELATED)
    return rows.order_by("next_due_on", "pk")


def alarms_in(user, unit: OrgUnit | None) -> QuerySet:
    """Return the duties whose person was not met several times in a row."""
    rows = duties_in(user, unit).alarming().select_related(*RELATED)
    return rows.order_by("-misses", "next_due_on", "pk")


def overdue_in(scope: Scope, today: date) -> QuerySet:
    """Return the overdue duties of a part of the street."""
    return VisitDuty.objects.in_scope(scope).overdue(today)


OVERDUE = Crowd("overdue", overdue_in)


def count_overdue(user) -> int:
    """Return how many people are overdue where the user answers; once per request."""
    if not hasattr(user, "_visits_overdue"):
        scope = scope_of(user, permission_name(VisitDuty, "change"))
        user._visits_overdue = OVERDUE.number(scope, timezone.localdate())
    return user._visits_overdue
