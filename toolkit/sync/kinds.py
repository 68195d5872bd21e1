"""What may be handed in: one declaration for each kind of item.

class VisitKind(SyncKind):
    slug = "visit"

    def turn_away(self, parcels, user): …     # nothing of this is kept
    def sort(self, parcels, user, now): …     # refuse, hand over, or leave open
    def store(self, parcels, user, now): …    # write what was left open

add(VisitKind())
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from toolkit.registry import Registry

if TYPE_CHECKING:
    from rest_framework import serializers

    from toolkit.sync.parcels import Parcel

kinds = Registry("kind of sync item")


class SyncKind:
    """How one kind of item is looked at and written, however many come at once."""

    slug: str
    # What reads the body, for the schema.
    reader: type["serializers.Serializer"]
    # What a person calls the fields of which a reason tells, by their names.
    labels: Mapping[str, str] = {}
    # Whether photos may come beside it.
    takes_photos = True

    def turn_away(self, parcels: Sequence["Parcel"], user) -> None:
        """Turn down what must not be kept, not even for a person to look at.

        Asked before anything else: of whoever never held the post, and of what may not
        be collected any more.
        """
        raise NotImplementedError

    def sort(self, parcels: Sequence["Parcel"], user, now: datetime) -> None:
        """Refuse what cannot be, hand over what belongs elsewhere; leave the rest."""
        raise NotImplementedError

    def store(self, parcels: Sequence["Parcel"], user, now: datetime) -> None:
        """Write the parcels, all or none.

        A record bears the number of its parcel, or the parcel says in `record` which
        one it has put right. In `version` it may say which version it has written, and
        in `number` which number the record has got.
        """
        raise NotImplementedError

    def numbers_of(self, records: Sequence[UUID]) -> dict[UUID, int]:
        """Return the numbers of the records that bear these as `client_uuid`."""
        raise NotImplementedError

    def entered_in(self, records: Sequence[UUID]) -> dict[UUID, list[str]]:
        """Return in which registers the records stand besides, by their names."""
        return {}


def add(kind: SyncKind) -> SyncKind:
    """Register a kind."""
    return kinds.add(kind.slug, kind)
