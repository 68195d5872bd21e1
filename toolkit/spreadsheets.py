"""Lists as files: XLSX and CSV that Excel opens and never runs as formulas."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkit.formats import yes_no
from toolkit.formulas import inert
from toolkit.xlsx import HEAD, XlsxFile

WIDTH, LABEL_WIDTH, FACT_WIDTH = 16, 14, 60


@dataclass(frozen=True)
class Format:
    """A form in which a list leaves: its name, its files, the function that writes."""

    label: str
    extension: str
    media_type: str
    write: Callable


@dataclass(frozen=True)
class Table:
    """A further table of a file: its title, its heads and its rows."""

    title: str
    heads: list[str]
    rows: list[list]


def write_csv(
    path: Path,
    heads: list[str],
    rows: Iterable[list],
    facts: dict,
    further: Iterable[Table] = (),
    encoding: str = "utf-8-sig",
) -> int:
    """Write a CSV; with its mark, Excel reads it as UTF-8. Return the row count.

    GB18030 holds all of Unicode, so that no name is lost in it. Further tables follow
    after an empty line, each under its title.
    """
    count = 0
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for row in rows:
            writer.writerow([inert(as_text(cell)) for cell in row])
            count += 1
        for table in further:
            for row in ([], [table.title], table.heads, *table.rows):
                writer.writerow([inert(as_text(cell)) for cell in row])
    return count


def write_xlsx(
    path: Path,
    heads: list[str],
    rows: Iterable[list],
    facts: dict,
    further: Iterable[Table] = (),
) -> int:
    """Write an XLSX in constant memory: the list, and who took it away why.

    Each further table has a sheet of its own. Text stays text (no formulas, no links),
    dates are dates. Return the row count.
    """
    widths, footer = [WIDTH] * len(heads), "  ".join(map(str, facts.values()))[:200]
    with XlsxFile(path) as book:
        with book.sheet(_("名单"), widths=widths, frozen=1, footer=footer) as sheet:
            sheet.row(heads, HEAD)
            for row in rows:
                sheet.row(row)
            count = sheet.count - 1
        for table in further:
            write_sheet(book, table)
        with book.sheet(_("说明"), widths=[LABEL_WIDTH, FACT_WIDTH]) as about:
            for label, value in facts.items():
                about.row([str(label), str(value)])
            about.row([_("行数"), count])
    return count


def write_sheet(book: XlsxFile, table: Table) -> None:
    """Write a further table into a workbook."""
    widths = [WIDTH] * len(table.heads)
    with book.sheet(table.title, widths=widths, frozen=1) as sheet:
        sheet.row(table.heads, HEAD)
        for row in table.rows:
            sheet.row(row)


def as_text(cell) -> str:
    """Return a cell of a text file: days and moments as ISO, nothing as empty."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return yes_no(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


FORMATS = {
    "xlsx": Format(
        gettext_lazy("Excel（.xlsx）"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    "csv": Format(
        gettext_lazy("CSV（UTF-8）"), "csv", "text/csv; charset=utf-8", write_csv
    ),
    # For programs of the office that know no other.
    "csv-gb18030": Format(
        gettext_lazy("CSV（GB18030）"),
        "csv",
        "text/csv; charset=gb18030",
        partial(write_csv, encoding="gb18030"),
    ),
}
