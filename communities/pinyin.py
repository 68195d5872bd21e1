"""Pinyin of personal names: what finds a person, and what puts lists in order.

    search_keys("单小明").pinyins  # ["ming", "xiaoming", "shanxiaoming", "danxiao…"]
    sort_key("单小明")             # "shan4 单 xiao3 小 ming2 明"

A surname is read as a surname: 单 shàn, 尉迟 yùchí. Other readings find the person too,
but do not order the list. Each character is looked up once in the life of a process.
"""

import os
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

# The dictionary of phrases is of no use for names: 45 MB and 0.3 s at every start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin import Style, pinyin  # noqa: E402

DATA = Path(__file__).parent / "data" / "name_readings.toml"
MOST_SPELLINGS = 4
LONGEST_NAME_KEY, LONGEST_PINYIN_KEY, LONGEST_SORT_KEY = 24, 72, 120

# Names that need no normalising, which is nearly all of them.
_PLAIN_HAN = re.compile(r"[\u3400-\u9fff]{1,12}")
_SEPARATORS = re.compile(r"[\s·•・．.,，、'’_-]+")
_WORD = re.compile(r"[a-z0-9]+|.", re.DOTALL)


def _table(name: str) -> dict[str, str]:
    words = _DATA[name].split()
    return dict(zip(words[::2], words[1::2], strict=True))


_DATA = tomllib.loads(DATA.read_text(encoding="utf-8"))
SURNAMES = _table("surnames")
COMPOUND_SURNAMES = {
    name: said.split(",") for name, said in _table("compound_surnames").items()
}
GIVEN = _table("given")
OTHERS = {name: said.split(",") for name, said in _table("others").items()}


class SearchKeys(NamedTuple):
    """Strings of which a prefix finds the person."""

    names: list[str]
    pinyins: list[str]
    initials: list[str]


class Reading(NamedTuple):
    """How a character, or a foreign word, is said."""

    plain: str
    initial: str
    toned: str
    others: tuple[str, ...]
    # With the tone, and the character behind it: what orders names.
    spelled: str = ""


# How the surname is said, and the keys of the given name.
Halves = tuple[Reading, SearchKeys]


class _Readings(dict):
    """Readings by character, looked up in the dictionary at first sight."""

    def __init__(self, preferred: dict[str, str]):
        super().__init__()
        self._preferred = preferred

    def __missing__(self, character: str) -> Reading:
        usual = _dictionary(character)
        toned = self._preferred.get(character, usual)
        plain = _without_tone(toned)
        # 吕 is lv on the keyboard, lu in many foreign papers.
        others = dict.fromkeys(
            (_without_tone(usual), *OTHERS.get(character, ()), plain.replace("v", "u"))
        )
        others.pop(plain, None)
        reading = self[character] = Reading(
            plain, plain[0], toned, tuple(others), f"{toned} {character}"
        )
        return reading


def _dictionary(character: str) -> str:
    """The dictionary's first reading, with a tone number; itself if it has none."""
    if character.isascii():
        return character
    return pinyin(character, style=Style.TONE3, errors=lambda text: [text])[0][0]


def _without_tone(toned: str) -> str:
    return toned.rstrip("12345") or toned


_given = _Readings(GIVEN)
_surname = _Readings(SURNAMES)


