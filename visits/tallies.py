"""How many homes a day asks for, counted in the database: a list shows only the first.

What one door is in visits/doors.py is here a key: the household, else the person, else
the unit.
"""

from datetime import date
from typing import NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from visits.day import Place, met_on, wanted_appointments, wanted_duties, wanted_extras

LIVES_IN, IS_ALONE = F("resident__household_id"), -F("resident_id")


class Tally(NamedTuple):
    """Homes and units: to be seen today, of these overdue, and visited today."""

    due: int
    late: int
    done: int


def tally_of(user, place: Place, today: date) -> Tally:
    """Return the tally of the day of a user, in the place that its list is about."""
    duties = wanted_duties(user, place, today)
    appointments = wanted_appointments(user, place, today)
    extras = wanted_extras(user, place, today)
    late = duties.filter(next_due_on__lt=today)
    too_late = appointments.filter(follow_up_on__lt=today)
    return Tally(
        due=count(homes_owed(duties), homes_owed(extras), homes_visited(appointments)),
        late=count(homes_owed(late), homes_visited(too_late)),
        done=count(homes_visited(met_on(user, place, today))),
    )


def homes_owed(duties: QuerySet) -> QuerySet:
    """Return the key of the home of each duty, or of each person of a round."""
    return duties.order_by().values_list(Coalesce(LIVES_IN, IS_ALONE), Value(0))


def homes_visited(visits: QuerySet) -> QuerySet:
    """Return the key of the home or unit of each visit."""
    home = Coalesce(F("household_id"), LIVES_IN, IS_ALONE, Value(0))
    organisation = Coalesce(F("organisation_id"), Value(0))
    return visits.order_by().values_list(home, organisation)


def count(first: QuerySet, *others: QuerySet) -> int:
    """Return how many different keys there are in all."""
    keys = first.distinct()
    return (keys.union(*others) if others else keys).count()
