"""Lists as files: XLSX and CSV that Excel opens and never runs as formulas."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from toolkit.xlsx import HEAD, XlsxFile

FORMULA_STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r")
CONTROL = dict.fromkeys(i for i in range(32) if i not in (9, 10, 13))
WIDTH, LABEL_WIDTH, FACT_WIDTH = 16, 14, 60


def inert(value):
    """Return a text cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str) or value.isalnum():
        return value
    clean = value.translate(CONTROL)
    if clean.lstrip(" \ufeff").startswith(FORMULA_STARTS):
        return f"'{clean}"
    return clean


def write_csv(path: Path, heads: list[str], rows: Iterable[list], facts: dict) -> int:
    """Write a CSV with a BOM, so that Excel reads it as UTF-8. Return the row count."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for row in rows:
            writer.writerow([inert(as_text(cell)) for cell in row])
            count += 1
    return count


def write_xlsx(path: Path, heads: list[str], rows: Iterable[list], facts: dict) -> int:
    """Write an XLSX in constant memory: the list, and who took it away why.

    Text stays text (no formulas, no links), dates are dates. Return the row count.
    """
    widths, footer = [WIDTH] * len(heads), "  ".join(map(str, facts.values()))[:200]
    with XlsxFile(path) as book:
        with book.sheet(_("名单"), widths=widths, frozen=1, footer=footer) as sheet:
            sheet.row(heads, HEAD)
            for row in rows:
                sheet.row(row)
            count = sheet.count - 1
        with book.sheet(_("说明"), widths=[LABEL_WIDTH, FACT_WIDTH]) as about:
            for label, value in facts.items():
                about.row([str(label), str(value)])
            about.row([_("行数"), count])
    return count


def as_text(cell) -> str:
    """Return a cell of a text file: days and moments as ISO, nothing as empty."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


WRITERS = {"xlsx": write_xlsx, "csv": write_csv}
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
