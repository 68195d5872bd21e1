"""Personal numbers in running text, found before anybody publishes it.

    for hit in find_personal_numbers(text, allowed={"13857700000"}):
        print(hit.line, hit.label, hit.masked)      # 3 身份证号码 33*******018

Only what can be proven is reported: ID numbers whose check digit and birth date are
sound (GB 11643-1999), old ones of fifteen digits with a province and a birth date,
mobile phones, and bank cards whose Luhn digit is right (ISO/IEC 7812-1). Blanks,
hyphens and unusual digits do not hide a number. ID numbers are also found in groups
over cells and lines; phones have no check digit, so that fewer marks may part them,
and more only behind a word such as 电话.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from toolkit.privacy.masks import mask_account, mask_id, mask_phone
from toolkit.privacy.readings import readings_of
from toolkit.privacy.soundness import (
    is_bank_card,
    is_county,
    is_doubtful_id,
    is_id_number,
    is_mobile,
    is_old_id_number,
)

ID_NUMBER, MOBILE, BANK_CARD = "id_number", "mobile", "bank_card"
LABELS = {
    ID_NUMBER: _("身份证号码"),
    MOBILE: _("手机号码"),
    BANK_CARD: _("银行卡号"),
}
MASKS = {ID_NUMBER: mask_id, MOBILE: mask_phone, BANK_CARD: mask_account}

# What people put between the digits of one number.
_GAP = r"[ \-.·]?"
# What stands between groups of digits: also the ends of cells and of one line.
_MARK = r"[ \t\r\f\v\x1f\-.·,、。｡/_|()\[\]【】〔〕<>:;*~=+#]{0,6}"
_WIDE_GAP = rf"{_MARK}(?:\n{_MARK})?"
_PHONE_GAP = r"(?:[ \t]{0,4}[/_\-.·~转()\[\]]{0,2}[ \t]{0,4})"
_LINE_GAP = rf"{_GAP}(?:\r?\n[ \t]{{0,4}})?"
_STARTS, _ENDS = r"(?<![0-9])", r"(?![0-9])"
_ABROAD = rf"(?:(?:\+|00)?86{_GAP}|0{{1,2}})?"
# Words before a number from which it is clear that one may call it.
_CALL = r"(?:[打拨电话机号联系呼询]|tel|phone|mobile)[^\d\n]{0,12}"
# The head of a line or a cell that holds a phone and nothing else. Behind it even those
# marks part a phone that part figures too, and each digit may have a cell of its own.
_HEAD = (
    r"(?:联系电话|联系手机|联系方式|电话|手机|拨打|致电|tel|phone|mobile)"
    r"(?:号码?)?[是为]?[ \t:(|\x1f\n]{0,6}"
)
# Words and marks that say that a number follows, where a row might begin as well.
_NAMES_NUMBER = re.compile(r"联系|号|[是为:]")
_CELL_END = re.compile(r"[\t,|\x1f]")
_LISTED_GAP = r"[ \t]{0,2}[、,:\x1f\n]?[ \t]{0,2}"
_CELL_GAP = r"[ \t]?[\n\t\x1f|][ \t]?"


def _number(pattern: str) -> re.Pattern:
    """Return the pattern of a whole number.

    A lookahead, so that a wrong candidate does not swallow the right one behind it.
    """
    return re.compile(rf"{_STARTS}(?=({pattern}){_ENDS})", re.ASCII)


def _spread(digits: str, gap: str = _GAP) -> re.Pattern:
    """Return the pattern of a number: its digits, and a gap for each blank there."""
    return _number(digits.replace(" ", gap))


# What no birth date begins with is given up early: long tables of figures pass here.
_COUNTY = r"[1-9] \d \d \d \d \d"
_BORN = r"\d \d [01] \d [0-3] \d"
_ID_DIGITS = rf"{_COUNTY} (?:1 [89]|2 0) {_BORN} \d \d \d [\dXx]"
_ID = _spread(_ID_DIGITS)
# The certificate of a disabled person: his ID number, the kind and the grade.
_CERTIFICATE = _spread(rf"{_ID_DIGITS} [1-7] [1-4]")
_ID_IN_GROUPS = _spread(_ID_DIGITS, _WIDE_GAP)
_OLD_ID = _spread(rf"{_COUNTY} {_BORN} \d \d \d(?![Xx])")
_MOBILE = _number(rf"{_ABROAD}1{_GAP}[3-9](?:{_GAP}\d){{9}}")
_MOBILE_IN_GROUPS = _number(
    rf"{_ABROAD}1[3-9]\d{_PHONE_GAP}\d{{4}}{_PHONE_GAP}\d{{4}}(?![年月日元万户人%])"
)
_MOBILE_IN_LINES = re.compile(
    rf"{_CALL}{_STARTS}({_ABROAD}1{_LINE_GAP}[3-9](?:{_LINE_GAP}\d){{9}}){_ENDS}",
    re.ASCII | re.IGNORECASE,
)
_MOBILE_AS_HEADED = re.compile(
    rf"{_HEAD}{_STARTS}(1[3-9]\d{_LISTED_GAP}\d{{4}}{_LISTED_GAP}\d{{4}}"
    rf"(?![年月日元万户人次件台票%])|1{_CELL_GAP}[3-9](?:{_CELL_GAP}\d){{9}}(?!{_CELL_GAP}\d))"
    rf"{_ENDS}",
    re.ASCII | re.IGNORECASE,
)
# Figures have colons between them too, but no nought before them.
_MOBILE_BY_COLONS = _number(r"(?<!:)1[3-9]\d:(?=0|\d{4}:0)\d{4}:\d{4}(?!:)")
# The same two marks behind each digit, and eleven digits with them.
_TWO = r"[ \-.·/_*~]{2}"
_MOBILE_EVENLY = _number(rf"(?<![0-9]{_TWO})1({_TWO})[3-9](?:\2\d){{9}}(?!\2\d)")
_CARD = _spread(r"(?:6 2|[45] \d)(?: \d){14,17}(?![Xx])")
_GLUED = re.compile(rf"{_STARTS}([0-9][0-9Xx]{{21,}}){_ENDS}")
_MOBILE_DIGITS = re.compile(r"1[3-9]\d{9}", re.ASCII)
_MOBILES_DIGITS = re.compile(rf"(?:{_MOBILE_DIGITS.pattern})+", re.ASCII)
_GROUP = re.compile(r"[0-9Xx]+")
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
    first, *others = (_hits_in(one, allowed) for one in readings_of(text))
    known = {(hit.kind, hit.masked, hit.line) for hit in first}
    added = [
        hit
        for hits in others
        for hit in hits
        if (hit.kind, hit.masked, hit.line) not in known
    ]
    return sorted([*first, *added], key=lambda hit: (hit.line, hit.start))


def lines_with_doubtful_ids(text: str) -> list[int]:
    """Return the lines in which eighteen digits may be an ID number, mistyped.

    There is such a county and such a day, and only the check digit is wrong. That
    proves nothing: it is for a person to look at, and no reason to refuse a text.
    """
    return sorted(
        {
            plain.count("\n", 0, match.start(1)) + 1
            for plain in readings_of(text)
            for match in _ID.finditer(plain)
            if is_doubtful_id(_digits_of(ID_NUMBER, match[1]))
        }
    )


def _hits_in(plain: str, allowed: Collection[str]) -> list[Hit]:
    hits, end, line, counted = [], 0, 1, 0
    for start, stop, kind, number in sorted(_candidates(plain), key=_reading_order):
        # The same digits read another way: "86 138…" inside "+86 138…".
        if start < end:
            continue
        end = stop
        if kind == MOBILE and number in allowed:
            continue
        line += plain.count("\n", counted, start)
        counted = start
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
        (ID_NUMBER, _CERTIFICATE, lambda digits: is_id_number(digits[:18])),
        (ID_NUMBER, _OLD_ID, is_old_id_number),
        (MOBILE, _MOBILE, is_mobile),
        (BANK_CARD, _CARD, is_bank_card),
    ):
        for match in pattern.finditer(text):
            digits = _digits_of(kind, match[1])
            if is_sound(digits):
                yield match.start(1), match.end(1), kind, digits
    for kind, pattern, is_written_so in (
        (ID_NUMBER, _ID_IN_GROUPS, _is_id_in_groups),
        (MOBILE, _MOBILE_IN_GROUPS, _is_mobile_in_groups),
        (MOBILE, _MOBILE_IN_LINES, lambda match: "\n" in match[1]),
        (MOBILE, _MOBILE_AS_HEADED, _is_mobile_as_headed),
        (MOBILE, _MOBILE_BY_COLONS, bool),
        (MOBILE, _MOBILE_EVENLY, bool),
    ):
        for match in pattern.finditer(text):
            if is_written_so(match):
                yield match.start(1), match.end(1), kind, _digits_of(kind, match[1])
    for match in _GLUED.finditer(text):
        yield from _parts_of(match)


def _digits_of(kind: str, written: str) -> str:
    digits = _NOT_DIGIT.sub("", written.upper())
    return digits[-11:] if kind == MOBILE else digits


def _is_id_in_groups(match: re.Match) -> bool:
    """Whether an ID number is written in groups, or with one digit in each cell.

    So many marks also part the figures of a table: there has to be such a county.
    """
    digits = _digits_of(ID_NUMBER, match[1])
    if not is_id_number(digits) or not is_county(digits[:6]):
        return False
    sizes = [len(group) for group in _GROUP.findall(match[1])]
    return len(sizes) == len(digits) or min(sizes[:-1], default=18) > 1


def _is_mobile_in_groups(match: re.Match) -> bool:
    """Whether this is no row of a table, whose figures have tabs around them too."""
    if "\t" not in match[1]:
        return True
    text, start, end = match.string, match.start(1), match.end(1)
    return "\t" not in text[max(start - 1, 0) : start] + text[end : end + 1]


def _is_mobile_as_headed(match: re.Match) -> bool:
    """Whether a word such as 电话 is the head of a phone, and of no row or column."""
    text, start = match.string, match.start(1)
    head = text[match.start() : start]
    if "\n" in head:
        # The last head of a table stands above the first figures of its next row.
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if _CELL_END.search(before):
            return False
    groups = list(_GROUP.finditer(match[1]))
    if len(groups) in (1, 11):
        return True
    # A row goes on behind the same mark; so does a list of phones.
    gap = re.escape(match[1][groups[-2].end() : groups[-1].start()])
    row = re.compile(rf"\d+(?:{gap}\d+)*", re.ASCII).match(text, start)[0]
    if not _MOBILES_DIGITS.fullmatch(_NOT_DIGIT.sub("", row)):
        return False
    if "\n" not in head and _NAMES_NUMBER.search(head):
        return True
    # No figure begins with a nought.
    return any(group[0].startswith("0") for group in groups)


def _parts_of(match: re.Match) -> Iterator[tuple[int, int, str, str]]:
    """Yield the numbers that were written without anything between them."""
    run, place, parts = match[1].upper(), 0, []
    while place < len(run):
        if is_id_number(run[place : place + 18]):
            kind, size = ID_NUMBER, 18
        elif _MOBILE_DIGITS.match(run, place):
            kind, size = MOBILE, 11
        else:
            return
        start = match.start(1) + place
        parts.append((start, start + size, kind, run[place : place + size]))
        place += size
    yield from parts
