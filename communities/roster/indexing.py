"""The search keys of new people, gathered and written in the order of their index.

A database fills an index in half the time when the keys come in its order. So those of
all people of a file wait, short as they are, and go in together: ten for each person.
"""

from collections import defaultdict
from collections.abc import Iterator
from io import StringIO
from itertools import chain

from communities.finding.keys import (
    END_OF_NAME,
    ID_KEY_BYTES,
    KINDS,
    HashKeys,
    given_keys,
    whole_keys,
)
from communities.models import SearchKey
from communities.pinyin import Halves, halves

# More people than a street has are written in several runs; each one is in memory.
PEOPLE_AT_ONCE = 150_000
ROWS_AT_ONCE = 20_000
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
        named = self.named()
        for kind in KINDS:
            self.insert(self.rows_of_names(kind, named))
        self.names = StringIO(newline="\n")
        self.count = 0

    def named(self) -> list[tuple[str, Halves | None, list[int]]]:
        """Return every name once, with its halves and those who bear it."""
        found = defaultdict(list)
        self.names.seek(0)
        for line in self.names:
            name, _zero, pk = line.partition("\0")
            found[name].append(int(pk))
        return [(name, halves(name), pks) for name, pks in found.items()]

    def write_numbers(self) -> None:
        """Hand the keys of numbers to the database; they are quickly made."""
        self.insert(self.rows_of_numbers())
        self.hashed = bytearray()

    def rows_of_names(self, kind: bytes, named: list) -> Iterator[tuple[list, int]]:
        """Yield the rows of each key of one kind, and how many there are."""
        found, by_given = defaultdict(list), defaultdict(list)
        for name, parts, pks in named:
            for key in whole_keys(kind, name, parts):
                found[key] += pks
            if parts:
                by_given[name[1:]] += pks
        for given, pks in by_given.items():
            for key in given_keys(kind, given):
                found[key] += pks
        for key in sorted(found):
            pks = found.pop(key)
            yield self.bulk.utf8_rows(key, sorted(pks)), len(pks)

    def rows_of_numbers(self) -> Iterator[tuple[list, int]]:
        """Yield the row of each key of a number."""
        rows_of = self.bulk.blob_rows
        for line in sorted(batched(self.hashed, KEY_BYTES + PK_BYTES)):
            yield rows_of(line[:KEY_BYTES], [int.from_bytes(line[KEY_BYTES:])]), 1

    def insert(self, keys: Iterator[tuple[list, int]]) -> None:
        """Hand rows to the database in the order of the index, some at a time."""
        rows, count = [], 0
        for some, size in chain(keys, [([], ROWS_AT_ONCE)]):
            rows += some
            count += size
            if count >= ROWS_AT_ONCE:
                self.bulk.insert(SearchKey, ("key", "resident_id"), rows)
                rows, count = [], 0


def batched(data: bytearray, size: int) -> Iterator[bytes]:
    """Yield the pieces of one length."""
    return (bytes(data[at : at + size]) for at in range(0, len(data), size))
