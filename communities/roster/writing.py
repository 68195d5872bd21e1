"""New people of a roster: sealed, written in bulk as the file is read.

`Sink` only counts, for a dry run; `Writer` writes. Households come last, when the whole
file has told their doors: the database checks foreign keys at the end.
"""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from itertools import count
from operator import itemgetter

from django.db import models

from communities.models import HEAD, Building, Household, Lane, Resident
from communities.models.households import leading_number
from communities.pinyin import sort_key
from communities.roster.homes import Homes
from communities.roster.indexing import NewKeys
from communities.roster.known import Home
from communities.roster.layout import SLOT
from toolkit.privacy.sealing import Sealer

MODELS = {"lanes": Lane, "buildings": Building, "homes": Household}
ROWS_AT_ONCE = 1000
UIDS_DRAWN = 500
NAME, ID, PHONE = SLOT["name"], SLOT["id_number"], SLOT["phone"]
RELATION, BIRTH, OTHER_PHONE = (
    SLOT["relation"],
    SLOT["birth_on"],
    SLOT["emergency_phone"],
)
# Fields that take their value as it is; an empty cell is an empty value.
PLAIN = (
    "sex",
    "id_kind",
    "no_id_reason",
    "ethnicity",
    "marital",
    "education",
    "political",
    "occupation",
    "health",
)
# Those that have a value of their own for not known.
STATED = ("registration", "living")
WORDS = ("emergency_name", "emergency_relation")
OWN = (
    "id",
    "uid",
    "org_unit_id",
    "household_id",
    "relation",
    "name",
    "name_key",
    "birth_on",
    "id_number",
    "id_blind",
    "phone",
    "emergency_phone",
    "indexed_as",
    "created_at",
    "updated_at",
)


class Sink:
    """Takes the people of a dry run and forgets them."""

    def __init__(self):
        # Keys below zero never meet one of the database.
        self.fresh: dict[str, Iterator[int]] = {name: count(-1, -1) for name in MODELS}

    @staticmethod
    def alone() -> nullcontext:
        return nullcontext()

    def create(self, values: list, home: Home, blind: bytes | None) -> None:
        """Nothing is written."""


