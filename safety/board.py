"""How an emergency stands: by state, by unit, by building and by the hour.

Every figure is counted from the lines and their events; none is typed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from communities.models import OrgUnit
from safety.models import Emergency, RollCall, RollCallEvent, Shelter, State

HOUR = timedelta(hours=1)
# The table of hours ends with the newest; two days are what a storm lasts.
MOST_HOURS = 48


@dataclass(frozen=True)
class Tally:
    """How many people are in which state."""

    counts: dict[str, int]

    def of(self, state: str) -> int:
        return self.counts.get(state, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def reached(self) -> int:
        """People to whom somebody has spoken, whatever they answered."""
        return self.total - self.of(State.WAITING)

    @property
    def percent(self) -> int | None:
        """The part that was reached in whole percent, None of nobody.

        Rounded down: 100 says that nobody is left.
        """
        return self.reached * 100 // self.total if self.total else None

    def kept(self) -> dict[str, int]:
        """Return the counts as JSON."""
        return {state: self.of(state) for state in State.values}


def tally_of(lines: QuerySet) -> Tally:
    """Return how the lines stand now."""
    found = lines.order_by().values_list("state").annotate(people=Count("pk"))
    return Tally(dict(found))


def tallies_by(lines: QuerySet, field: str) -> dict[int, Tally]:
    """Return how the lines stand, by the key that a field names."""
    found = lines.order_by().values_list(field, "state").annotate(people=Count("pk"))
    counts: dict[int, dict[str, int]] = {}
    for key, state, people in found:
        counts.setdefault(key, {})[state] = people
    return {key: Tally(states) for key, states in counts.items()}


def by_unit(lines: QuerySet, field: str) -> list[tuple[OrgUnit, Tally]]:
    """Return unit and tally in the order of the units."""
    tallies = tallies_by(lines, field)
    units = OrgUnit.objects.filter(pk__in=tallies).select_related("community")
    return [(unit, tallies[unit.pk]) for unit in units.order_by("path")]


@dataclass(frozen=True)
class Hour:
    """How it stood at the end of an hour, or now in the hour that runs."""

    at: datetime
    tally: Tally


def by_hour(emergency: Emergency, lines: QuerySet, now: datetime) -> list[Hour]:
    """Return how the lines stood at the end of each hour since the opening.

    An event counts from its own moment, however late a phone has handed it in; what was
    taken back never counts.
    """
    if emergency.opened_at is None:
        return []
    last = emergency.closed_at or now
    ends = hours_between(emergency.opened_at, last)
    told = told_of(lines)
    first_told: dict[int, datetime] = {}
    for at, line, _state in told:
        first_told.setdefault(line, at)
    # A line counts from when it was written down, or told of if that was earlier.
    written = lines.order_by().values_list("created_at", "pk")
    listed = sorted(min(at, first_told.get(pk, at)) for at, pk in written)
    return counted(ends, listed, told)


def told_of(lines: QuerySet) -> list[tuple[datetime, int, str]]:
    """Return moment, line and state of everything told that counts, in order."""
    events = RollCallEvent.objects.filter(
        line__in=lines.order_by().values("pk"), takes_back=None, taken_back_by=None
    )
    return list(
        events.order_by("happened_at", "pk").values_list("happened_at", "line", "state")
    )


def counted(ends: list[datetime], listed: list[datetime], told: list) -> list[Hour]:
    """Return the hours: who is listed by then, and what was told of him last."""
    hours, states = [], {}
    events, entries, people = iter(told), iter(listed), 0
    event, entry = next(events, None), next(entries, None)
    for end in ends:
        while entry is not None and entry <= end:
            people, entry = people + 1, next(entries, None)
        while event is not None and event[0] <= end:
            states[event[1]] = event[2]
            event = next(events, None)
        counts = Counter(states.values())
        counts[State.WAITING] += people - len(states)
        hours.append(Hour(end, Tally(dict(counts))))
    return hours[-MOST_HOURS:]


def hours_between(first: datetime, last: datetime) -> list[datetime]:
    """Return the full hours after the first moment up to the last, and that itself."""
    local = timezone.localtime(first)
    end = local.replace(minute=0, second=0, microsecond=0) + HOUR
    ends = []
    while end < last:
        ends.append(end)
        end += HOUR
    return [*ends, timezone.localtime(last)]


def occupancy(emergency: Emergency | None = None) -> list[dict]:
    """Return the open shelters with how many people are in each of them now.

    People of all emergencies share the beds; those of exercises are counted apart. Of
    one emergency, only its street's.
    """
    shelters = Shelter.objects.open().select_related("org_unit")
    if emergency is not None:
        shelters = shelters.within(emergency.org_unit.street)
    inside, drilled = people_in_shelters(), people_in_shelters(is_drill=True)
    return [
        {
            "shelter": one,
            "people": inside.get(one.pk, 0),
            "drilled": drilled.get(one.pk, 0),
            "is_full": inside.get(one.pk, 0) >= one.capacity,
            "is_over": inside.get(one.pk, 0) > one.capacity,
        }
        for one in shelters.order_by("org_unit__path", "name")
    ]


def people_in_shelters(*, is_drill: bool = False) -> dict[int, int]:
    """Return how many people are in a shelter now, by its key: the figure of all pages.

    With `is_drill`, how many an exercise has sent there.
    """
    here = RollCall.objects.sheltered(is_drill=is_drill)
    found = here.order_by().values_list("shelter")
    return dict(found.annotate(people=Count("pk")))


def shelters_near(emergency: Emergency, reach: Q) -> list[dict]:
    """Return the shelters within reach, and all in which somebody is."""
    near = set(Shelter.objects.filter(reach).values_list("pk", flat=True))
    rows = occupancy(emergency)
    return [
        row
        for row in rows
        if row["people"] or row["drilled"] or row["shelter"].pk in near
    ]


def summary_of(emergency: Emergency) -> dict:
    """Return the counts that stay when the rows are destroyed: no name, no address."""
    lines = RollCall.objects.filter(emergency=emergency)
    sheltered = lines.filter(shelter__isnull=False).order_by()
    hours = by_hour(emergency, lines, timezone.now())
    return {
        "total": tally_of(lines).kept(),
        "units": [
            {"code": unit.code, "name": unit.full_name, "states": tally.kept()}
            for unit, tally in by_unit(lines, "org_unit__community")
        ],
        "hours": [
            {"at": hour.at.isoformat(), "states": hour.tally.kept()} for hour in hours
        ],
        "shelters": [
            {"name": name, "people": people}
            for name, people in sheltered.values_list("shelter__name").annotate(
                people=Count("pk")
            )
        ],
    }


def hours_kept(summary: dict) -> list[Hour]:
    """Return the hours out of the counts that were kept."""
    return [
        Hour(datetime.fromisoformat(one["at"]), Tally(one["states"]))
        for one in summary.get("hours", [])
    ]
