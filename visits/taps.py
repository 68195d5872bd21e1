"""Lists that a phone takes along to tap through: one thing told of each person.

    # safety/taps.py
    @tap_list("roll_call")
    def people_to_call(user, unit): ...     # returns TapLists, the pressing one first

What each tap says is written here, as the body of an item of the list's kind (see
toolkit/sync), so the phone knows nothing of any pillar.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from communities.models import OrgUnit
from toolkit.privacy.masks import mask_name
from toolkit.registry import Registry
from visits.doors import Door
from visits.offline import MOST_HOMES, whereabouts

tap_lists = Registry("tap list")


@dataclass(frozen=True)
class Tap:
    """One button: its word, and the body of the item that it makes."""

    label: str
    body: dict
    # How it must stand with the person for the button to be offered, "" for however.
    needs: str = ""


@dataclass(frozen=True)
class Tapped:
    """One person of a list: his door, how it stands with him, and his buttons."""

    key: int
    door: Door
    now: str
    taps: tuple[Tap, ...]


@dataclass(frozen=True)
class TapList:
    """A list with its heading, in walking order."""

    title: str
    people: list[Tapped]


def tap_list(kind: str) -> Callable:
    """Register a function (user, unit) -> TapLists of a kind of sync item."""
    return lambda function: tap_lists.add(kind, function)


def taps_for_phone(user, unit: OrgUnit | None) -> list[dict]:
    """Return what a phone is told of every list that has somebody on it."""
    found = [
        (kind, one) for kind, make in tap_lists.items() for one in make(user, unit)
    ]
    return [told(kind, one) for kind, one in found if one.people]


def told(kind: str, found: TapList) -> dict:
    """Return one list for a phone: names masked, MOST_HOMES homes at most.

    `shown` of `total` homes go along: the phone says so where some are left.
    """
    homes = list(dict.fromkeys(one.door.home for one in found.people))
    kept = set(homes[:MOST_HOMES])
    people = [one for one in found.people if one.door.home in kept]
    doors = [person_told(kind, one) for one in people]
    return {
        "kind": kind,
        "title": found.title,
        "total": len(homes),
        "shown": len(kept),
        "doors": doors,
    }


def person_told(kind: str, one: Tapped) -> dict:
    """Return what the phone is told of one person."""
    return whereabouts(one.door) | {
        "kind": kind,
        "id": one.key,
        "name": mask_name(one.door.whom.name),
        "now": one.now,
        "taps": [asdict(tap) for tap in one.taps],
    }