def normalise_name(text: str) -> str:
    """The name as keys hold it: narrow, lower case, without dots and blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _SEPARATORS.sub("", text).lower()


def read_name(name: str) -> list[Reading]:
    """How each character of the name is said; foreign words count as one."""
    return _read(_parts(name))


def pinyin_of(name: str) -> str:
    """The pinyin without tones, words apart: "shan xiao ming"."""
    return " ".join(reading.plain for reading in read_name(name))


def sort_key(name: str) -> str:
    """What orders names: by syllable and tone, then by character, surname first.

    Compare byte by byte (collation "C"): blanks must count.
    """
    if _PLAIN_HAN.fullmatch(name) and name[:2] not in COMPOUND_SURNAMES:
        key = _surname[name[0]].spelled + _spelled_given(name[1:])
        return key[:LONGEST_SORT_KEY]
    parts = _parts(name)
    spelled = [f"{r[2]} {part}" for r, part in zip(_read(parts), parts, strict=True)]
    return " ".join(spelled)[:LONGEST_SORT_KEY]


def name_tails(name: str) -> list[str]:
    """Every tail of the name as it is written, the shortest first."""
    written = name if _PLAIN_HAN.fullmatch(name) else normalise_name(name)
    last = len(written) - 1
    return [written[start:][:LONGEST_NAME_KEY] for start in range(last, -1, -1)]


def search_keys(name: str) -> SearchKeys:
    """Every tail of the name, of its pinyin and of its initials, the shortest first.

    Tails, because a prefix look-up is quick and so finds any part of the name.
    """
    parts = halves(name)
    if parts is None:
        return _all_keys(name)
    surname, given = parts
    whole, letters = surname.plain, surname.initial
    if given.pinyins:
        whole, letters = whole + given.pinyins[-1], letters + given.initials[-1]
    return SearchKeys(
        name_tails(name), [*given.pinyins, whole], [*given.initials, letters]
    )


def halves(name: str) -> Halves | None:
    """Return how the surname is said, and the tails of the given name.

    None for a foreign, long or compound name, and where there are several readings.
    """
    if not _PLAIN_HAN.fullmatch(name) or name[:2] in COMPOUND_SURNAMES:
        return None
    given, surname = keys_of_given(name[1:]), _surname[name[0]]
    return None if given is None or surname.others else (surname, given)


@lru_cache(maxsize=10_000)
def keys_of_given(given: str) -> SearchKeys | None:
    """Return the tails of a given name, which recurs under many surnames.

    None where a character has several readings.
    """
    pinyins, initials, said, letters = [], [], "", ""
    for character in reversed(given):
        reading = _given[character]
        if reading.others:
            return None
        said, letters = reading.plain + said, reading.initial + letters
        pinyins.append(said)
        initials.append(letters)
    return SearchKeys(name_tails(given), pinyins, initials)


@lru_cache(maxsize=10_000)
def _spelled_given(given: str) -> str:
    """Return what orders those of one surname by a given name."""
    return "".join(f" {_given[character].spelled}" for character in given)


def _all_keys(name: str) -> SearchKeys:
    """Keys of any name: foreign, long, with a compound surname or several readings."""
    choices = [(reading.plain, *reading.others) for reading in read_name(name)]
    pinyins: dict[str, None] = {}
    initials: dict[str, None] = {}
    for spelling in islice(product(*choices), MOST_SPELLINGS):
        said = letters = ""
        for syllable in reversed(spelling):
            said, letters = syllable + said, syllable[0] + letters
            pinyins[said[:LONGEST_PINYIN_KEY]] = None
            initials[letters[:LONGEST_PINYIN_KEY]] = None
    return SearchKeys(name_tails(name), list(pinyins), list(initials))


def _parts(name: str) -> Sequence[str]:
    """Characters, and runs of Latin letters as one part each; most names as is."""
    if _PLAIN_HAN.fullmatch(name):
        return name
    text = unicodedata.normalize("NFKC", name).lower()
    return [part for part in _WORD.findall(text) if not _SEPARATORS.fullmatch(part)]


def _read(parts: Sequence[str]) -> list[Reading]:
    if not parts:
        return []
    compound = len(parts) > 2 and COMPOUND_SURNAMES.get(parts[0] + parts[1])
    if compound:
        head = [_compound(*pair) for pair in zip(parts, compound, strict=False)]
        return head + [_given[part] for part in parts[2:]]
    return [_surname[parts[0]], *[_given[part] for part in parts[1:]]]


def _compound(character: str, toned: str) -> Reading:
    plain = _without_tone(toned)
    usual = _given[character]
    others = dict.fromkeys((usual.plain, *usual.others))
    others.pop(plain, None)
    return Reading(plain, plain[0], toned, tuple(others))
