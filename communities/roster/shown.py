"""What a dry run showed, as one digest: a commit must come to the same.

The digest covers the outcome of every row and what each change overwrites with what:
a value that a clerk saves after the check is never overwritten unseen. It is keyed,
since it is kept with the import and the values are those of people.
"""

from collections.abc import Iterable, Iterator

from communities.roster.known import COMPARED_SLOTS
from toolkit.privacy.blind import blind_digest

KIND = "roster-outcome"


def digest_of(outcomes: bytearray, changes: Iterable, homes: Iterable) -> str:
    """Return the digest of a pass; the households must not have been settled yet."""
    return blind_digest(KIND, lines_of(outcomes, changes, homes))


def lines_of(outcomes: bytearray, changes: Iterable, homes: Iterable) -> Iterator[str]:
    """Yield all that was shown: outcomes, then changes, then households."""
    yield outcomes.hex()
    for change in changes:
        yield repr((change.row, *person_line(change)))
    for home in homes:
        if not home.is_new:
            yield repr(home_line(home))


def person_line(change) -> tuple:
    """Return a person, the values before and after, the household before and after."""
    person, home = change.person, change.home
    values = [
        (at, person.stored[at], change.values[COMPARED_SLOTS[at]])
        for at in change.differing
    ]
    # A new household has no key yet; its number and grid tell it from others.
    where = (home.number, home.grid_of_file) if home.is_new else home.pk
    return person.pk, person.household, where, change.blind, values


def home_line(home) -> tuple:
    """Return a stored household, its door and grid as stored and as in the file."""
    stored = (home.grid, home.building, home.staircase, home.room, home.address)
    return home.pk, stored, home.grid_of_file, home.place
