"""The day of whoever goes from door to door: who is to be seen, in walking order.

Lanes with something overdue come first; within a lane the order is that of the feet,
so that no staircase is climbed twice. Who is due later this week appears only on a
staircase that is climbed anyway.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from communities.models import OrgUnit, Resident
from communities.scoping import Scope, scope_of
from toolkit.permissions import permission_name
from visits.crowds import count_people
from visits.doors import Door, key_of
from visits.intervals import midnight
from visits.models import ExtraVisit, Visit, VisitDuty
from visits.responsibility import own_scope

# A list of more doors is no day's work; the most urgent ones are shown.
MOST_DOORS = 200
MOST_DONE = 50
WHERE = ("resident__household__building__lane", "resident__org_unit")
# What a list is about: a unit, what a worker is responsible for, or all within reach.
Place = OrgUnit | Scope | None


@dataclass(frozen=True)
class Day:
    """The doors of a day and what has been done so far."""

    today: date
    doors: list[Door]
    # Where somebody was met, and where the last try of the day was in vain.
    done: list[Visit]
    missed: list[Visit]
    # Whether there are more doors, and more visits, than are shown.
    is_cut: bool
    is_done_cut: bool

    @property
    def due(self) -> list[Door]:
        return [door for door in self.doors if door.is_due(self.today)]

    @property
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
    return sum(isinstance(door.subject, Resident) for door in doors)


def day_of(user, place: Place = None, today: date | None = None) -> Day:
    """Return the day of a user, in one unit, where he is responsible, or anywhere."""
    today = today or timezone.localdate()
    wanted = wanted_duties(user, place, today).order_by("next_due_on", "pk")
    rows = list(wanted.select_related("rule", *WHERE)[: MOST_DOORS + 1])
    is_cut = len(rows) > MOST_DOORS
    extras = due_extras(user, place, today)
    is_cut = is_cut or len(extras) > MOST_DOORS
    if place == own_scope(user) and not is_cut:
        # The menu of the same page need not count again.
        user._visits_due = len({one.resident_id for one in [*rows, *extras]})
    rows, extras = rows[:MOST_DOORS], extras[:MOST_DOORS]
    rows += on_the_way(user, place, rows, today)
    doors = doors_of(rows, due_appointments(user, place, today), extras)
    done = listed(met_on(user, place, today))
    missed = listed(missed_on(user, place, today))[:MOST_DONE]
    is_done_cut = len(done) > MOST_DONE
    return Day(today, doors, done[:MOST_DONE], missed, is_cut, is_done_cut)


def narrowed(rows: QuerySet, place: Place) -> QuerySet:
    return rows if place is None else rows.of_units(scope_at(place).as_q)


def scope_at(place: OrgUnit | Scope) -> Scope:
    if isinstance(place, Scope):
        return place
    return Scope((place.path,), keys={place.path: place.pk})


def wanted_duties(user, place: Place, today: date) -> QuerySet:
    """Return the duties within reach that ask for a visit today."""
    rows = VisitDuty.objects.in_scope_of(user).wanted(today)
    return narrowed(rows, place)


def on_the_way(user, place, rows: list[VisitDuty], today: date) -> list[VisitDuty]:
    """Return duties due later this week on the staircases that are climbed anyway."""
    stairs = {stairs_of(duty) for duty in rows} - {None}
    if not stairs:
        return []
    sunday = today + timedelta(days=6 - today.weekday())
    near = VisitDuty.objects.in_scope_of(user).nearby(today, sunday)
    near = narrowed(near, place).filter(
        resident__household__building__in={building for building, _stairs in stairs}
    )
    shown = {duty.pk for duty in rows}
    found = near.select_related("rule", *WHERE)[:MOST_DOORS]
    return [d for d in found if d.pk not in shown and stairs_of(d) in stairs]


def stairs_of(duty: VisitDuty) -> tuple[int, str] | None:
    """Return building and staircase of the person, None without a building."""
    home = duty.resident.household
    if home is None or home.building_id is None:
        return None
    return home.building_id, home.staircase


def wanted_appointments(user, place: Place, today: date) -> QuerySet:
    """Return visits whose appointment has come, was not kept, nor tried today.

    They are asked for where the visited person lives now, not where he was visited.
    """
    rows = Visit.objects.awaited().subject_open().filter(follow_up_on__lte=today)
    rows = rows.subject_in(scope_of(user, permission_name(Visit, "view")))
    if place is not None:
        rows = rows.subject_in(scope_at(place))
    return rows.without_later(on_day(Visit.objects.in_vain(), today))


def due_appointments(user, place, today: date) -> list[Visit]:
    """Return the longest waiting of the wanted appointments."""
    rows = wanted_appointments(user, place, today)
    related = ("household__building__lane", "organisation", *WHERE)
    found = rows.select_related(*related)
    return list(found.order_by("follow_up_on", "pk")[:MOST_DOORS])


def wanted_extras(user, place: Place, today: date) -> QuerySet:
    """Return who is to be seen in an extra round and was not tried in vain today."""
    tried = on_day(Visit.objects.in_vain(), today)
    at_home = Q(household=OuterRef("resident__household"))
    tried = tried.filter(Q(resident=OuterRef("resident")) | at_home)
    rows = ExtraVisit.objects.in_scope_of(user).owed(today)
    rows = rows.filter(~Exists(tried), resident__ended_on=None)
    return narrowed(rows, place)


def due_extras(user, place: Place, today: date) -> list[ExtraVisit]:
    """Return those to be seen in extra rounds, one more than is shown."""
    rows = wanted_extras(user, place, today).select_related("round", *WHERE)
    return list(rows.order_by("round__last_day", "pk")[: MOST_DOORS + 1])


def doors_of(
    duties: list[VisitDuty], appointments: list[Visit], extras: list[ExtraVisit]
) -> list[Door]:
    """Gather what asks for the same person behind one door."""
    doors: dict = {}
    for duty in duties:
        door = doors.setdefault(key_of(duty.resident), Door(duty.resident))
        door.duties.append(duty)
    for visit in appointments:
        door = doors.setdefault(key_of(visit.subject), Door(visit.subject))
        door.appointments.append(visit)
    for extra in extras:
        door = doors.setdefault(key_of(extra.resident), Door(extra.resident))
        door.extras.append(extra)
    return list(doors.values())


def on_day(visits: QuerySet, day: date) -> QuerySet:
    """Return those of the visits that were paid on the day."""
    first, last = midnight(day), midnight(day + timedelta(days=1))
    return visits.filter(visited_at__gte=first, visited_at__lt=last)


def met_on(user, place: Place, today: date) -> QuerySet:
    """Return the visits of the day in which somebody was met."""
    return narrowed(on_day(Visit.objects.in_scope_of(user), today), place).effective()


def missed_on(user, place: Place, today: date) -> QuerySet:
    """Return the tries in vain of the day after which nobody has tried again."""
    rows = narrowed(on_day(Visit.objects.in_scope_of(user), today), place)
    return rows.in_vain().without_later(on_day(Visit.objects.all(), today))


def listed(visits: QuerySet) -> list[Visit]:
    """Return the newest of the visits, one more than is shown."""
    related = ("resident", "household", "organisation", "logged_by")
    found = visits.select_related(*related).order_by("-visited_at", "-pk")
    return list(found[: MOST_DONE + 1])


def count_due(user) -> int:
    """Return how many people wait for a visit today; asked once per request.

    As on the page to which the number leads: where the user is responsible, if so.
    """
    if not hasattr(user, "_visits_due"):
        own = own_scope(user)
        rows = wanted_duties(user, own, timezone.localdate())
        reach = scope_of(user, permission_name(VisitDuty, "view"))
        user._visits_due = count_people(rows, ("due", reach, own))
        if not reach.holds_street:
            # Whoever is on the list by a rule as well is counted there.
            extras = wanted_extras(user, own, timezone.localdate())
            extras = extras.exclude(resident__in=rows.values("resident"))
            user._visits_due += count_people(extras, ("extra", reach, own))
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
        wanted_duties(user, None, today)
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
