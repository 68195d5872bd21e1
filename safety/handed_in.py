"""Which emergency a text is about that a phone has handed in."""

import json

from safety.models import Emergency
from toolkit.models import SyncItem
from toolkit.sync.fields import key_in

KIND = "roll_call"


def emergency_in(content: dict) -> int | None:
    """Return the number of the emergency that a text names, None for none."""
    return key_in(content.get("emergency"))


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
