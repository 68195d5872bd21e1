"""The keys under which a resident is found, as bytes that sort.

A kind byte keeps digits of a phone apart from those of an ID number. Behind it stands
text (a tail of the name, its pinyin or its initials), or keyed hashes: the last four
digits first, what narrows them down behind, so that one row answers several questions
and a prefix of the key is still a question:

    ID number   04 | hash(last 4) 8 bytes | hash(last 6) 8
    phone       05 | hash(last 4) 8 bytes | hash(whole) 8

A whole ID number is looked up in Resident.id_blind and needs no key.
"""

from functools import lru_cache

from communities.pinyin import Halves, SearchKeys, halves, keys_of_given, search_keys
from toolkit.privacy.blind import blind_indexer

ID_TAIL, PHONE, NAME, PINYIN, INITIALS = b"\x04", b"\x05", b"\x06", b"\x07", b"\x08"
# In the order of what `search_keys` returns. They stand behind the kinds of numbers: an
# import writes the keys of names last, and an index grows best at its end.
KINDS = (NAME, PINYIN, INITIALS)
ID_KEY_BYTES, PHONE_KEY_BYTES = 17, 17
FEWEST_DIGITS, LONGEST_TAIL = 4, 6
# No name has it, so it parts the name from the keys in Resident.indexed_as.
END_OF_NAME = b"\0"


def make_name_keys(name: str) -> tuple[bytes, ...]:
    """Return the keys of a name: every tail of it, of its pinyin and initials."""
    parts = halves(name)
    keys = []
    for kind in KINDS:
        if parts:
            keys += given_keys(kind, name[1:])
        keys += whole_keys(kind, name, parts)
    return tuple(keys)


name_keys = lru_cache(maxsize=5000)(make_name_keys)


def whole_keys(kind: bytes, name: str, parts: Halves | None) -> list[bytes]:
    """Return the keys of one kind that are not those of the given name.

    `parts` are the halves of the name; of one that has none these are all its keys.
    One letter alone is no question for initials; the pinyin answers it.
    """
    if parts is None:
        return _keys(kind, search_keys(name))
    surname, given = parts
    if kind == NAME:
        text = name
    elif kind == PINYIN:
        text = surname.plain + "".join(given.pinyins[-1:])
    elif given.initials:
        text = surname.initial + given.initials[-1]
    else:
        return []
    return [kind + text.encode()]


@lru_cache(maxsize=30_000)
def given_keys(kind: bytes, given: str) -> list[bytes]:
    """Return the keys of one kind of a given name, which recurs under many surnames."""
    return _keys(kind, keys_of_given(given))


def _keys(kind: bytes, found: SearchKeys) -> list[bytes]:
    """Return every text of one kind behind its byte."""
    # Tails of a very long name are cut to the same text.
    texts = dict.fromkeys(found[KINDS.index(kind)])
    return [kind + text.encode() for text in texts if kind != INITIALS or len(text) > 1]


class HashKeys:
    """Makes the keys of numbers; the tails of four, which recur, are hashed once."""

    def __init__(self):
        self.of_id = blind_indexer("id_tail")
        self.of_phone = blind_indexer("phone_tail")
        self.of_whole_phone = blind_indexer("phone")
        self.ids: dict[str, bytes] = {}
        self.phones: dict[str, bytes] = {}

    def id_key(self, number: str) -> bytes:
        """Return the key of the end of an ID number, b"" for one too short."""
        if len(number) < FEWEST_DIGITS:
            return b""
        tail = number[-FEWEST_DIGITS:]
        head = self.ids.get(tail)
        if head is None:
            head = self.ids[tail] = ID_TAIL + self.of_id(tail)[:8]
        return head + self.of_id(number[-LONGEST_TAIL:])[:8]

    def id_prefix(self, tail: str) -> bytes:
        """Return what the keys of ID numbers with this end of 4 to 6 begin with.

        For an end of 5 that is an end of 4: whoever asks must look at the numbers.
        """
        key = self.id_key(tail)
        return key if len(tail) == LONGEST_TAIL else key[:9]

    def phone_key(self, number: str) -> bytes:
        """Return the key of a phone number in plain digits, b"" for one too short."""
        if len(number) < FEWEST_DIGITS:
            return b""
        prefix = self.phone_prefix(number[-FEWEST_DIGITS:])
        return prefix + self.of_whole_phone(number)[:8]

    def phone_prefix(self, tail: str) -> bytes:
        """Return what the keys of phones with these last four digits begin with."""
        prefix = self.phones.get(tail)
        if prefix is None:
            prefix = self.phones[tail] = PHONE + self.of_phone(tail)[:8]
        return prefix


def packed(name: str, id_number: str, phone: str) -> bytes:
    """Return what the keys of a resident are made of, as Resident.indexed_as."""
    hashes = HashKeys()
    numbers = hashes.id_key(id_number) + hashes.phone_key(phone)
    return name.encode() + END_OF_NAME + numbers


def unpacked(indexed_as: bytes | None) -> list[bytes]:
    """Return all keys of a resident from his indexed_as; none if he has none yet."""
    if not indexed_as:
        return []
    name, _end, hashes = bytes(indexed_as).partition(END_OF_NAME)
    keys = list(name_keys(name.decode()))
    if hashes.startswith(ID_TAIL):
        keys.append(hashes[:ID_KEY_BYTES])
        hashes = hashes[ID_KEY_BYTES:]
    if hashes:
        keys.append(hashes)
    return keys
