"""What a cell of a roster means: a value to store, or the reason why there is none.

    read = readers(today)
    read["id_number"]("330381190001010018")        # the value, or raises Bad

Nothing is guessed: a damaged value is refused. Runs in the child, without settings.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from communities.codes import LISTS, RELATION
from communities.identity import check_phone
from communities.roster import layout
from communities.roster.valueless import MARKS
from toolkit.formulas import is_formula
from toolkit.names import flaw_of
from toolkit.unseen import one_line, seen

# The remaining look of a number cell that a person meant as text: 12.0 is 12.
_WHOLE = 10**15
_HAN_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?"
)
_DAY_OF_EIGHT = re.compile(r"\d{8}", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?(\.0+)?$")
UNKNOWN = "unknown"
_BELOW = re.compile(r"- ?(\d{1,4} ?室?)", re.ASCII)
_NONE = frozenset({"无", "-", "—", "/", "\\", "空"})
EARLIEST = date(1850, 1, 1)
LONGEST_RECORD = 15
PLAIN_TEXT = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")


class Bad(Exception):  # noqa: N818
    """A cell that cannot be used, with the code of the sentence that says why."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def text_of(cell: object) -> str:
    """Return a cell as one line of text; 12.0 of a number cell is "12"."""
    if type(cell) is str:
        if PLAIN_TEXT.fullmatch(cell):
            return cell
        if cell in MARKS:
            raise Bad(MARKS[cell])
        narrow = unicodedata.normalize("NFKC", seen(cell).replace("\0", " "))
        return " ".join(one_line(narrow).split())
    if isinstance(cell, bool):
        raise Bad("boolean")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        # Excel turns 3-2 into the second of March; which was meant nobody knows.
        raise Bad("date_cell")
    return str(cell)


def text(longest: int, fallback: str = "") -> Callable:
    """Return a reader of free text of so many characters that is no formula."""

    def read(cell):
        value = text_of(cell)
        if len(value) > longest:
            raise Bad("long", str(longest))
        if value in _NONE:
            return fallback
        if not value.isalnum() and is_formula(value):
            raise Bad("sign")
        return value

    return read


def name(longest: int) -> Callable:
    """Return a reader of names: no blanks between Chinese characters, no digit."""
    as_text = text(longest)

    def read(cell):
        value = as_text(cell)
        if value.isalpha():
            return value
        value = _HAN_BLANK.sub("", value)
        if flaw_of(value):
            raise Bad("name")
        return value

    return read


def place(longest: int, *suffixes: str) -> Callable:
    """Return a reader of a part of an address, without its fixed suffix."""
    as_text = text(longest + 4)

    def read(cell):
        value = as_text(cell).replace(" ", "")
        for suffix in suffixes:
            if value.endswith(suffix):
                value = value[: -len(suffix)]
                break
        if len(value) > longest:
            raise Bad("long", str(longest))
        return value

    return read


def room(longest: int) -> Callable:
    """Return a reader of rooms; one below ground, such as -101, is no formula."""
    above = place(longest, "室")

    def read(cell):
        found = _BELOW.fullmatch(text_of(cell))
        return "-" + above(found[1]) if found else above(cell)

    return read


def code(list_name: str) -> Callable:
    """Return a reader of a code list; "unknown" is no statement, but an empty cell."""
    known = LISTS[list_name]

    def read(cell):
        found = known.find(text_of(cell))
        if found is None:
            raise Bad("code", list_name)
        return "" if found == known.unknown else found

    return read


def relation(cell: object) -> str:
    """Return the code of the relation to the head, which may be stated as unknown."""
    found = RELATION.find(text_of(cell))
    if found is None:
        raise Bad("code", "relation")
    return found


def choice(key: str, words: dict[str, str]) -> Callable:
    """Return a reader of one of a few words."""
    known = words | layout.OTHER_WORDS[key]

    def read(cell):
        found = known.get(text_of(cell).replace(" ", ""))
        if found is None:
            raise Bad("choice", key)
        return "" if found == UNKNOWN else found

    return read


def phone(cell: object) -> str:
    """Return a phone number in plain digits."""
    if isinstance(cell, float) and not cell.is_integer():
        raise Bad("phone")
    value = text_of(cell)
    if not value or value in _NONE:
        return ""
    checked = check_phone(value)
    if checked.error is not None:
        raise Bad(checked.error.code)
    return checked.number


def day(today: date) -> Callable:
    """Return a reader of birth dates as ISO text; a day to come is refused."""

    def read(cell):
        if isinstance(cell, datetime | date):
            found = cell.date() if isinstance(cell, datetime) else cell
        else:
            found = written_day(_MIDNIGHT.sub("", text_of(cell)).replace(" ", ""))
        if not EARLIEST <= found <= today:
            raise Bad("future" if found > today else "date")
        return found.isoformat()

    return read


def written_day(value: str) -> date:
    """Return the day that a text names in full; two-digit years are refused."""
    if _DAY_OF_EIGHT.fullmatch(value):
        parts = value[:4], value[4:6], value[6:]
    elif found := _DATE.fullmatch(value):
        parts = [part for part in found.groups() if part is not None]
    else:
        raise Bad("date")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise Bad("date") from None


def record(cell: object) -> str:
    """Return the number of a resident's record, which is that of its page."""
    value = text_of(cell)
    if not (value.isdecimal() and value.isascii() and len(value) <= LONGEST_RECORD):
        raise Bad("record")
    return value


def id_number(cell: object) -> object:
    """Return the cell as it is: what it may be depends on the kind of document."""
    return cell


def readers(today: date) -> dict[str, Callable]:
    """Return the reader of every column by its key."""
    made = {
        "name": lambda column: name(column.longest),
        "id_number": lambda column: id_number,
        "code": lambda column: code(column.code_list),
        "relation": lambda column: relation,
        "date": lambda column: day(today),
        "choice": lambda column: choice(column.key, CHOICES[column.key]),
        "phone": lambda column: phone,
        "record": lambda column: record,
        "text": lambda column: text(column.longest),
        "unit": lambda column: text(column.longest),
        "number": lambda column: place(column.longest),
        "place": lambda column: place(column.longest),
        "door": lambda column: place(column.longest, "号"),
        "block": lambda column: place(column.longest, "号楼", "幢", "栋", "座"),
        "staircase": lambda column: place(column.longest, "单元"),
        "room": lambda column: room(column.longest),
    }
    return {column.key: made[column.reader](column) for column in layout.COLUMNS}


CHOICES = {"living": layout.LIVING, "registration": layout.REGISTRATION}
