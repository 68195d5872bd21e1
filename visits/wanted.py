"""What a day asks for, as questions to the database: where, and on which day."""

from datetime import date, timedelta
from functools import reduce
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from communities.models import OrgUnit
from communities.scoping import Scope, scope_of
from toolkit.permissions import permission_name
from visits.intervals import midnight
from visits.models import ExtraVisit, Visit, VisitDuty

# What a list is about: a unit, what a worker is responsible for, or all within reach.
Place = OrgUnit | Scope | None
EVERYWHERE = Scope(everywhere=True)


class Reach(NamedTuple):
    """In which scopes duties, visits and extra visits lie that a list is about.

    Each of their scopes holds: where a user may see them, and the place he asks for.
    Two reaches are equal where they lead to the same rows.
    """

    duties: tuple[Scope, ...]
    visits: tuple[Scope, ...]
    extras: tuple[Scope, ...]


def reach_of(user, place: Place = None) -> Reach:
    """Return the reach of a user in a place, or in all of it."""
    models, asked = (VisitDuty, Visit, ExtraVisit), scope_at(place)
    scopes = (scope_of(user, permission_name(model, "view")) for model in models)
    return Reach(*(narrowed(scope, asked) for scope in scopes))


def narrowed(scope: Scope, place: Scope) -> tuple[Scope, ...]:
    """Return the scopes that rows in a scope and in a place lie in; one may do."""
    if place.everywhere:
        return (scope,)
    if not place.is_empty and all(map(scope.covers, place.paths)):
        return (place,)
    return scope, place


def rows_in(rows: QuerySet, scopes: tuple[Scope, ...]) -> QuerySet:
    """Return those of the rows that lie in each of the scopes."""
    return reduce(lambda found, scope: found.in_scope(scope), scopes, rows)


def scope_at(place: Place) -> Scope:
    if place is None:
        return EVERYWHERE
    if isinstance(place, Scope):
        return place
    return Scope((place.path,), keys={place.path: place.pk})


def wanted_duties(reach: Reach, today: date) -> QuerySet:
    """Return the duties within reach that ask for a visit today."""
    return rows_in(VisitDuty.objects.wanted(today), reach.duties)


def nearby_duties(reach: Reach, today: date, buildings: set[int]) -> QuerySet:
    """Return duties due later this week in buildings that are entered anyway."""
    sunday = today + timedelta(days=6 - today.weekday())
    near = VisitDuty.objects.nearby(today, sunday)
    return rows_in(near, reach.duties).filter(
        resident__household__building__in=buildings
    )


def wanted_appointments(reach: Reach, today: date) -> QuerySet:
    """Return visits whose appointment has come, was not kept, nor tried today.

    They are asked for where the visited person lives now, not where he was visited.
    """
    rows = Visit.objects.awaited().subject_open().filter(follow_up_on__lte=today)
    for scope in reach.visits:
        rows = rows.subject_in(scope)
    return rows.without_later(on_day(Visit.objects.in_vain(), today))


def wanted_extras(reach: Reach, today: date) -> QuerySet:
    """Return who is to be seen in an extra round and was not tried in vain today."""
    tried = on_day(Visit.objects.in_vain(), today)
    at_home = Q(household=OuterRef("resident__household"))
    tried = tried.filter(Q(resident=OuterRef("resident")) | at_home)
    rows = rows_in(ExtraVisit.objects.owed(today), reach.extras)
    return rows.filter(~Exists(tried), resident__ended_on=None)


def on_day(visits: QuerySet, day: date) -> QuerySet:
    """Return those of the visits that were paid on the day."""
    first, last = midnight(day), midnight(day + timedelta(days=1))
    return visits.filter(visited_at__gte=first, visited_at__lt=last)


def met_on(reach: Reach, today: date) -> QuerySet:
    """Return the visits of the day in which somebody was met."""
    return rows_in(on_day(Visit.objects.all(), today), reach.visits).effective()


def missed_on(reach: Reach, today: date) -> QuerySet:
    """Return the tries in vain of the day after which nobody has tried again."""
    rows = rows_in(on_day(Visit.objects.all(), today), reach.visits)
    return rows.in_vain().without_later(on_day(Visit.objects.all(), today))
