"""The outcome of every row of a roster: create, update, skip, conflict or error.

    plan = Plan(known, reach, sink)
    plan.sheet("滨江社区")
    for line, values, problems in rows: plan.row(line, values, problems)
    plan.finish()
    plan.counts, plan.problems

The sink takes new people as they come. A plan with errors must not be kept, nor one
with conflicts unless their rows were left out from the beginning (`left_out`).
"""

from array import array
from collections import Counter
from dataclasses import dataclass, field

from communities.models import Resident
from communities.roster.heads import leaving, with_two_heads, without_head
from communities.roster.homes import Homes
from communities.roster.known import AT, COMPARED_SLOTS, Home, Known, Person, Reach
from communities.roster.layout import SLOT
from communities.roster.likeness import conflict_with, unlike_the_id, unproven_name
from communities.roster.shown import digest_of
from toolkit.privacy.blind import blind_indexer

CREATE, UPDATE, SKIP, CONFLICT, ERROR = range(5)
OUTCOMES = ("create", "update", "skip", "conflict", "error")
MOST_PROBLEMS = 20_000
NAME, ID, BIRTH = SLOT["name"], SLOT["id_number"], SLOT["birth_on"]
RECORD, COMMUNITY, GRID = SLOT["record"], SLOT["community"], SLOT["grid"]
PAIRS = tuple(enumerate(COMPARED_SLOTS))
BIRTH_AT = AT["birth_on"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row is not taken: where it stands, the cell, the code of the sentence."""

    sheet: int
    line: int
    key: str
    code: str
    detail: str
    outcome: int


@dataclass(slots=True)
class Change:
    """A stored person who gets other values, another household, or an ID number."""

    person: Person
    values: list
    # Positions in COMPARED of the values that differ.
    differing: list[int]
    home: Home
    blind: bytes | None
    row: int


@dataclass
class Plan:
    """One pass over the rows of a file."""

    known: Known
    reach: Reach
    sink: object
    left_out: frozenset[tuple[int, int]] = frozenset()
    sheets: list[str] = field(default_factory=list)
    problems: list[Trouble] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    # Households of the file that will have no head.
    headless: list[Home] = field(default_factory=list)

    def __post_init__(self):
        self.homes = self.sink.homes = Homes(self.known, self.sink.fresh)
        self.outcomes = bytearray()
        # The sheet and line of each row, by its number in the file.
        self.sheet_of, self.line_of = array("H"), array("I")
        self.taken: dict[object, int] = {}
        self.units_seen: dict[tuple[str, str], tuple] = {}
        self.foreign: dict[bytes, str | None] = {}
        self.blind = blind_indexer("id_number")
        # Over all that the pass would write; there when the pass is over.
        self.digest = ""

    # What comes in

    def sheet(self, name: str) -> None:
        self.sheets.append(name)

    def rows(self, batch: list[tuple]) -> None:
        """Take some rows: (line, values, problems)."""
        self.look_abroad(batch)
        for line, values, problems in batch:
            row = len(self.outcomes)
            self.sheet_of.append(len(self.sheets) - 1)
            self.line_of.append(line)
            self.outcomes.append(ERROR)
            self.outcomes[row] = self.decide(row, values, problems)

    def place_of(self, row: int) -> tuple[int, int]:
        """Return sheet and line of a row."""
        return self.sheet_of[row], self.line_of[row]

    def decide(self, row: int, values: list, problems: list) -> int:
        """Return the outcome of a row; new people go to the sink."""
        if problems:
            return self.refuse(row, values, problems)
        if self.left_out and self.place_of(row) in self.left_out:
            return CONFLICT
        home = self.home_of(row, values)
        if home is None:
            return ERROR
        blind = self.blind(values[ID]) if values[ID] else None
        person, conflict = self.person_of(values, home, blind)
        if person is not None and conflict is None:
            conflict = unlike_the_id(person, values, blind)
        if conflict is not None:
            return self.complain(row, *conflict, outcome=CONFLICT)
        if self.is_twice(row, person, blind, home, values):
            return CONFLICT
        return self.settle(row, person, values, home, blind)

    def refuse(self, row: int, values: list, problems: list) -> int:
        """Complain of all that is wrong with a row, so that it is mended at once."""
        for problem in problems:
            self.complain(row, *problem)
        if {"community", "grid"}.isdisjoint(key for key, _c, _d in problems):
            self.units_of(row, values)
        return ERROR

    def home_of(self, row: int, values: list) -> Home | None:
        """Return the household of a row, None after a complaint."""
        units = self.units_of(row, values)
        if units is None:
            return None
        home, code = self.homes.home_of(values, *units)
        if home is None:
            self.complain(row, "number", code)
        return home

    def settle(self, row: int, person: Person | None, values, home: Home, blind) -> int:
        """Take a row that stands alone: a new person, or one who is compared."""
        if code := self.homes.take_head(home, values, row, person):
            return self.complain(row, "relation", code)
        home.first_row = row if home.first_row is None else home.first_row
        if person is None:
            self.sink.create(values, home, blind)
            return CREATE
        return self.compare(row, person, values, home, blind)

    def units_of(self, row: int, values: list):
        """Return keys of community and grid of a row, None after a complaint."""
        names = values[COMMUNITY], values[GRID]
        found = self.units_seen.get(names)
        if found is None:
            found = self.units_seen[names] = self.find_units(*names)
        units, code = found
        if code:
            self.complain(row, *code)
        return units

    def find_units(self, community_name: str, grid_name: str) -> tuple:
        """Return (community, grid) as keys, or None and the complaint."""
        units = self.known.units
        community = units.communities.get(community_name)
        if community is None:
            return None, ("community", "no_community", community_name)
        grid = units.grid(community, grid_name)
        if grid is None:
            code = "no_grid" if self.reach.covers(community) else "reach"
            return None, ("grid", code, grid_name)
        if not self.reach.covers(grid):
            return None, ("community", "reach", community_name)
        return (community.pk, grid.pk), None

    def look_abroad(self, batch: list[tuple]) -> None:
        """Find the ID numbers of the batch that belong to people of other units."""
        if not self.known.has_others:
            return
        numbers = [values[ID] for _line, values, problems in batch if not problems]
        blinds = {self.blind(number) for number in numbers if number}
        rows = Resident._base_manager.filter(
            id_blind__in=[blind for blind in blinds if blind not in self.known.by_id]
        )
        with self.sink.alone():
            found = list(rows.values_list("id_blind", "org_unit__path"))
        self.foreign |= {bytes(blind): path for blind, path in found}

    def person_of(self, values: list, home: Home, blind: bytes | None):
        """Return the stored person a row is about, and the conflict that forbids it."""
        if values[RECORD]:
            return self.person_of_record(values, home, blind)
        if blind is not None:
            person = self.known.by_id.get(blind)
            if person is not None:
                return person, conflict_with(person, values, home, "id_number")
            if blind in self.foreign:
                return None, ("id_number", "elsewhere", self.foreign[blind])
        candidates = self.known.by_home.get((home.pk, values[NAME]), ())
        born = values[BIRTH]
        alike = [
            one
            for one in candidates
            if not (blind and one.has_id)
            and (not born or one.stored[BIRTH_AT] in ("", born))
        ]
        if len(alike) > 1:
            return None, ("name", "ambiguous", "")
        return (alike[0] if alike else None), None

    def person_of_record(self, values: list, home: Home, blind: bytes | None):
        """Return the person whose record a row of an exported roster names."""
        person = self.known.by_record.get(int(values[RECORD]))
        if person is None:
            return None, ("record", "no_record", "")
        if blind is not None and self.known.by_id.get(blind) is not person:
            if person.has_id:
                return None, ("id_number", "other_id", "")
            if blind in self.known.by_id or blind in self.foreign:
                return None, ("id_number", "taken_id", "")
        is_proven = blind is not None and person.has_id
        conflict = conflict_with(person, values, home, "record")
        if conflict is None and not is_proven:
            conflict = unproven_name(person, values, home, self.known)
        return person, conflict

    def is_twice(self, row: int, person, blind, home: Home, values: list) -> bool:
        """Complain about a person who has a row already; about the first row too."""
        if person is not None:
            key = person.pk
        else:
            key = blind or (home.pk, values[NAME], values[BIRTH])
        first = self.taken.setdefault(key, row)
        if first == row:
            return False
        column = "id_number" if blind else "name"
        for one, other in ((row, first), (first, row)):
            sheet, line = self.place_of(other)
            name = "" if sheet == self.place_of(one)[0] else self.sheets[sheet]
            self.complain(one, column, "twice", f"{name}\0{line}", CONFLICT)
        self.outcomes[first] = CONFLICT
        return True

    def compare(self, row: int, person: Person, values, home: Home, blind) -> int:
        """Note what a row changes about a stored person."""
        stored = person.stored
        differing = [
            at for at, slot in PAIRS if values[slot] and values[slot] != stored[at]
        ]
        has_new_id = blind is not None and not person.has_id
        if not differing and not has_new_id and person.household == home.pk:
            return SKIP
        new_id = blind if has_new_id else None
        self.changes.append(Change(person, values, differing, home, new_id, row))
        return UPDATE

    # What comes out

    def finish(self) -> None:
        """Check what only the whole file tells: households with two heads, or none."""
        homes = self.homes.named.values()
        for home in with_two_heads(homes, leaving(self.changes)):
            self.complain(home.head_row, "relation", "has_head")
            self.outcomes[home.head_row] = ERROR
        # The first of two rows about one person was noted before the second came.
        shown = [one for one in self.changes if self.outcomes[one.row] == UPDATE]
        if ERROR not in self.outcomes:
            # A wrong row may be that of a head.
            self.headless = without_head(
                homes, leaving(shown), lambda row: self.outcomes[row] == CONFLICT
            )
        self.digest = digest_of(self.outcomes, shown, homes)

    def complain(self, row, key, code, detail="", outcome=ERROR) -> int:
        if len(self.problems) < MOST_PROBLEMS:
            sheet, line = self.place_of(row)
            self.problems.append(
                Trouble(sheet, line, key, code, str(detail or ""), outcome)
            )
        return outcome

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows come to each outcome."""
        found = Counter(self.outcomes)
        return {name: found[code] for code, name in enumerate(OUTCOMES)}

    def counts_of_sheets(self) -> list[dict[str, int]]:
        found = [Counter() for _name in self.sheets]
        for sheet, outcome in zip(self.sheet_of, self.outcomes, strict=True):
            found[sheet][outcome] += 1
        return [
            {name: one[code] for code, name in enumerate(OUTCOMES)} for one in found
        ]

    def conflicting(self) -> frozenset[tuple[int, int]]:
        """Return sheet and line of every row in conflict."""
        rows = enumerate(self.outcomes)
        return frozenset(self.place_of(row) for row, code in rows if code == CONFLICT)
