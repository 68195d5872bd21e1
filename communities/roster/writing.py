"""New people of a roster: sealed, written in bulk as the file is read.

`Sink` only counts, for a dry run; `Writer` writes.
"""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from itertools import count
from operator import itemgetter

from communities.models import HEAD, Resident
from communities.pinyin import sort_key
from communities.roster.homes import Homes
from communities.roster.indexing import NewKeys
from communities.roster.known import Home
from communities.roster.layout import SLOT
from communities.roster.placing import MODELS, PlaceWriter, defaults_of
from toolkit.privacy.sealing import Sealer

ROWS_AT_ONCE = 1000
CHECKED_AT_ONCE = 20_000
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
    "entered_on",
    "created_at",
    "updated_at",
)


class Sink:
    """Takes the people of a dry run and forgets them."""

    homes: Homes

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

    homes: Homes

    def __init__(self, bulk, now: datetime, entered: dict[int, str]):
        self.bulk, self.entered = bulk, entered
        self.alone = bulk.alone
        self.ids = bulk.ids(Resident)
        self.now = bulk.moment(now)
        self.places = PlaceWriter(bulk, self.now, entered)
        self.fresh = self.places.fresh
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
        # Named after their column. A household may be written after its people.
        links = bulk.links(Resident)
        self.home_links = [link for link in links if "household_id" in link]
        others = [link for link in links if link not in self.home_links]
        self.links = self.places.links + others
        self.unchecked = 0
        self.people: list[tuple] = []
        # Heads who may have to wait until the head before them has gone.
        self.late: list[tuple] = []

    def create(self, values: list, home: Home, blind: bytes | None) -> None:
        """Take a new person."""
        self.places.take(home)
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
            self.entered.get(home.community, null),
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
        if self.places.are_many:
            self.places.write(self.homes)
        self.unchecked += ROWS_AT_ONCE
        if self.unchecked >= CHECKED_AT_ONCE:
            self.check()

    def check(self) -> None:
        """Have the database look at what it was given, while the file is being read.

        At the end it has the search keys of names to do, and Python little.
        """
        self.unchecked = 0
        self.places.write(self.homes)
        self.keys.write_numbers()
        homes = [] if self.places.waiting else self.home_links
        self.bulk.verify(self.links + homes)

    def finish(self, homes: Homes, new: list[Home]) -> None:
        """Write the last people, and the households that waited for a door."""
        self.flush()
        self.places.finish(homes, new)
        self.check()
        self.keys.write()

    def finish_late(self) -> None:
        """Write the new heads of households whose old head has stepped down."""
        self.bulk.insert(Resident, self.columns, self.late)


def fresh_uids() -> Iterator[str]:
    """Yield random UUIDs (RFC 9562, version 4) as 32 hexadecimal digits."""
    while True:
        drawn = os.urandom(16 * UIDS_DRAWN).hex()
        for start in range(0, len(drawn), 32):
            digits = drawn[start : start + 32]
            yield f"{digits[:12]}4{digits[13:16]}a{digits[17:]}"
