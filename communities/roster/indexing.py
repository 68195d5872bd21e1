"""The search keys of new people, gathered and written in the order of their index.

A database fills an index in half the time when the keys come in its order. So those of
all people of a file wait, short as they are, and go in together: ten for each person.
"""

from collections.abc import Callable, Iterator
from io import StringIO

from communities.finding.keys import (
    END_OF_NAME,
    ID_KEY_BYTES,
    KEYS_OF_NAMES,
    HashKeys,
)
from communities.models import SearchKey

# More people than a street has are written in several runs; each one is in memory.
PEOPLE_AT_ONCE = 150_000
ROWS_AT_ONCE = 40_000
# The key of a phone is as long.
KEY_BYTES, PK_BYTES = ID_KEY_BYTES, 8


class NewKeys:
    """Takes new people one by one; `write` writes the keys of all of them."""

    def __init__(self, bulk):
        self.bulk = bulk
        self.hashes = HashKeys()
        # A line for each person, name and number; keys of numbers, all of one length.
        self.names = StringIO(newline="\n")
        self.hashed = bytearray()
        self.count = 0

    def take(self, pk: int, name: str, number: str, phone: str) -> bytes:
        """Note a person; return what his keys are made of: Resident.indexed_as."""
        self.count += 1
        self.names.write(f"{name}\0{pk}\n")
        made_of = name.encode() + END_OF_NAME
        if number and (key := self.hashes.id_key(number)):
            made_of += key
            self.hashed += key + pk.to_bytes(PK_BYTES)
        if phone and (key := self.hashes.phone_key(phone)):
            made_of += key
            self.hashed += key + pk.to_bytes(PK_BYTES)
        return made_of

    @property
    def are_many(self) -> bool:
        return self.count >= PEOPLE_AT_ONCE

    def write(self) -> None:
        """Hand all keys to the database; one kind of them at a time is in memory."""
        self.write_numbers()
        for keys_of in KEYS_OF_NAMES:
            self.insert(self.rows_of_names(keys_of))
        self.names = StringIO(newline="\n")
        self.count = 0

    def write_numbers(self) -> None:
        """Hand the keys of numbers to the database; they are quickly made."""
        self.insert(self.rows_of_numbers())
        self.hashed = bytearray()

    def rows_of_names(self, keys_of: Callable) -> list:
        """Return the rows of one kind of keys."""
        rows, rows_of = [], self.bulk.utf8_rows
        self.names.seek(0)
        for line in self.names:
            name, _zero, pk = line.partition("\0")
            rows += rows_of(keys_of(name), int(pk))
        return rows

    def rows_of_numbers(self) -> list:
        rows, rows_of = [], self.bulk.blob_rows
        for line in batched(self.hashed, KEY_BYTES + PK_BYTES):
            key, pk = line[:KEY_BYTES], line[KEY_BYTES:]
            rows += rows_of([key], int.from_bytes(pk))
        return rows

    def insert(self, rows: list) -> None:
        """Hand rows to the database in the order of the index, some at a time."""
        rows.sort(reverse=True)
        while rows:
            some = rows[: -ROWS_AT_ONCE - 1 : -1]
            del rows[-ROWS_AT_ONCE:]
            self.bulk.insert(SearchKey, ("key", "resident_id"), some)


def batched(data: bytearray, size: int) -> Iterator[bytes]:
    """Yield the pieces of one length."""
    return (bytes(data[at : at + size]) for at in range(0, len(data), size))
