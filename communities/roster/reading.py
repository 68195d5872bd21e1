"""The rows of a roster file, read and checked in a child process.

    for item in stream_limited("communities.roster.reading.items", path, kind, today):
        ("sheet", name, {"note": …, "unknown": […], "failed": ("missing", "户号")})
        ("row", line, values, problems)

With `raw` the rows come as they stand in the file: ("row", line, cells, ()).
"""

import csv
import gc
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from communities.roster.layout import (
    CSV_SHEET,
    BadHeader,
    is_explanation,
    is_header,
    slots_of,
)
from communities.roster.people import RowCheck
from communities.roster.pieces import (
    PIECE,
    Uncut,
    members_of,
    retold,
    rows_in_pieces,
)
from communities.roster.valueless import MARKS
from toolkit.formulas import MARK, meant

HEADER_WITHIN = 10
ROWS_AT_ONCE = 500
MOST_ROWS = 300_000
MOST_COLUMNS = 200
# What a spreadsheet allows; other programs write longer ones.
LONGEST_NAME = 31
ENCODINGS = ("utf-8-sig", "gb18030")


class TooLarge(Exception):  # noqa: N818
    """More rows or columns than a roster has."""


def items(path: str, kind: str, today: str, raw: bool = False) -> Iterator[tuple]:
    """Yield the sheets of the file, each followed by its rows."""
    # Rows hold no cycles; looking for some takes a fifth of the time.
    gc.disable()
    day = date.fromisoformat(today)
    sheets = workbook_sheets if kind == "xlsx" else csv_sheet
    for name, is_visible, rows in sheets(Path(path)):
        if raw:
            yield "sheet", name, {}
            yield from (("row", line, cells, ()) for line, cells in rows)
        elif not is_visible:
            yield "sheet", name, {"note": "hidden"}
        else:
            yield from checked_rows(name, rows, day)


def checked_rows(name: str, rows: Iterator, today: date) -> Iterator[tuple]:
    """Yield the sheet with what its header says, then its rows."""
    head = next(
        (cells for _line, cells in islice(rows, HEADER_WITHIN) if is_header(cells)),
        None,
    )
    if head is None:
        yield "sheet", name, {"note": "no_header"}
        return
    try:
        slots, unknown = slots_of(head)
    except BadHeader as bad:
        yield "sheet", name, {"failed": bad.args}
        return
    yield "sheet", name, {"unknown": unknown}
    check = RowCheck(slots, today)
    for numbered in batches(rows):
        if is_first := bool(numbered) and head is not None:
            head = None
        if is_first and is_explanation(numbered[0][1], slots):
            del numbered[0]
        filled = [(line, cells) for line, cells in numbered if any(map(says, cells))]
        read = check.rows([cells for _line, cells in filled])
        for (line, cells), (values, problems) in zip(filled, read, strict=True):
            if problems and is_beside(cells, values, problems):
                continue
            yield "row", line, values, problems


def is_beside(cells: list, values: list, problems: list) -> bool:
    """Whether all that a row holds is a failed formula in a column that is not read.

    A formula that somebody drew down past the last person says nothing of one.
    """
    if any(values) or any(code != "required" for _key, code, _detail in problems):
        return False
    return not MARKS.keys().isdisjoint(cells)


def says(cell: object) -> object:
    """Whether a cell holds more than blanks."""
    return cell.strip() if type(cell) is str else cell


def batches(rows: Iterator) -> Iterator[list]:
    """Yield the rows some at a time."""
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield some


def workbook_sheets(
    path: Path, piece: int = PIECE
) -> Iterator[tuple[str, bool, Iterator]]:
    """Yield name, visibility and numbered rows of every sheet of a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    metas = book.sheets_metadata
    large = members_of(path, piece)
    if large:
        # Beside a piece, all strings of the workbook would be in memory twice.
        book.close()
    for meta in metas:
        rows = None
        if member := large.get(meta.name):
            rows = begun(rows_in_pieces(path, member, meta.name, check_size, piece))
        if rows is None:
            again = CalamineWorkbook.from_path(str(path)) if large else book
            rows = whole_rows(again, path, meta.name)
            del again
        is_visible = meta.visible == SheetVisibleEnum.Visible
        yield meta.name[:LONGEST_NAME], is_visible, rows
        del rows


def begun(rows: Iterator) -> Iterator | None:
    """Return the rows of a large sheet, None if it has to be read whole."""
    try:
        return chain(list(islice(rows, 1)), rows)
    except Uncut:
        return None


def whole_rows(
    book: CalamineWorkbook, path: Path, name: str
) -> Iterator[tuple[int, list]]:
    """Return the numbered rows of a sheet that is read whole."""
    sheet = retold(path, name) or book.get_sheet_by_name(name)
    check_size(sheet.total_height, sheet.total_width)
    # A sheet whose first columns are empty begins further right.
    blank = [""] * (sheet.start[1] if sheet.start else 0)
    return (
        (line, blank + cells if blank else cells)
        for line, cells in enumerate(sheet.iter_rows(), start=1)
    )


def csv_sheet(path: Path) -> Iterator[tuple[str, bool, Iterator]]:
    """Yield the one sheet of a CSV file in UTF-8, UTF-16 with its mark, or GB18030."""
    with path.open(encoding=encoding_of(path), newline="") as file:
        sample = file.read(64 * 1024)
        file.seek(0)
        separator = max(",;\t", key=sample.partition("\n")[0].count)
        yield CSV_SHEET, True, csv_rows(csv.reader(file, delimiter=separator))


def csv_rows(reader) -> Iterator[tuple[int, list[str]]]:
    """Yield the numbered rows; what an export has marked as text reads as it was."""
    for number, cells in enumerate(reader, start=1):
        check_size(number, len(cells))
        yield number, [meant(cell) if cell[:1] == MARK else cell for cell in cells]


def encoding_of(path: Path) -> str:
    """Return the encoding in which all of the file can be read."""
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding) as file:
                while file.read(1024 * 1024):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnicodeError("neither UTF-8 nor GB18030")


def check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise TooLarge(f"{rows} x {columns}")
