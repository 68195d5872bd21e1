"""The cells of a workbook as a reader sees them, hidden sheets included.

    for name, rows in sheets_of(data):
        print(name, line_of(rows[0]))

Called in the child process of toolkit.child only.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime

from python_calamine import CalamineWorkbook

# What no cell holds (ISO/IEC 6429, unit separator).
CELL_END = "\x1f"


def sheets_of(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the name and the rows of each sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        yield name, [list(map(_cell, row)) for row in rows]


def line_of(cells: list[str]) -> str:
    """Return a row; numbers that reach over its cells can be found in it."""
    return "".join(cell + CELL_END for cell in cells)


def _cell(value) -> str:
    """Return a cell as it is read: a phone number typed as a number has no point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).replace("\n", " ")
