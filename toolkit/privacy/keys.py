"""The key ring: which keys seal values, and the key of the blind index.

    YUHAI_ENCRYPTION_KEYS="k2:base64,k1:base64"   # the first seals, all of them open
    YUHAI_BLIND_KEY="base64"

The settings hand both over as YUHAI_KEYS = {"encryption": …, "blind": …}. Keys live in
the environment of the process, never in the database or its dump. The embedded default
keeps them in a file that only the owner may read.
"""

import base64
import binascii
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from toolkit.privacy.envelope_keys import envelope_key

ENCRYPTION_VARIABLE = "YUHAI_ENCRYPTION_KEYS"
BLIND_VARIABLE = "YUHAI_BLIND_KEY"
KEY_BYTES = 32
KEY_ID = re.compile(r"[a-z0-9]{1,16}", re.ASCII)


class KeyRingError(Exception):
    """The keys in the environment are missing or not usable."""


@dataclass(frozen=True)
class KeyRing:
    """The keys of this installation; `current` seals, every one opens.

    `envelopes` open what others have sealed with our public keys.
    """

    current: str
    ciphers: Mapping[str, AESGCM] = field(repr=False)
    blind_key: bytes = field(repr=False)
    envelopes: Mapping[str, EllipticCurvePrivateKey] = field(repr=False)

    @classmethod
    def parse(cls, encryption_keys: str, blind_key: str) -> "KeyRing":
        """Read both variables; raises KeyRingError without repeating any key."""
        keys: dict[str, bytes] = {}
        for entry in filter(None, map(str.strip, encryption_keys.split(","))):
            key_id, _colon, text = entry.partition(":")
            if not KEY_ID.fullmatch(key_id) or key_id in keys:
                raise KeyRingError(
                    f"{ENCRYPTION_VARIABLE}: key ids are unique and of the form k1."
                )
            keys[key_id] = _decode(text, f"{ENCRYPTION_VARIABLE} ({key_id})")
        if not keys:
            raise KeyRingError(f"{ENCRYPTION_VARIABLE} is empty.")
        blind = _decode(blind_key, BLIND_VARIABLE)
        if blind in keys.values():
            raise KeyRingError(
                f"{BLIND_VARIABLE} must differ from the encryption keys."
            )
        ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        envelopes = {key_id: envelope_key(key) for key_id, key in keys.items()}
        return cls(next(iter(keys)), ciphers, blind, envelopes)


def key_ring() -> KeyRing:
    """The ring that the settings hold; raises KeyRingError."""
    keys = settings.YUHAI_KEYS
    return _ring_of(keys["encryption"], keys["blind"])


@lru_cache(maxsize=4)
def _ring_of(encryption_keys: str, blind_key: str) -> KeyRing:
    return KeyRing.parse(encryption_keys, blind_key)


def new_key() -> str:
    """A random 256-bit key as base64."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def ensure_key_file(path: Path) -> bool:
    """Make a file of fresh keys, mode 0600; False if there is one already.

    Safe when several processes start at once: one file wins, the others read it. A
    file in place is never overwritten, since its keys open the database. Raises
    KeyRingError if others on the machine may read it.
    """
    if path.exists():
        if path.stat().st_mode & 0o077:
            raise KeyRingError(f"{path.name}: only its owner may read it (chmod 600).")
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp gives mode 0600; the link appears with its whole content or not at all.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(fresh_environment())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(draft)
    return True


def fresh_environment() -> str:
    """The lines of an environment file with new random keys."""
    return (
        f"{ENCRYPTION_VARIABLE}=k1:{new_key()}\n"
        f"{BLIND_VARIABLE}={new_key()}\n"
        f"DJANGO_SECRET_KEY={secrets.token_urlsafe(48)}\n"
    )


def _decode(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KeyRingError(f"{name} is not base64.") from None
    if len(key) != KEY_BYTES:
        raise KeyRingError(f"{name} must hold {KEY_BYTES} bytes.")
    return key
