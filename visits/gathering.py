"""What a day asks for, read as bare columns: nothing is made of a row not shown."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from toolkit.prepared import PreparedFor
from visits.doors import OF_DUTY, Door, Occasion, Owed
from visits.models import ExtraRound, Visit, VisitRule
from visits.tallies import HOME_OF_VISIT, Tally
from visits.wanted import (
    Reach,
    nearby_duties,
    wanted_appointments,
    wanted_duties,
    wanted_extras,
)
from visits.whom import OF_RESIDENT, Whom, home_of, resident_of, stairs_of, whom_of

DUTY = ("rule", *OF_DUTY, *OF_RESIDENT)
EXTRA = ("round", *OF_RESIDENT)
AGREED = ("pk", "follow_up_on", *HOME_OF_VISIT)
# Where the columns of the resident begin, and where the day is by which he is due.
OF_WHOM, DUE = 1 + len(OF_DUTY), DUTY.index("next_due_on")
WHERE = (
    "resident__household__building__lane",
    "household__building__lane",
    "organisation",
)


def duty_rows(reach: Reach, today: date, most: int) -> QuerySet:
    rows = wanted_duties(reach, today).order_by("next_due_on", "pk")
    return rows.values_list(*DUTY)[:most]


def extra_rows(reach: Reach, today: date, most: int) -> QuerySet:
    rows = wanted_extras(reach, today).order_by("round__last_day", "pk")
    return rows.values_list(*EXTRA)[:most]


def agreed_rows(reach: Reach, today: date, most: int) -> QuerySet:
    rows = wanted_appointments(reach, today).order_by("follow_up_on", "pk")
    return rows.values_list(*AGREED)[:most]


DUTIES, EXTRAS = PreparedFor(duty_rows), PreparedFor(extra_rows)
APPOINTMENTS = PreparedFor(agreed_rows)


class Asked(NamedTuple):
    """What a day asks for: rows of duties, of extra rounds and of appointments.

    The most urgent of each come first; `is_all` tells that none was left out.
    """

    today: date
    duties: list[tuple]
    extras: list[tuple]
    agreed: list[tuple]
    is_all: bool

    @property
    def people(self) -> set[int]:
        """The keys of those who are owed a visit by a rule or in a round."""
        return {row[OF_WHOM] for row in self.duties} | {row[1] for row in self.extras}

    def tally(self, done: int) -> Tally:
        """How many homes these are, how many of them late; so many were visited."""
        homes = [(home_of(row[OF_WHOM:]), row[DUE]) for row in self.duties]
        homes += [(tuple(home), due_on) for _pk, due_on, *home in self.agreed]
        late = {home for home, due_on in homes if due_on < self.today}
        due = {home for home, _due_on in homes}
        due |= {home_of(row[1:]) for row in self.extras}
        return Tally(len(due), len(late), done)


def asked_for(reach: Reach, today: date, most: int) -> Asked:
    """Return what the day asks for, so much of each kind at most."""
    kinds = (DUTIES, EXTRAS, APPOINTMENTS)
    rows = [kind.rows(reach, today, most + 1) for kind in kinds]
    return Asked(today, *rows, is_all=max(map(len, rows)) <= most)


def doors_of(asked: Asked, reach: Reach, most: int) -> tuple[list[Door], bool]:
    """Return the doors of what is asked for, and whether only the most urgent.

    To a list that leaves out who is due nobody is added who can wait.
    """
    duties, is_cut = asked.duties[:most], len(asked.duties) > most
    if not is_cut:
        duties = duties + on_the_way(reach, asked.today, duties, most)
    doors = Doors(asked.today)
    doors.add_duties(duties)
    doors.add_appointments([row[0] for row in asked.agreed[:most]])
    doors.add_extras(asked.extras[:most])
    found = sorted(doors, key=lambda door: door.due_on)
    is_cut = is_cut or sum(door.is_due(asked.today) for door in found) > most
    return (found[:most] if is_cut else found), is_cut


def on_the_way(reach: Reach, today: date, rows: list[tuple], most: int) -> list[tuple]:
    """Return, read as DUTY, who is due later this week on staircases of the rows."""
    stairs = {stairs_of(row[OF_WHOM:]) for row in rows} - {None}
    if not stairs:
        return []
    near = nearby_duties(reach, today, {building for building, _stairs in stairs})
    found = near.order_by("next_due_on", "pk").values_list(*DUTY)[:most]
    return [row for row in found if stairs_of(row[OF_WHOM:]) in stairs]


class Doors:
    """The doors of one day: whatever asks for the same person is behind one."""

    def __init__(self, today: date):
        self.today = today
        self.found: dict[tuple, Door] = {}

    def __iter__(self):
        return iter(self.found.values())

    def to(self, whom: Whom) -> Door:
        """Return the door of somebody, a new one where none leads to him."""
        door = self.found.get(whom.key)
        if door is None:
            door = self.found[whom.key] = Door(whom, today=self.today)
        return door

    def add_duties(self, rows: Sequence[tuple]) -> None:
        """Add duties, read as DUTY."""
        for words, row in with_words(VisitRule, rule_words, rows):
            door = self.to(resident_of(row[OF_WHOM:]))
            door.duties.append(Owed(*words, *row[1:OF_WHOM]))

    def add_extras(self, rows: Sequence[tuple]) -> None:
        """Add who is to be seen in a round, read as EXTRA."""
        for occasion, row in with_words(ExtraRound, round_words, rows):
            self.to(resident_of(row[1:])).rounds.append(occasion)

    def add_appointments(self, keys: Sequence[int]) -> None:
        """Add what was agreed in the visits with these keys."""
        if not keys:
            return
        visits = Visit.objects.filter(pk__in=keys).select_related(*WHERE)
        for visit in visits.order_by("follow_up_on", "pk"):
            self.to(whom_of(visit.subject)).appointments.append(visit.follow_up_on)


def with_words(model, words: Callable, rows: Sequence[tuple]) -> list[tuple]:
    """Return each row behind the words of the object whose key it begins with."""
    keys = {row[0] for row in rows}
    found = model.objects.in_bulk(keys) if keys else {}
    told = {key: words(one) for key, one in found.items()}
    return [(told[row[0]], row) for row in rows]


def rule_words(rule: VisitRule) -> tuple[int, str]:
    return rule.number, rule.reason


def round_words(extra: ExtraRound) -> Occasion:
    return Occasion(extra.last_day, extra.called, extra.occasion_words)
