"""The national code lists: codes in the database, labels in both languages.

    SEX.choices             # [("0", "未知"), ("1", "男"), …], labels by language
    EDUCATION.find("大专")   # "30"; by code, label or a spelling found in archives
    RELATION.label("02")    # "户主"

The lists are data (communities/data/codes.toml); an amended standard changes no code.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import get_language

DATA = Path(__file__).parent / "data" / "codes.toml"
_BLANKS = re.compile(r"\s+")
_CODE_AND_LABEL = re.compile(r"(\w+?)[-—.:、,]?([^\W\d_].*)")


def _in_language(chinese: str, english: str) -> str:
    return english if (get_language() or "").startswith("en") else chinese


lazy_label = lazy(_in_language, str)


@dataclass(frozen=True)
class CodeList:
    """One code list: what a code means and how people write it."""

    name: str
    standard: str
    unknown: str
    # Codes that the standard does not have.
    own: frozenset[str]
    items: tuple[tuple[str, ...], ...] = field(repr=False)

    def __contains__(self, code: object) -> bool:
        return code in self._labels

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(code, label) pairs for a form field; labels follow the active language."""
        return list(self._labels.items())

    @property
    def values(self) -> list[str]:
        return list(self._labels)

    def label(self, code: str) -> str:
        """The label in the active language; a code out of the list as it is."""
        return str(self._labels.get(code, code))

    def find(self, text: object) -> str | None:
        """The code for a code, a label or another spelling; None if it is none.

        An empty cell is the unknown code. Spreadsheets drop leading zeros, so a number
        is filled up to the length of the list's codes.
        """
        word = _word(text)
        if not word:
            return self.unknown
        if (code := self._words.get(word)) is not None:
            return code
        # "12 妻", "12-妻": code and label in one cell, if they agree.
        if match := _CODE_AND_LABEL.fullmatch(word):
            first, second = map(self._words.get, match.groups())
            return first if first == second else None
        return None

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {code: lazy_label(zh, en) for code, zh, en, *_spellings in self.items}

    @cached_property
    def _words(self) -> dict[str, str]:
        """Every way to write a code, as it stands after _word()."""
        words: dict[str, str] = {}
        for code, *names in self.items:
            for name in (*names, names[0].removesuffix("族")):
                words.setdefault(_word(name), code)
        for code, *_names in self.items:
            words[code] = code
            words.setdefault(code.lstrip("0"), code)
        words.pop("", None)
        return words


def _word(text: object) -> str:
    """The text without blanks, narrow, in lower case; 1.0 of a number cell as 1."""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text))
    return _BLANKS.sub("", plain).lower()


def _load(path: Path) -> dict[str, CodeList]:
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: CodeList(
            name,
            table["standard"],
            table["unknown"],
            frozenset(table["own"]),
            tuple(map(tuple, table["items"])),
        )
        for name, table in lists.items()
    }


LISTS = _load(DATA)
SEX = LISTS["sex"]
MARITAL = LISTS["marital"]
HEALTH = LISTS["health"]
EDUCATION = LISTS["education"]
POLITICAL = LISTS["political"]
OCCUPATION = LISTS["occupation"]
ETHNICITY = LISTS["ethnicity"]
RELATION = LISTS["relation"]
# The standard says 本人或户主: paper writes 本人 for what is entered as 户主 here.
SELF, HEAD = "01", "02"
ID_DOCUMENT = LISTS["id_document"]
NO_ID_REASON = LISTS["no_id_reason"]
DISABILITY_KIND = LISTS["disability_kind"]
DISABILITY_GRADE = LISTS["disability_grade"]

# “高中以上” of the founding document: postgraduate to senior secondary.
SENIOR_SECONDARY_AND_ABOVE = ("10", "20", "30", "40", "60")
