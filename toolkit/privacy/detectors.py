"""Personal numbers in running text, found before anybody publishes it.

    for hit in find_personal_numbers(text, allowed={"13857700000"}):
        print(hit.line, hit.label, hit.masked)      # 3 身份证号码 33*******018

Only what can be proven is reported: ID numbers whose check digit and birth date are
sound (GB 11643-1999), old ones of fifteen digits with a province and a birth date,
mobile phones, and bank cards whose Luhn digit is right (ISO/IEC 7812-1). Spaces,
hyphens and full-width digits do not hide a number.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.cn import ric

from toolkit.privacy.masks import mask_account, mask_id, mask_phone

ID_NUMBER, MOBILE, BANK_CARD = "id_number", "mobile", "bank_card"
LABELS = {
    ID_NUMBER: _("身份证号码"),
    MOBILE: _("手机号码"),
    BANK_CARD: _("银行卡号"),
}
MASKS = {ID_NUMBER: mask_id, MOBILE: mask_phone, BANK_CARD: mask_account}

_EARLIEST_BIRTH_YEAR = 1850
# First two digits of GB/T 2260: the provinces, Taiwan, Hong Kong and Macao.
_PROVINCE_CODES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82"
)
_PROVINCES = frozenset(_PROVINCE_CODES.split())
_NARROW = str.maketrans(
    "０１２３４５６７８９Ｘｘ－＋　\u2010\u2011\u2012\u2013\u2014\u00a0",
    "0123456789XX-+ ----- ",
)
# What people put between the digits of one number; invisible marks included.
_GAP = r"[ \-.·\u200b\u200c\u200d\u2060\ufeff]?"
_STARTS, _ENDS = r"(?<![0-9])", r"(?![0-9Xx])"
# A lookahead, so that a wrong candidate does not swallow the right one behind it.
_ID = re.compile(rf"{_STARTS}(?=((?:\d{_GAP}){{17}}[\dXx]){_ENDS})", re.ASCII)
_OLD_ID = re.compile(rf"{_STARTS}(?=((?:\d{_GAP}){{14}}\d){_ENDS})", re.ASCII)
_MOBILE = re.compile(
    rf"{_STARTS}(?=((?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}){_ENDS})", re.ASCII
)
_CARD = re.compile(rf"{_STARTS}(?=((?:\d{_GAP}){{15,18}}\d){_ENDS})", re.ASCII)
_NOT_DIGIT = re.compile(r"[^0-9X]")


@dataclass(frozen=True)
class Hit:
    """A personal number: what it is, in which line, and its masked form."""

    kind: str
    masked: str
    line: int
    start: int

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])


def find_personal_numbers(text: str, allowed: Collection[str] = ()) -> list[Hit]:
    """Return every personal number in the text, in reading order.

    `allowed` holds phone numbers, digits only, that the office itself has made public.
    """
    plain = text.translate(_NARROW)
    hits, end = [], 0
    for start, stop, kind, number in sorted(_candidates(plain), key=_reading_order):
        # The same digits read another way: "86 138…" inside "+86 138…".
        if start < end:
            continue
        end = stop
        if kind == MOBILE and number in allowed:
            continue
        line = plain.count("\n", 0, start) + 1
        hits.append(Hit(kind, MASKS[kind](number), line, start))
    return hits


def _reading_order(candidate: tuple) -> tuple:
    start, stop, kind, _number = candidate
    # Eighteen digits may pass as a card too; what names a person weighs more.
    return start, list(LABELS).index(kind), -stop


def _candidates(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, kind, digits) of every number that passes its check."""
    for kind, pattern, is_sound in (
        (ID_NUMBER, _ID, is_id_number),
        (ID_NUMBER, _OLD_ID, is_old_id_number),
        (MOBILE, _MOBILE, _is_mobile),
        (BANK_CARD, _CARD, is_bank_card),
    ):
        for match in pattern.finditer(text):
            digits = _NOT_DIGIT.sub("", match[1].upper())
            if kind == MOBILE:
                digits = digits[-11:]
            if is_sound(digits):
                yield match.start(1), match.end(1), kind, digits


def is_id_number(number: str) -> bool:
    """Whether eighteen characters are a sound ID number (GB 11643-1999)."""
    if len(number) != 18 or not _is_birth_date(number[6:14]):
        return False
    return ric.calc_check_digit(number) == number[17]


def is_old_id_number(number: str) -> bool:
    """Whether fifteen digits are an ID number of the first generation."""
    return (
        len(number) == 15
        and number[:2] in _PROVINCES
        and _is_birth_date(f"19{number[6:12]}")
    )


def is_bank_card(number: str) -> bool:
    """Whether the digits are a card: UnionPay 62…, else sixteen digits of 4… or 5…"""
    has_prefix = number.startswith("62") or (len(number) == 16 and number[0] in "45")
    return has_prefix and luhn.is_valid(number)


def _is_mobile(number: str) -> bool:
    return len(number) == 11


def _is_birth_date(digits: str) -> bool:
    try:
        day = date.fromisoformat(digits)
    except ValueError:
        return False
    return day.year >= _EARLIEST_BIRTH_YEAR and day <= date.today()
