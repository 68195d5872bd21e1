"""Seal one value to one row: AES-256-GCM, the key id in front.

    token = seal("33038…", place_of("communities_resident", "id_number", resident.uid))
    "k1:mY2…"                    # key id : base64(nonce 12 | ciphertext | tag 16)

The place is authenticated with the value, so a token copied into another row or column
does not open there.
"""

import os
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable
from struct import iter_unpack
from uuid import UUID

from cryptography.exceptions import InvalidTag

from toolkit.privacy.keys import KeyRing, key_ring

# Random 96-bit nonces: NIST SP 800-38D 8.3 allows 2**32 of them under one key.
NONCE_BYTES = 12
NONCES_DRAWN = 256
# Nonces drawn ahead: one system call for many. A forked child must never use those of
# its parent, since a nonce used twice under one key breaks GCM.
_nonces: list[bytes] = []
os.register_at_fork(after_in_child=_nonces.clear)


class SealBroken(Exception):  # noqa: N818
    """A sealed value does not open here: moved, altered, or its key is missing."""


class Token(str):
    """A sealed value, as text; the type tells it from a plaintext."""

    __slots__ = ()

    @property
    def key_id(self) -> str:
        return self.partition(":")[0]


def place_of(table: str, column: str, uid: UUID | str) -> str:
    """Where a value belongs: its table, its column and the row's uid in hexadecimal."""
    return f"{table}.{column}.{_hex(uid)}"


def seal(plaintext: str, place: str, ring: KeyRing | None = None) -> Token:
    """Encrypt the text for this place with the current key."""
    ring = ring or key_ring()
    nonce = _fresh_nonce()
    cipher = ring.ciphers[ring.current]
    data = nonce + cipher.encrypt(nonce, plaintext.encode(), place.encode())
    return Token(f"{ring.current}:{_to_text(data)}")


def open_sealed(token: str, place: str, ring: KeyRing | None = None) -> str:
    """Decrypt a token in the place it was sealed for; raises SealBroken."""
    ring = ring or key_ring()
    key_id, _colon, text = token.partition(":")
    cipher = ring.ciphers.get(key_id)
    if cipher is None:
        raise SealBroken("The key of this sealed value is not in the key ring.")
    try:
        # Padding was cut off to keep the column short; surplus padding is ignored.
        data = a2b_base64(text + "==")
        plain = cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], place.encode())
    except (NotBase64, InvalidTag, ValueError):
        raise SealBroken("The sealed value does not belong to this row.") from None
    return plain.decode()


class Sealer:
    """Seals many values of one column, for bulk work.

    sealer = Sealer("communities_resident", "phone")
    token = sealer.seal(uid, "13800138000")
    """

    def __init__(self, table: str, column: str, ring: KeyRing | None = None):
        self._ring = ring or key_ring()
        self._prefix = f"{table}.{column}."
        self.seal_cell = self._make_seal()

    def seal(self, uid: UUID | str, plaintext: str) -> Token:
        """The token of the text for the row."""
        return Token(self.seal_cell(_hex(uid), plaintext))

    def open(self, uid: UUID | str, token: str) -> str:
        """The plaintext of the row's token; raises SealBroken."""
        return open_sealed(token, self._prefix + _hex(uid), self._ring)

    def _make_seal(self) -> Callable[[str, str], str]:
        """The function (uid in 32 hexadecimal digits, plaintext) → token as mere text.

        For a hundred thousand rows: all look-ups are done beforehand.
        """
        encrypt = self._ring.ciphers[self._ring.current].encrypt
        head, prefix = f"{self._ring.current}:", self._prefix
        # The same list for the life of the process: a fork empties it.
        drawn, draw = _nonces.pop, _fresh_nonce

        def seal_cell(uid: str, plaintext: str) -> str:
            nonce = drawn() if _nonces else draw()
            sealed = encrypt(nonce, plaintext.encode(), (prefix + uid).encode())
            return head + _to_text(nonce + sealed)

        return seal_cell


def _fresh_nonce() -> bytes:
    try:
        return _nonces.pop()
    except IndexError:
        drawn = os.urandom(NONCE_BYTES * NONCES_DRAWN)
        nonces = [nonce for (nonce,) in iter_unpack(f"{NONCE_BYTES}s", drawn)]
        _nonces.extend(nonces[1:])
        return nonces[0]


def _hex(uid: UUID | str) -> str:
    # Twice as fast as str(uid), and one form whatever the database hands back.
    return uid.replace("-", "").lower() if isinstance(uid, str) else f"{uid.int:032x}"


def _to_text(data: bytes) -> str:
    return b2a_base64(data, newline=False).rstrip(b"=").decode()