class Writer:
    """Writes new people in batches through a bulk writer, in one transaction."""

    def __init__(self, bulk, now: datetime):
        self.bulk = bulk
        self.alone = bulk.alone
        self.fresh = {name: bulk.ids(model) for name, model in MODELS.items()}
        self.ids = bulk.ids(Resident)
        self.now = bulk.moment(now)
        self.keys = NewKeys(bulk)
        self.seals = [
            Sealer(Resident._meta.db_table, name).seal_cell
            for name in ("id_number", "phone", "emergency_phone")
        ]
        self.plain_in = itemgetter(*[SLOT[name] for name in PLAIN])
        self.stated_in = [
            (SLOT[name], Resident._meta.get_field(name).get_default())
            for name in STATED
        ]
        self.words_in = itemgetter(*[SLOT[name] for name in WORDS])
        self.rest = defaults_of(Resident, bulk, {*OWN, *PLAIN, *STATED, *WORDS})
        self.columns = (*OWN, *PLAIN, *STATED, *WORDS, *self.rest)
        self.rest_cells = tuple(self.rest.values())
        self.uids = fresh_uids()
        places = (bulk.links(model) for model in MODELS.values())
        # Named after their column; households are written last.
        links = bulk.links(Resident)
        homes = [link for link in links if "household_id" in link]
        self.links = [sum(places, []), homes]
        self.early_links = [link for link in links if link not in homes]
        self.people: list[tuple] = []
        # Heads who may have to wait until the head before them has gone.
        self.late: list[tuple] = []

    def create(self, values: list, home: Home, blind: bytes | None) -> None:
        """Take a new person."""
        row = self.row_of(next(self.ids), values, home, blind)
        if home.head is not None and values[RELATION] == HEAD:
            self.late.append(row)
        else:
            self.people.append(row)
        if len(self.people) >= ROWS_AT_ONCE:
            self.flush()

    def row_of(self, pk: int, values: list, home: Home, blind: bytes | None) -> tuple:
        """Return the cells of a new person; his search keys are kept for later."""
        bulk = self.bulk
        null, text = bulk.null, bulk.text
        seal_id, seal_phone, seal_other = self.seals
        uid, name = next(self.uids), values[NAME]
        number, phone, other = values[ID], values[PHONE], values[OTHER_PHONE]
        return (
            bulk.number(pk),
            uid,
            bulk.number(home.grid_of_file),
            bulk.number(home.pk),
            values[RELATION],
            text(name),
            text(sort_key(name)),
            values[BIRTH] or null,
            seal_id(uid, number) if number else null,
            bulk.blob(blind) if blind else null,
            seal_phone(uid, phone) if phone else null,
            seal_other(uid, other) if other else null,
            bulk.blob(self.keys.take(pk, name, number, phone)),
            self.now,
            self.now,
            *self.plain_in(values),
            *[values[slot] or default for slot, default in self.stated_in],
            *map(text, self.words_in(values)),
            *self.rest_cells,
        )

    def flush(self) -> None:
        """Hand what has gathered to the database."""
        self.bulk.insert(Resident, self.columns, self.people)
        self.people = []
        if self.keys.are_many:
            self.keys.write()

    def finish(self, homes: Homes, new: list[Home]) -> None:
        """Write the last people, and the lanes, buildings and households they need.

        What costs the database most comes first, while Python puts the homes together.
        """
        self.flush()
        self.bulk.verify(self.early_links)
        self.keys.write_numbers()
        self.write_lanes(homes)
        self.write_buildings(homes)
        self.write_homes(homes, new)
        self.keys.write(self.links)

    def finish_late(self) -> None:
        """Write the new heads of households whose old head has stepped down."""
        self.bulk.insert(Resident, self.columns, self.late)

    def write_lanes(self, homes: Homes) -> None:
        number, text = self.bulk.number, self.bulk.text
        own = ("id", "org_unit_id", "name", "pinyin", "created_at")
        rest = defaults_of(Lane, self.bulk, set(own))
        rows = [
            (
                number(lane.pk),
                number(lane.community),
                text(lane.name),
                text(lane.pinyin),
                self.now,
                *rest.values(),
            )
            for lane in homes.lanes
        ]
        self.bulk.insert(Lane, (*own, *rest), rows)

    def write_buildings(self, homes: Homes) -> None:
        number, text = self.bulk.number, self.bulk.text
        own = ("id", "org_unit_id", "lane_id", "number", "block", "order", "created_at")
        rest = defaults_of(Building, self.bulk, set(own))
        rows = [
            (
                number(one.pk),
                number(one.grid),
                number(one.lane),
                text(one.number),
                text(one.block),
                number(leading_number(one.number)),
                self.now,
                *rest.values(),
            )
            for one in homes.buildings
        ]
        self.bulk.insert(Building, (*own, *rest), rows)

    def write_homes(self, homes: Homes, new: list[Home]) -> None:
        own = ("id", "number", "created_at", *HOME_COLUMNS)
        rest = defaults_of(Household, self.bulk, set(own))
        for start in range(0, len(new), ROWS_AT_ONCE):
            rows = [
                (
                    self.bulk.number(home.pk),
                    self.bulk.text(home.number),
                    self.now,
                    *home_cells(self.bulk, homes, home),
                    *rest.values(),
                )
                for home in new[start : start + ROWS_AT_ONCE]
            ]
            self.bulk.insert(Household, (*own, *rest), rows)


HOME_COLUMNS = (
    "org_unit_id",
    "building_id",
    "staircase",
    "room",
    "room_order",
    "address",
    "address_key",
)


def home_cells(bulk, homes: Homes, home: Home) -> tuple:
    """Return the cells of a household in the order of HOME_COLUMNS."""
    number, text = bulk.number, bulk.text
    return (
        number(home.grid_of_file),
        bulk.null if home.building is None else number(home.building),
        text(home.staircase),
        text(home.room),
        number(leading_number(home.room)),
        text(home.address),
        text(homes.address_key(home)),
    )


def defaults_of(model: type[models.Model], bulk, own: set[str]) -> dict[str, object]:
    """Return the cells of columns that have a default and are not among one's own."""
    cells = {}
    for field in model._meta.concrete_fields:
        value = None if field.attname in own else field.get_default()
        if value is not None:
            is_number = isinstance(value, int) and not isinstance(value, bool)
            cells[field.attname] = bulk.number(value) if is_number else bulk.text(value)
    return cells


def fresh_uids() -> Iterator[str]:
    """Yield random UUIDs (RFC 9562, version 4) as 32 hexadecimal digits."""
    while True:
        drawn = os.urandom(16 * UIDS_DRAWN).hex()
        for start in range(0, len(drawn), 32):
            digits = drawn[start : start + 32]
            yield f"{digits[:12]}4{digits[13:16]}a{digits[17:]}"
