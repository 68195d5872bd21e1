"""Equality search over sealed values: a keyed hash that the database may hold.

    blind_index("id_number", "330381190001010018")        # one value
    hashed = blind_indexer("phone"); hashed("13800138000")      # many values

The kind ("id_number", "phone_tail") keeps equal digits of different columns apart.
Normalise the value first: the hash knows no spelling variants.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import lru_cache

from toolkit.privacy.keys import key_ring

# 128 bits: no two of a million people ever share one.
INDEX_BYTES = 16


def blind_index(kind: str, value: str) -> bytes:
    """HMAC-SHA256 over kind, NUL and value, cut to 16 bytes."""
    return _indexer(key_ring().blind_key, kind)(value)


def blind_indexer(kind: str) -> Callable[[str], bytes]:
    """The function value → blind_index(kind, value), for bulk work."""
    return _indexer(key_ring().blind_key, kind)


def blind_digest(kind: str, lines: Iterable[str]) -> str:
    """HMAC-SHA256 over kind and lines, in hex: tells later whether they are the same.

    Whoever reads the digest without the key cannot try out what the lines say.
    """
    mac = hmac.new(key_ring().blind_key, f"{kind}\0".encode(), hashlib.sha256)
    for line in lines:
        mac.update(f"{line}\0".encode())
    return mac.hexdigest()


@lru_cache(maxsize=64)
def _indexer(key: bytes, kind: str) -> Callable[[str], bytes]:
    # HMAC of RFC 2104 with both key blocks and the kind hashed beforehand: hmac.digest
    # sets them up anew for each value and takes three times as long.
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
    inner.update(f"{kind}\0".encode())

    def hashed(value: str) -> bytes:
        inside, outside = inner.copy(), outer.copy()
        inside.update(value.encode())
        outside.update(inside.digest())
        return outside.digest()[:INDEX_BYTES]

    return hashed
