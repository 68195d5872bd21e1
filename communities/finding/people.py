"""Residents for a question, page by page, masked.

The place in the results is the primary key of the last resident shown: his key is
worked out anew from his row, so that no word of a person stands in a URL.
"""

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.codes import SEX
from communities.finding.keys import unpacked
from communities.finding.numbers import (
    LimitReached,
    count_search,
    tell_refusal,
    tell_search,
)
from communities.finding.questions import Question, Range, understand
from communities.models import Resident, SearchKey, age_on
from communities.scoping import scope_of
from toolkit.permissions import permission_name
from toolkit.privacy.masks import mask_id, mask_phone
from toolkit.privacy.sealing import Sealer

SHOWN = {
    "pk": "id",
    "uid": "uid",
    "name": "name",
    "sex": "sex",
    "birth_on": "birth_on",
    "ended_on": "ended_on",
    "id_number": "id_number",
    "phone": "phone",
    "indexed_as": "indexed_as",
    "address": "household__address",
    "unit": "org_unit__name",
    "community": "org_unit__community__name",
}
Row = namedtuple("Row", ["key", *SHOWN])
# Rows read beyond those asked for: a name like 明明 has two keys in one range.
SPARE = 6
# How many times as many keys are looked at when too few people of the first are in the
# user's scope, and how many at once at most.
FURTHER, FURTHEST = 4, 10_000


@dataclass(frozen=True, slots=True)
class Person:
    """One resident in the results, everything as a finished string."""

    pk: int
    name: str
    sex: str
    age: str
    id_number: str
    phone: str
    address: str
    unit: str
    is_ended: bool
    # What the question and this person have in common.
    label: str
    url: str


@dataclass(frozen=True)
class People:
    """One page of residents, and the place where the next one begins."""

    rows: list[Person]
    next: int | None = None

    @property
    def label(self) -> str:
        """Return what the question has in common with all of them, "" if it differs."""
        labels = {one.label for one in self.rows}
        return labels.pop() if len(labels) == 1 else ""

    @property
    def has_marks(self) -> bool:
        """Whether a row has something to tell that the others do not share."""
        return not self.label or any(one.is_ended for one in self.rows)


def find_residents(
    user, text: str, limit: int = 26, after: int | None = None
) -> People:
    """Return a page of the residents in the user's scope whom the text means.

    Raises Refused with a sentence for text that cannot be searched for.
    """
    return people_for(user, understand(text), limit, after)


def people_for(
    user, question: Question, limit: int = 26, after: int | None = None
) -> People:
    """Return a page of the residents in the user's scope for a question.

    A search by number is counted and told in the audit trail; raises LimitReached.
    """
    if not question.fields:
        return look_up(user, question, limit, after)
    try:
        return look_up_number(user, question, limit, after)
    except LimitReached:
        tell_refusal(user, question)
        raise


def look_up_number(user, question: Question, limit: int, after: int | None) -> People:
    """Look a number up; raises LimitReached before anybody is looked for."""
    # Counted, looked up and told in one: a search that is not told has no answer.
    with transaction.atomic():
        count_search(user)
        found = look_up(user, question, limit, after)
        # One on a further page is not the only one.
        is_all = after is None and found.next is None
        only = found.rows[0].pk if is_all and len(found.rows) == 1 else None
        tell_search(user, question, len(found.rows), only)
    return found


def look_up(user, question: Question, limit: int, after: int | None) -> People:
    """Return a page of the residents whose keys answer a question."""
    if question.id_blind is not None:
        rows = Resident.objects.in_scope_of(user).filter(id_blind=question.id_blind)
        found = rows.values_list("id_blind", *SHOWN.values())
        return People([person(Row(*one), _("证件号码")) for one in found])
    place = place_of(user, question.ranges, after) if after else (0, b"")
    if place is None:
        return People([])
    found = []
    for number in range(place[0], len(question.ranges)):
        start = (place[1], after) if after and number == place[0] else None
        wanted = limit + 1 - len(found)
        if wanted > 0:
            label = question.ranges[number].label
            rows = matches(user, question.ranges[: number + 1], start, wanted)
            found += [(row, label) for row in rows]
    shown = [person(row, label) for row, label in found[:limit]]
    return People(shown, shown[-1].pk if len(found) > limit else None)


def place_of(user, ranges: tuple[Range, ...], pk: int) -> tuple[int, bytes] | None:
    """Return the range and the key under which a resident was shown, None for none.

    Somebody out of the user's scope was not shown, and tells nothing by his place.
    """
    rows = Resident.objects.in_scope_of(user).filter(pk=pk)
    own = unpacked(rows.values_list("indexed_as", flat=True).first())
    for number, keys in enumerate(ranges):
        if key := first_in(keys, own):
            return number, key
    return None


