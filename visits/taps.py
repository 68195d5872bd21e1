"""Lists that a phone takes along to tap through: one thing told of each person.

    # safety/taps.py
    @tap_list("roll_call")
    def people_to_call(user, unit): ...     # returns TapLists, the pressing one first

What each tap says is written here, as the body of an item of the list's kind (see
toolkit/sync), so the phone knows nothing of any pillar.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from communities.models.base import ScopedModel
from toolkit.privacy.masks import mask_name
from toolkit.registry import Registry
from toolkit.screens import leaving
from visits.doors import Door
from visits.offline import MOST_HOMES, whereabouts

tap_lists = Registry("tap list")


@dataclass(frozen=True)
class Tap:
    """One button: its word, and the body of the item that it makes."""

    label: str
    body: dict
    # After which words the button is offered; None after whatever was told.
    after: tuple[str, ...] | None = None


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
    # Whose rows they are, and the path of the unit in which all of them lie: for the
    # trail, which tells of every list that leaves.
    model: type[ScopedModel]
    reach: str
    # Whether it is only practised: such a list stands below the visits.
    is_exercise: bool = False

    @property
    def going(self) -> list[Tapped]:
        """Who of it goes along: MOST_HOMES homes at most."""
        kept = set(self.homes[:MOST_HOMES])
        return [one for one in self.people if one.door.home in kept]

    @property
    def homes(self) -> list:
        """The homes of the list in walking order, each once."""
        return list(dict.fromkeys(one.door.home for one in self.people))


def tap_list(kind: str) -> Callable:
    """Register a function (user, unit) -> TapLists of a kind of sync item."""
    return lambda function: tap_lists.add(kind, function)


def lists_for(user, unit: OrgUnit | None) -> list[tuple[str, TapList]]:
    """Return every list that has somebody on it, with the kind of its items."""
    found = [
        (kind, one) for kind, make in tap_lists.items() for one in make(user, unit)
    ]
    return [(kind, one) for kind, one in found if one.people]


def told(kind: str, found: TapList) -> dict:
    """Return one list for a phone: names masked, MOST_HOMES homes at most.

    `shown` of `total` homes go along: the phone says so where some are left.
    """
    homes = found.homes
    return {
        "kind": kind,
        "title": found.title,
        "is_exercise": found.is_exercise,
        "total": len(homes),
        "shown": len(homes[:MOST_HOMES]),
        "doors": [person_told(kind, one) for one in found.going],
    }


def proof_of(found: TapList, form: str) -> dict:
    """Return what the trail keeps of a list that leaves, as `audit.record` takes it."""
    return {
        "batch": found.model._meta.label_lower,
        "reach": found.reach,
        "count": len(found.going),
        "fields": [_("住址"), _("姓名"), _("情况")],
        "about": {leaving.CONDITIONS: found.title, leaving.FORM: form},
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
