"""Which emergency a text is about that a phone has handed in."""

import json

from rest_framework import serializers

from safety.models import Emergency
from toolkit.models import SyncItem

KIND = "roll_call"
LARGEST_KEY = 2**63 - 1


class KeyField(serializers.IntegerField):
    """The number of a row, in every way in which a phone may write it."""

    def __init__(self, **kwargs):
        super().__init__(min_value=1, max_value=LARGEST_KEY, **kwargs)


def emergency_in(content: dict) -> int | None:
    """Return the number of the emergency that a text names, None for none."""
    try:
        return KeyField().run_validation(content.get("emergency"))
    except serializers.ValidationError:
        return None


def items_about(emergency: Emergency) -> list[int]:
    """Return the keys of what phones have handed in for the emergency.

    Their text is sealed, so each is opened and asked.
    """
    items = SyncItem.objects.filter(kind=KIND).only("uid", "body").order_by()
    return [
        item.pk
        for item in items.iterator(chunk_size=500)
        if emergency_in(json.loads(item.body)) == emergency.pk
    ]
