"""Cells of a workbook as XML. Text stays text: nothing is a formula or a link."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType
from xml.sax.saxutils import escape

from toolkit.formats import yes_no

# Numbers of the cell formats in parts.STYLES.
PLAIN, HEAD, DAY, MOMENT, MARKED, QUIET = range(6)
LONGEST_TEXT = 32_767
# Whole numbers beyond it lose digits in a spreadsheet and are written as text.
EXACT = 10**15
DAY_ZERO = datetime(1899, 12, 30)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def text_cell(value: str) -> str:
    """Return the text of a cell as XML, without what XML cannot hold."""
    if value.isalnum():
        return value
    clean = _UNFIT.sub("", value[:LONGEST_TEXT])
    return escape(_ESCAPED.sub("_x005F_", clean)).replace("\r", "_x000D_")


def serial(value: date | datetime) -> float | int:
    """Return the number by which workbooks know a day or a moment."""
    if isinstance(value, datetime):
        gone = value.replace(tzinfo=None) - DAY_ZERO
        return gone.days + gone.seconds / 86_400
    return value.toordinal() - DAY_ZERO.toordinal()


def column_letters(number: int) -> str:
    """Return the letters of a column that counts from 0: A, Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = LETTERS[rest] + letters
    return letters


def string_cell(place: str, value: str, style: int) -> str:
    if not value:
        return ""
    look = f' s="{style}"' if style else ""
    text = text_cell(value)
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{place}"{look} t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def number_cell(place: str, value, style: int) -> str:
    if value != value or not -EXACT < value < EXACT:
        return string_cell(place, str(value), style)
    look = f' s="{style}"' if style else ""
    return f'<c r="{place}"{look}><v>{value}</v></c>'


def day_cell(place: str, value: date, style: int) -> str:
    return f'<c r="{place}" s="{style or DAY}"><v>{serial(value)}</v></c>'


def moment_cell(place: str, value: datetime, style: int) -> str:
    return f'<c r="{place}" s="{style or MOMENT}"><v>{serial(value)}</v></c>'


def empty_cell(place: str, value, style: int) -> str:
    return ""


def other_cell(place: str, value, style: int) -> str:
    """Write a value of any other type as its text; subclasses as their base."""
    for kind in (str, int, float, datetime, date):
        if isinstance(value, kind):
            return WRITERS[kind](place, kind(value) if kind is str else value, style)
    return string_cell(place, str(value), style)


def marked_cell(place: str, value) -> str:
    """Write a cell that is set off, also where it is empty."""
    if value in ("", None):
        return f'<c r="{place}" s="{MARKED}"/>'
    if isinstance(value, date):
        return string_cell(place, str(value), MARKED)
    return (WRITERS.get(type(value)) or other_cell)(place, value, MARKED)


def truth_cell(place: str, value: bool, style: int) -> str:
    """Write yes or no, as a page does."""
    return string_cell(place, yes_no(value), style)


WRITERS = {
    str: string_cell,
    int: number_cell,
    float: number_cell,
    Decimal: number_cell,
    bool: truth_cell,
    date: day_cell,
    datetime: moment_cell,
    time: lambda place, value, style: string_cell(place, f"{value:%H:%M}", style),
    NoneType: empty_cell,
}
