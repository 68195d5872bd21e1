"""The day of whoever goes from door to door: who is to be seen, in walking order.

Lanes with something overdue come first; within a lane the order is that of the feet,
so that no staircase is climbed twice. Who is due later this week appears only on a
staircase that is climbed anyway.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import Count, Q
from django.utils import timezone

from communities.models import OrgUnit
from communities.scoping import scope_of
from toolkit.permissions import permission_name
from toolkit.prepared import PreparedFor
from visits.crowds import Crowd
from visits.doors import Door
from visits.gathering import asked_for, doors_of
from visits.models import Visit, VisitDuty
from visits.responsibility import own_scope
from visits.tallies import HOME_OF_VISIT, Tally, tally_at
from visits.wanted import (
    Place,
    Reach,
    met_on,
    missed_on,
    reach_of,
    wanted_duties,
    wanted_extras,
)

# A list of more doors is no day's work; the most urgent ones are shown.
MOST_DOORS = 200
MOST_DONE = 50
# So many rows of each kind are counted at hand, more of them in the database.
MOST_COUNTED = 1000
RELATED = ("resident", "household", "organisation", "logged_by")


@dataclass(frozen=True)
class Day:
    """The doors of a day and what has been done so far."""

    today: date
    doors: list[Door]
    # Where somebody was met, and where the last try of the day was in vain.
    done: list[Visit]
    missed: list[Visit]
    tally: Tally
    # Whether there are more doors, and more visits, than are shown.
    is_cut: bool
    is_done_cut: bool

    @cached_property
    def due(self) -> list[Door]:
        return [door for door in self.doors if door.is_due(self.today)]

    @cached_property
    def late(self) -> list[Door]:
        return [door for door in self.doors if door.days_late(self.today)]

    @property
    def alarming(self) -> list[Door]:
        return [door for door in self.doors if door.is_alarming]

    def lanes(self) -> list[dict]:
        """Return the doors by lane and house, in walking order."""
        late = {door.lane for door in self.late}
        ordered = sorted(
            self.doors, key=lambda door: (door.lane not in late, door.lane, door.walk)
        )
        return [
            {"name": name, "doors": doors, "houses": houses_of(doors)}
            for (_key, name), group in groupby(ordered, key=lambda door: door.lane)
            for doors in [list(group)]
        ]


def houses_of(doors: list[Door]) -> list[dict]:
    return [
        {"name": name, "doors": list(group)}
        for name, group in groupby(doors, key=lambda door: door.house)
    ]


def homes(doors: list[Door]) -> int:
    """Return how many households the doors are."""
    return len({door.home for door in doors})


def people(doors: list[Door]) -> int:
    """Return how many residents stand on the list; two may share a door."""
    return sum(door.whom.kind == "resident" for door in doors)


def met_rows(reach: Reach, today: date):
    rows = met_on(reach, today).order_by("-visited_at", "-pk")
    return rows.values_list("pk", *HOME_OF_VISIT)


def missed_keys(reach: Reach, today: date, most: int):
    rows = missed_on(reach, today).order_by("-visited_at", "-pk")
    return rows.values_list("pk")[:most]


def only_extras(reach: Reach, today: date):
    """Return the visits of extra rounds to people to whom no rule leads today."""
    by_rule = wanted_duties(reach, today).values("resident")
    return wanted_extras(reach, today).exclude(resident__in=by_rule)


MET, MISSED = PreparedFor(met_rows), PreparedFor(missed_keys)
DUE, ONLY_EXTRA = Crowd("due", wanted_duties), Crowd("extra", only_extras)


def day_of(user, place: Place = None, today: date | None = None) -> Day:
    """Return the day of a user, in one unit, where he is responsible, or anywhere."""
    today, reach = today or timezone.localdate(), reach_of(user, place)
    asked = asked_for(reach, today, MOST_COUNTED)
    if asked.is_all and place == own_scope(user):
        # The menu of the same page need not count again.
        user._visits_due = len(asked.people)
    doors, is_cut = doors_of(asked, reach, MOST_DOORS)
    met, missed = MET.rows(reach, today), MISSED.rows(reach, today, MOST_DONE)
    keys = [row[0] for row in met[:MOST_DONE]], [row[0] for row in missed]
    visits = visits_of([*keys[0], *keys[1]])
    done_homes = len({tuple(home) for _pk, *home in met})
    return Day(
        today,
        doors,
        done=[visits[pk] for pk in keys[0]],
        missed=[visits[pk] for pk in keys[1]],
        tally=asked.tally(done_homes)
        if asked.is_all
        else tally_at(reach, today, done_homes),
        is_cut=is_cut,
        is_done_cut=len(met) > MOST_DONE,
    )


def visits_of(keys: list[int]) -> dict[int, Visit]:
    """Return the visits with these keys, with whom and by whom."""
    found = Visit.objects.select_related(*RELATED)
    return found.in_bulk(keys) if keys else {}


def count_due(user) -> int:
    """Return how many people wait for a visit today; asked once per request.

    As on the page to which the number leads: where the user is responsible, if so.
    """
    if not hasattr(user, "_visits_due"):
        today, reach = timezone.localdate(), reach_of(user, own_scope(user))
        user._visits_due = DUE.number(reach, today)
        if not scope_of(user, permission_name(VisitDuty, "view")).holds_street:
            user._visits_due += ONLY_EXTRA.number(reach, today)
    return user._visits_due


def counts_by_unit(user, today: date) -> list[dict]:
    """Return the communities within reach with what waits there, in their order.

    Where only grids of a community are within reach, the grids stand in its place.
    """
    units = OrgUnit.objects.in_scope_of(user).current().order_by("path")
    communities = list(units.communities())
    whole = {unit.pk for unit in communities}
    grids = units.exclude(level=OrgUnit.Level.STREET).exclude(community__in=whole)
    lone = list(grids.select_related("community"))
    rows = counted(user, today, "resident__org_unit__community", communities)
    rows += counted(user, today, "resident__org_unit", lone)
    return sorted(rows, key=lambda row: row["unit"].path)


def counted(user, today: date, field: str, units: list[OrgUnit]) -> list[dict]:
    """Return how many people wait in each of the units, by the field that names it."""
    if not units:
        return []
    owed = (
        wanted_duties(reach_of(user), today)
        .order_by()
        .values_list(field)
        .annotate(
            people=Count("resident", distinct=True),
            late=Count("resident", distinct=True, filter=Q(next_due_on__lt=today)),
        )
    )
    found = {pk: (people, late) for pk, people, late in owed}
    return [
        {"unit": unit, "people": people, "late": late}
        for unit in units
        for people, late in [found.get(unit.pk, (0, 0))]
    ]
