"""A roster taken out to be mended and imported again.

It has the columns of the template and the number of each record. What is sealed stays
here: those cells are empty, and an empty cell leaves what is stored.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from communities.codes import LISTS
from communities.roster.homes import written
from communities.roster.layout import COLUMNS, KEYS, LIVING, REGISTRATION, SLOT
from toolkit.spreadsheets import FORMATS
from toolkit.xlsx import HEAD, QUIET, XlsxFile

SEALED = frozenset({"id_number", "phone", "emergency_phone", "health"})
WIDTH, LABEL_WIDTH, FACT_WIDTH = 13, 14, 60
CHUNK = 2000
# Where the value of a column stands, seen from the resident.
PATHS = {
    "number": "household__number",
    "community": "org_unit__community__name",
    "grid": "org_unit__name",
    "lane": "household__building__lane__name",
    "door": "household__building__number",
    "block": "household__building__block",
    "staircase": "household__staircase",
    "room": "household__room",
    "record": "pk",
}
DOOR = tuple(SLOT[key] for key in ("lane", "door", "block", "staircase", "room"))
GRID = SLOT["grid"]
READ = [key for key in KEYS if key not in SEALED]
FURTHER = ("household__address", "org_unit__level")


def write_roster(
    path: Path, residents, facts: dict, tell: Callable, form: str = "xlsx"
) -> int:
    """Write the people of a queryset to a file; return how many there are.

    `facts` say who took it away why; `tell` takes the rows and gives them back, so that
    somebody may follow how far it is. `form` is one of those of any list.
    """
    heads = [column.head for column in COLUMNS]
    explains = [_("填写说明：%(help)s") % {"help": column.help} for column in COLUMNS]
    rows = tell(rows_of(residents))
    if form == "xlsx":
        return write_workbook(path, heads, explains, rows, facts)
    write = FORMATS[form].write
    return write(path, heads, chain([explains], rows), facts) - 1


def names_taken() -> list[str]:
    """Return the heads of the columns that are filled, without their asterisk."""
    filled = [column for column in COLUMNS if column.key not in SEALED]
    return [column.head.rstrip("*") for column in filled]


def write_workbook(path: Path, heads, explains, rows: Iterable, facts: dict) -> int:
    """Write a roster as XLSX, its explanations in grey; return the count of people."""
    with XlsxFile(path) as book:
        widths = [WIDTH] * len(COLUMNS)
        with book.sheet(_("居民名册"), widths=widths, frozen=2) as sheet:
            sheet.row(heads, HEAD)
            sheet.row(explains, QUIET)
            for cells in rows:
                sheet.row(cells)
            count = sheet.count - 2
        with book.sheet(_("说明"), widths=[LABEL_WIDTH, FACT_WIDTH]) as about:
            for label, value in facts.items():
                about.row([str(label), str(value)])
            about.row([_("行数"), count])
    return count


def rows_of(residents) -> Iterator[list]:
    """Yield the cells of each person in a household, in the order of the columns."""
    paths = [PATHS.get(key, key) for key in READ]
    found = residents.exclude(household=None).values_list(*paths, *FURTHER)
    makers = [(SLOT[key], maker_of(key)) for key in READ]
    for *values, address, level in found.iterator(chunk_size=CHUNK):
        cells = [""] * len(KEYS)
        for (slot, make), value in zip(makers, values, strict=True):
            cells[slot] = make(value)
        if level != "grid":
            cells[GRID] = ""
        door = [cells[slot] for slot in DOOR]
        if written(*door) != address:
            # An address in words of its own would come back as another one.
            for slot in DOOR:
                cells[slot] = ""
        yield cells


def maker_of(key: str) -> Callable:
    """Return the function that makes a column's cell out of the stored value."""
    words = WORDS.get(key)
    if words is not None:
        return lambda value: words.get(value, "")
    if key == "birth_on":
        return lambda day: day.isoformat() if day else ""
    return lambda value: "" if value is None else str(value)


def words_of_codes() -> Iterable[tuple[str, dict[str, str]]]:
    """Yield the Chinese word of each code of each column with a code list."""
    for column in COLUMNS:
        if column.code_list:
            codes = LISTS[column.code_list]
            yield column.key, {code: word for code, word, *_more in codes.items}


# What is unknown is no statement and stays empty, but for the relation, which is asked.
WORDS = dict(words_of_codes()) | {
    "living": {value: word for word, value in LIVING.items() if value != "unknown"},
    "registration": {
        value: word for word, value in REGISTRATION.items() if value != "unknown"
    },
}
