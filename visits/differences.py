"""What two tellings of a visit tell differently, and how a person reads that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from communities.models import Resident
from toolkit import formats
from visits.actions.corrections import MEMBERS
from visits.actions.members import people_of
from visits.models import Visit

# Whom a visit is to, and the ledgers in which it stands: no fields of its row.
WHOM, LEDGERS = "whom", "ledger_entries"
# Their words stay out of the history.
SENSITIVE = ("note", LEDGERS)
# Forms tell no seconds, and a clock that is put right is so by some.
SAME_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Difference:
    """A field that the stored and the handed-in visit tell differently."""

    name: str
    old: object
    new: object


def changed_by(visit: Visit, values: dict) -> list[Difference]:
    """Return which of the new values, by field, are others than the stored ones."""
    pairs = ((name, value_of(visit, name), new) for name, new in values.items())
    return [
        Difference(name, old, new)
        for name, old, new in pairs
        if differs(name, old, new)
    ]


def value_of(visit: Visit, name: str):
    """Return what is stored of a field that may be corrected."""
    return keyed(people_of(visit)) if name == MEMBERS else getattr(visit, name)


def differs(name: str, old, new) -> bool:
    if name == "visited_at":
        return abs(old - new) >= SAME_MOMENT
    return old != new


def keyed(people: Iterable[Resident]) -> list[Resident]:
    return sorted(people, key=lambda one: one.pk)


def label_of(name: str) -> str:
    """Return what a person calls a field: 记一句."""
    if name == WHOM:
        return _("走访对象")
    if name == LEDGERS:
        return _("台账")
    return str(Visit._meta.get_field(name).verbose_name)


def in_words(stored: Visit, sent: Visit, one: Difference) -> dict:
    """Return a difference as the history tells it; of a note only that it is one."""
    told = {"field": one.name, "label": label_of(one.name)}
    if one.name in SENSITIVE:
        return told
    old, new = word_of(stored, one.name, one.old), word_of(sent, one.name, one.new)
    return told | {"old": old, "new": new}


def word_of(visit: Visit, name: str, value) -> str:
    """Return a value of a visit as people know it."""
    if name == MEMBERS:
        return formats.listed(value)[:200]
    if name == "visited_at":
        return formats.cn_datetime(value)
    if name == "follow_up_on":
        return formats.cn_date(value)
    return str(getattr(visit, f"get_{name}_display", lambda: value)())
