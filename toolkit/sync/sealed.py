"""Items that the phone has closed into an envelope, so that it cannot read them itself.

    {"client_uuid": UUID, "sealed": "k1.…", "keep": false}

Inside is the item as it would be sent open. Its number is part of what it was sealed
for, so an envelope cannot be handed in under another one.
"""

import json

from django.utils.translation import gettext as _
from rest_framework import serializers

from toolkit.privacy.envelopes import EnvelopeError, open_envelope

INFO = b"yuhai sync item\0"


def opened(raw):
    """Return an item as it was before it was sealed; one sent open as it is.

    Raises ValidationError for an envelope that does not open or holds no item.
    """
    if not isinstance(raw, dict) or "sealed" not in raw:
        return raw
    number = raw.get("client_uuid")
    try:
        text = open_envelope(str(raw["sealed"]), info=INFO + str(number).encode())
        inside = json.loads(text)
    except (EnvelopeError, ValueError, RecursionError):
        inside = None
    if not isinstance(inside, dict):
        raise serializers.ValidationError({"sealed": [_("密封的内容打不开。")]})
    return inside | {"client_uuid": number, "keep": raw.get("keep", False)}
