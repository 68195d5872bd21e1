"""A workbook on its way to a file, sheet by sheet and row by row."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from toolkit.xlsx import parts
from toolkit.xlsx.cells import (
    PLAIN,
    WRITERS,
    column_letters,
    marked_cell,
    other_cell,
    text_cell,
)

ROWS_AT_ONCE = 1000
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class XlsxFile:
    """A workbook on its way to a file; sheets are written one after the other."""

    def __init__(self, path: Path):
        self._path = path
        self._sheets: list[tuple[str, bool]] = []

    def __enter__(self) -> "XlsxFile":
        self._zip = ZipFile(self._path, "w", ZIP_DEFLATED, compresslevel=1)
        return self

    def __exit__(self, kind, error, trace) -> None:
        if kind is None:
            self._close()
        self._zip.close()

    @contextmanager
    def sheet(
        self,
        name: str,
        *,
        widths: Iterable[float] = (),
        frozen: int = 0,
        footer: str = "",
    ) -> Iterator["Sheet"]:
        """Give a sheet to write rows into; `frozen` rows stay when one scrolls."""
        number = len(self._sheets) + 1
        with self._zip.open(
            f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True
        ) as part:
            sheet = Sheet(part, list(widths), frozen)
            yield sheet
            sheet.end(footer)
        if sheet.comments:
            self._write_comments(number, sheet.comments)
        self._sheets.append((self._free_name(name), bool(sheet.comments)))

    def _free_name(self, name: str) -> str:
        """Return a name that the workbook does not have yet, at most 31 long."""
        plain = _SHEET_NAME.sub("", name).strip("'")[:31] or "Sheet"
        taken = {known.lower() for known, _has_comments in self._sheets}
        found, number = plain, 1
        while found.lower() in taken:
            number += 1
            found = f"{plain[:27]} {number}"
        return found

    def _add(self, name: str, text: str) -> None:
        self._zip.writestr(name, text)

    def _write_comments(self, number: int, comments: dict) -> None:
        self._add(f"xl/comments{number}.xml", parts.comments_part(comments))
        name = f"vmlDrawing{number}.vml"
        self._add(f"xl/drawings/{name}", parts.drawing(comments))
        links = [
            ("vmlDrawing", f"../drawings/{name}"),
            ("comments", f"../comments{number}.xml"),
        ]
        self._add(f"xl/worksheets/_rels/sheet{number}.xml.rels", parts.relations(links))

    def _close(self) -> None:
        """Write the parts that name all the others."""
        numbers = range(1, len(self._sheets) + 1)
        links = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        links.append(("styles", "styles.xml"))
        self._add("xl/styles.xml", parts.STYLES)
        self._add("xl/_rels/workbook.xml.rels", parts.relations(links))
        self._add("xl/workbook.xml", parts.workbook(self._sheets))
        main = [("officeDocument", "xl/workbook.xml")]
        self._add("_rels/.rels", parts.relations(main))
        self._add("[Content_Types].xml", parts.content_types(self._sheets))


class Sheet:
    """One sheet while it is written."""

    def __init__(self, part, widths: list[float], frozen: int):
        self._part = part
        self._rows: list[str] = []
        self._letters: list[str] = []
        self.count = 0
        self.comments: dict[tuple[int, int], str] = {}
        self._begin(widths, frozen)

    def _begin(self, widths: list[float], frozen: int) -> None:
        pane = (
            f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" '
            f'activePane="bottomLeft" state="frozen"/>'
            if frozen
            else ""
        )
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
            for at, width in enumerate(widths, start=1)
        )
        self._part.write(
            f'{parts.HEAD}<worksheet xmlns="{parts.MAIN}" xmlns:r="{parts.LINKS}">'
            f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
            f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>\n".encode()
        )

    def row(self, cells: list, style: int = PLAIN, marks: frozenset = frozenset()):
        """Write the next row; `marks` are the columns to be set off in colour."""
        self.count += 1
        while len(self._letters) < len(cells):
            self._letters.append(column_letters(len(self._letters)))
        parts = [f'<row r="{self.count}">']
        for letters, cell in zip(self._letters, cells, strict=False):
            write = WRITERS.get(type(cell)) or other_cell
            parts.append(write(f"{letters}{self.count}", cell, style))
        if marks:
            for at in marks:
                place = f"{self._letters[at]}{self.count}" if at < len(cells) else ""
                parts[at + 1 : at + 2] = [marked_cell(place, cells[at])] * bool(place)
        parts.append("</row>\n")
        self._rows.append("".join(parts))
        if len(self._rows) >= ROWS_AT_ONCE:
            self._flush()

    def comment(self, row: int, column: int, text: str) -> None:
        """Add a comment to a cell, behind what it may have already."""
        there = self.comments.get((row, column))
        self.comments[row, column] = f"{there}\n{text}" if there else text

    def _flush(self) -> None:
        self._part.write("".join(self._rows).encode())
        self._rows = []

    def end(self, footer: str) -> None:
        """Write what stands behind the rows: A4 landscape, footer, comments."""
        self._flush()
        said = f"<oddFooter>&amp;C{text_cell(footer)}</oddFooter>" if footer else ""
        drawing = '<legacyDrawing r:id="rId1"/>' if self.comments else ""
        self._part.write(
            f'</sheetData><pageSetup paperSize="9" orientation="landscape"/>'
            f"<headerFooter>{said}</headerFooter>{drawing}</worksheet>".encode()
        )