def first_in(keys: Range, own: Iterable[bytes]) -> bytes | None:
    """Return the first of a resident's keys in a range, None if he has none there."""
    return min(filter(keys.holds, own), default=None)


def matches(user, ranges: tuple[Range, ...], start, wanted: int) -> list[Row]:
    """Return rows of residents with a key in the last range and in none before it.

    Each comes under his first key only. `start` is the key and the resident behind
    which to begin.
    """
    *earlier, keys = ranges
    reach = wanted + SPARE
    if not scope_of(user, permission_name(Resident, "view")).holds_street:
        reach *= FURTHER
    found: dict[int, Row] = {}
    while True:
        batch, is_last = batch_of(user, keys, start, reach)
        for row in batch:
            if answers(row, keys, earlier):
                found.setdefault(row.pk, row)
        is_done = is_last or len(found) >= wanted
        start = None if is_done else last_of(keys, start, reach)
        if start is None:
            return list(found.values())[:wanted]
        # The others were out of scope, or found before: look further ahead.
        reach = min(reach * FURTHER, FURTHEST)


def answers(row: Row, keys: Range, earlier: list[Range]) -> bool:
    """Whether a resident with a key in a range belongs there and in none before it."""
    own = unpacked(row.indexed_as) if earlier else ()
    if any(first_in(one, own) for one in earlier):
        return False
    return not keys.id_tail or opened("id_number", row).endswith(keys.id_tail)


def batch_of(user, keys: Range, start, reach: int) -> tuple[list[Row], bool]:
    """Return those in scope whose first key is among the next of a range, in order.

    The keys are cut off by themselves first: PostgreSQL misjudges how many people have
    a name, and would read and sort a hundred thousand to show twenty. True says that
    no more keys are there, for certain.
    """
    near = behind(keys, start)
    rows = Resident.objects.in_scope_of(user).order_by()
    rows = rows.filter(pk__in=near[:reach].values("resident_id"))
    follow = Exists(near[reach : reach + 1])
    batch, is_last = [], False
    for does_follow, *values in rows.values_list(follow, *SHOWN.values()):
        row, is_last = Row(b"", *values), not does_follow
        # Who was indexed before the readings changed has no key of his own there.
        key = first_in(keys, unpacked(row.indexed_as)) or keys.end
        if start is None or (key, row.pk) > start:
            batch.append(row._replace(key=key))
    return sorted(batch, key=attrgetter("key", "pk")), is_last


def behind(keys: Range, start):
    """Return the keys of a range in order, behind the key and resident of `start`."""
    rows = SearchKey.objects.filter(key__lt=keys.end).order_by("key", "resident_id")
    # Exactly one lower bound: PostgreSQL begins its index scan there, and guesses how
    # many keys follow. SQLite spells the pair out, and needs one to begin with.
    if start is None:
        return rows.filter(key__gte=keys.prefix)
    if not connection.features.supports_tuple_lookups:
        rows = rows.filter(key__gte=start[0])
    return rows.filter(pk__gt=start)


def last_of(keys: Range, start, reach: int) -> tuple[bytes, int] | None:
    """Return the last of the next so many keys of a range, None if there are fewer."""
    rows = behind(keys, start).values_list("key", "resident_id")
    found = rows[reach - 1 : reach].first()
    return found and (bytes(found[0]), found[1])


def person(row: Row, label: str) -> Person:
    """Return a row as it is shown."""
    age = age_on(row.birth_on, row.ended_on or timezone.localdate())
    unit = row.unit
    if row.community and row.community != unit:
        unit = f"{row.community}{unit}"
    return Person(
        pk=row.pk,
        name=row.name,
        sex=SEX.label(row.sex) if row.sex in ("1", "2") else "",
        age="" if age is None else str(age),
        id_number=mask_id(opened("id_number", row)),
        phone=mask_phone(opened("phone", row)),
        address=row.address or "",
        unit=unit,
        is_ended=row.ended_on is not None,
        label=str(label),
        url=resident_url(row.pk),
    )


@lru_cache(maxsize=1)
def any_resident_url() -> str:
    """The address of resident 0, from which that of any other is made."""
    return reverse("communities:resident-detail", args=[0])


def resident_url(pk: int) -> str:
    """Return the address of a resident's page; reversing each would cost more."""
    return any_resident_url().replace("/0/", f"/{pk}/")


def opened(column: str, row: Row) -> str:
    """Return the plain text of a sealed column of the row, "" for none."""
    token = getattr(row, column)
    if not token:
        return ""
    return Sealer(Resident._meta.db_table, column).open(row.uid, token)
