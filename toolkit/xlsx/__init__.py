"""Workbooks written in one pass and in constant memory, however many rows there are.

    with XlsxFile(path) as book:
        with book.sheet("名单", widths=[16, 20], frozen=1) as sheet:
            sheet.row(["姓名", "住址"], HEAD)
            for row in rows:
                sheet.row(row)
            sheet.comment(3, 0, "请核对")        # row and column count from 0

Text stays text: nothing is ever a formula or a link. Built for long lists of plain
cells; a workbook with validations or charts is xlsxwriter's work. ECMA-376 parts 1, 2.
"""

from toolkit.xlsx.book import Sheet, XlsxFile
from toolkit.xlsx.cells import HEAD, MARKED, QUIET

__all__ = ["HEAD", "MARKED", "QUIET", "Sheet", "XlsxFile"]
