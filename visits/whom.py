"""Whom a door is about and where it stands, as plain facts: a list shows hundreds."""

from datetime import date
from typing import NamedTuple

from communities.models import Household, Organisation, Resident


class Whom(NamedTuple):
    """A person, a household or a unit of the area, with the way to his door.

    What is not known is empty; a household is called by its number.
    """

    kind: str
    pk: int
    name: str
    address: str = ""
    birth_on: date | None = None
    ended_on: date | None = None
    household: int | None = None
    staircase: str = ""
    room: str = ""
    room_order: int = 0
    building: int | None = None
    number: str = ""
    block: str = ""
    order: int = 0
    lane: str = ""
    lane_pinyin: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.pk


HOME = ("pk", "staircase", "room", "room_order")
HOUSE = ("pk", "number", "block", "order", "lane__name", "lane__pinyin")
# Where the facts of a house begin behind those of a home.
HAS_HOUSE = len(HOME)
# From a row with a resident: what `resident_of` takes, in its order.
OF_RESIDENT = (
    *("resident__pk", "resident__name", "resident__household__address"),
    *("resident__birth_on", "resident__ended_on"),
    *(f"resident__household__{name}" for name in HOME),
    *(f"resident__household__building__{name}" for name in HOUSE),
)


HOUSEHOLD, STAIRCASE, BUILDING = (
    OF_RESIDENT.index(f"resident__household__{name}")
    for name in ("pk", "staircase", "building__pk")
)


def home_of(columns: tuple) -> tuple[int, int]:
    """Return the key of the home of the resident of OF_RESIDENT columns.

    As in visits/tallies.py: the household, else the person; and no unit.
    """
    return columns[HOUSEHOLD] or -columns[0], 0


def stairs_of(columns: tuple) -> tuple[int, str] | None:
    """Return building and staircase of the resident, None without a building."""
    building = columns[BUILDING]
    return (building, columns[STAIRCASE]) if building else None


def resident_of(columns: tuple) -> Whom:
    """Return the resident whose OF_RESIDENT columns these are."""
    pk, name, address, birth_on, ended_on, *door = columns
    known = door if door[HAS_HOUSE] else door[:HAS_HOUSE] if door[0] else ()
    return Whom("resident", pk, name, address or "", birth_on, ended_on, *known)


def whom_of(subject: Resident | Household | Organisation) -> Whom:
    """Return a person, household or unit at hand."""
    if isinstance(subject, Resident):
        facts = home_facts(subject.household)
        facts |= {"birth_on": subject.birth_on, "ended_on": subject.ended_on}
    elif isinstance(subject, Household):
        facts = home_facts(subject)
    else:
        facts = {"address": subject.address}
    name = subject.number if isinstance(subject, Household) else str(subject)
    return Whom(subject._meta.model_name, subject.pk, name, **facts)


def home_facts(home: Household | None) -> dict:
    """Return what is known of a home: its address, its door, its house."""
    if home is None:
        return {}
    facts = {
        "address": home.address,
        "household": home.pk,
        "staircase": home.staircase,
        "room": home.room,
        "room_order": home.room_order,
    }
    house = home.building
    if house is None:
        return facts
    return facts | {
        "building": house.pk,
        "number": house.number,
        "block": house.block,
        "order": house.order,
        "lane": house.lane.name,
        "lane_pinyin": house.lane.pinyin,
    }
