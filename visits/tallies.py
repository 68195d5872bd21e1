"""How many homes a day asks for, counted in the database: a list shows only the first.

What one door is in visits/doors.py is here a key: the household, else the person, else
the unit.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from toolkit.prepared import PreparedFor
from visits.wanted import (
    Place,
    Reach,
    met_on,
    reach_of,
    wanted_appointments,
    wanted_duties,
    wanted_extras,
)

LIVES_IN, IS_ALONE = F("resident__household_id"), -F("resident_id")
# The key of the home or unit of a visit, and of the home of a person.
HOME_OF_VISIT = (
    Coalesce(F("household_id"), LIVES_IN, IS_ALONE, Value(0)),
    Coalesce(F("organisation_id"), Value(0)),
)
HOME_OF_PERSON = (Coalesce(LIVES_IN, IS_ALONE), Value(0))


class Tally(NamedTuple):
    """Homes and units: to be seen today, of these overdue, and visited today."""

    due: int
    late: int
    done: int


def owed_homes(reach: Reach, today: date) -> QuerySet:
    """Return each home that something is owed to, and whether that is overdue."""
    duties = wanted_duties(reach, today).order_by()
    appointments = wanted_appointments(reach, today).order_by()
    extras = wanted_extras(reach, today).order_by()
    return distinct(duties, HOME_OF_PERSON, Q(next_due_on__lt=today)).union(
        distinct(appointments, HOME_OF_VISIT, Q(follow_up_on__lt=today)),
        distinct(extras, HOME_OF_PERSON, Q(round__last_day__lt=today)),
    )


def distinct(rows: QuerySet, home: tuple, is_late: Q) -> QuerySet:
    return rows.values_list(
        *home, ExpressionWrapper(is_late, BooleanField())
    ).distinct()


def visited_homes(reach: Reach, today: date) -> QuerySet:
    return met_on(reach, today).order_by().values_list(*HOME_OF_VISIT).distinct()


OWED, VISITED = PreparedFor(owed_homes), PreparedFor(visited_homes)


def tally_of(user, place: Place, today: date) -> Tally:
    """Return the tally of the day of a user, in the place that its list is about."""
    reach = reach_of(user, place)
    return tally_at(reach, today, len(VISITED.rows(reach, today)))


def tally_at(reach: Reach, today: date, done: int) -> Tally:
    """Return the tally of a day on which so many homes were visited."""
    owed = OWED.rows(reach, today)
    return Tally(due=count(owed), late=count(row for row in owed if row[2]), done=done)


def count(rows: Iterable[tuple]) -> int:
    """Return how many different homes and units there are."""
    return len({(home, organisation) for home, organisation, _is_late in rows})
