"""Envelopes: whoever has the public key can close one, the portal alone opens it.

    k1.base64url(encapsulated key ‖ ciphertext)

HPKE (RFC 9180) in base mode: DHKEM(P-256), HKDF-SHA256, AES-256-GCM. What an envelope
is for and what it belongs to is its `info`, so that none can be taken for another.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from toolkit.privacy.keys import KEY_ID, key_ring

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class EnvelopeError(Exception):
    """The envelope is damaged, or sealed for another key, purpose or owner."""


def public_key() -> dict[str, str]:
    """Return id and point of the key to seal with: {"id": "k1", "point": base64url}."""
    ring = key_ring()
    public = ring.envelopes[ring.current].public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"id": ring.current, "point": encoded(point)}


def open_envelope(text: str, *, info: bytes) -> bytes:
    """Return what is inside; raises EnvelopeError without saying why not."""
    key_id, _dot, body = text.partition(".")
    key = key_ring().envelopes.get(key_id) if KEY_ID.fullmatch(key_id) else None
    if key is None:
        raise EnvelopeError
    try:
        return SUITE.decrypt(decoded(body), key, info)
    except (InvalidTag, ValueError, binascii.Error):
        raise EnvelopeError from None


def encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the octets of base64url without its filling; raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
