"""What the database holds of the unit into which a roster is read.

Loaded once for a pass over a file: units, lanes, buildings, open households, and the
residents with the values that a roster can change, ready to be compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from communities.models import HEAD, Building, Household, Lane, OrgUnit, Resident
from communities.roster.layout import SLOT
from communities.scoping import Scope
from toolkit.privacy.sealing import Sealer

# The columns that are fields of the resident himself, in the order of comparison.
COMPARED = (
    "name",
    "id_kind",
    "no_id_reason",
    "sex",
    "birth_on",
    "ethnicity",
    "marital",
    "education",
    "political",
    "occupation",
    "health",
    "registration",
    "living",
    "phone",
    "relation",
    "emergency_name",
    "emergency_relation",
    "emergency_phone",
)
COMPARED_SLOTS = tuple(SLOT[name] for name in COMPARED)
AT = {name: position for position, name in enumerate(COMPARED)}
SEALED = ("phone", "emergency_phone")
CHUNK = 5000
_GRID_WORDS = re.compile(r"第|号|网格|\s")


@dataclass(slots=True)
class Person:
    """A resident on the rolls or once on them, as far as a roster may change him."""

    pk: int
    household: int | None
    community: int | None
    is_ended: bool
    has_id: bool
    stored: tuple
    # Set when a row of the file was found to be about him.
    is_taken: bool = False


@dataclass(slots=True)
class Home:
    """A household of the database or of the file."""

    pk: int
    number: str
    community: int
    grid: int
    is_new: bool = False
    # Given to the database with its door, before the end of the file.
    is_written: bool = False
    building: int | None = None
    staircase: str = ""
    room: str = ""
    address: str = ""
    old_address: str = ""
    head: int | None = None
    # What the rows of the file say: (lane, door, block, staircase, room), and where.
    place: tuple | None = None
    grid_of_file: int | None = None
    # The row that names the head, and the resident it is about (None for a new one).
    head_row: int | None = None
    head_person: int | None = None
    # The first row that was taken into the household.
    first_row: int | None = None


@dataclass
class Units:
    """The communities and grids that a row may name, by name and by code."""

    communities: dict[str, OrgUnit] = field(default_factory=dict)
    grids: dict[tuple[int, str], OrgUnit] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Units":
        units = cls()
        for unit in OrgUnit.objects.current().order_by("path"):
            if unit.level == OrgUnit.Level.GRID:
                for word in (unit.name, unit.code, grid_word(unit.name)):
                    units.grids.setdefault((unit.community_id, word), unit)
            elif unit.level != OrgUnit.Level.STREET:
                for word in (unit.name, unit.code):
                    units.communities[word] = unit
        return units

    def grid(self, community: OrgUnit, word: str) -> OrgUnit | None:
        """Return the grid of a community: 01网格, 1网格 and 第1网格 are one."""
        word = word.removeprefix(community.name)
        found = self.grids.get((community.pk, word))
        return found or self.grids.get((community.pk, grid_word(word)))


def grid_word(name: str) -> str:
    """Return what tells a grid from the others of its community: 1 for 01网格."""
    return _GRID_WORDS.sub("", name).lstrip("0") or name


class Known:
    """The rows of one unit, in dicts."""

    def __init__(self, unit: OrgUnit):
        self.unit = unit
        self.units = Units.load()
        self.lanes: dict[tuple[int | None, str], tuple[int, str]] = {}
        self.buildings: dict[tuple[int, str, str], int] = {}
        self.homes: dict[tuple[int, str], Home | None] = {}
        self.homes_of_grids: dict[tuple[int, str], Home] = {}
        self.by_id: dict[bytes, Person] = {}
        self.by_home: dict[tuple[int, str], list[Person]] = {}
        self.load_places()
        self.load_homes()
        self.load_people()
        outside = Resident._base_manager.exclude(org_unit__path__startswith=unit.path)
        self.has_others = outside.exists()

    @cached_property
    def by_record(self) -> dict[int, Person]:
        """The people by the number of their record, for a file that names them."""
        homes = chain.from_iterable(self.by_home.values())
        return {one.pk: one for one in chain(self.by_id.values(), homes)}

    def within(self, model):
        return model._base_manager.filter(org_unit__path__startswith=self.unit.path)

    def load_places(self) -> None:
        lanes = Lane._base_manager.values_list(
            "pk", "name", "pinyin", "org_unit__community_id"
        )
        for pk, name, pinyin, community in lanes:
            self.lanes.setdefault((community, name), (pk, pinyin or name))
        names = ("pk", "lane_id", "number", "block")
        buildings = Building._base_manager.values_list(*names)
        for pk, lane, number, block in buildings.iterator(chunk_size=CHUNK):
            self.buildings[lane, number, block] = pk

    def load_homes(self) -> None:
        rows = self.within(Household).filter(closed_on=None)
        values = rows.values_list(
            "pk",
            "number",
            "org_unit__community_id",
            "org_unit_id",
            "building_id",
            "staircase",
            "room",
            "address",
        )
        for pk, number, community, grid, *door in values.iterator(chunk_size=CHUNK):
            home = Home(pk, number, community, grid, False, False, *door)
            self.homes_of_grids[grid, number] = home
            key = (community, number)
            # Two grids with one number: the file must name the right grid.
            self.homes[key] = None if key in self.homes else home

    def load_people(self) -> None:
        by_pk = {home.pk: home for home in self.homes_of_grids.values()}
        for blind, name, person in self.people():
            if blind is not None:
                self.by_id[blind] = person
            if person.is_ended or person.household is None:
                continue
            self.by_home.setdefault((person.household, name), []).append(person)
            if person.stored[AT["relation"]] == HEAD and person.household in by_pk:
                by_pk[person.household].head = person.pk

    def people(self) -> Iterator[tuple[bytes | None, str, Person]]:
        """Yield blind index, name and record of every resident of the unit."""
        table = Resident._meta.db_table
        openers = [(AT[name], Sealer(table, name).open) for name in SEALED]
        shared: dict[str, str] = {}
        rows = self.within(Resident).values_list(
            "pk",
            "uid",
            "household_id",
            "org_unit__community_id",
            "ended_on",
            "id_blind",
            *COMPARED,
        )
        birth = AT["birth_on"]
        for pk, uid, home, community, ended, blind, *stored in rows.iterator(
            chunk_size=CHUNK
        ):
            for at, opened in openers:
                stored[at] = opened(uid, stored[at]) if stored[at] else ""
            stored[birth] = stored[birth].isoformat() if stored[birth] else ""
            # Codes and dates come as thousands of equal texts: one of each is enough.
            stored = tuple([shared.setdefault(value, value) for value in stored])
            person = Person(
                pk, home, community, ended is not None, blind is not None, stored
            )
            yield None if blind is None else bytes(blind), stored[0], person

    def homes_at(self, community: int, grid: int, number: str):
        """Return the household with a number, None for none, False for two of them."""
        found = self.homes_of_grids.get((grid, number))
        if found is None:
            key = (community, number)
            found = self.homes.get(key)
            if found is None and key in self.homes:
                return False
        return found


@dataclass(frozen=True)
class Reach:
    """Where the importer may write: inside the unit and inside his own scope."""

    unit: OrgUnit
    scope: Scope

    def covers(self, unit: OrgUnit) -> bool:
        return unit.path.startswith(self.unit.path) and self.scope.covers(unit.path)
