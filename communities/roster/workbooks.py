"""Workbooks of the roster import: the template, and a file with comments in it."""

from collections import defaultdict
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.codes import LISTS, SELF
from communities.roster import layout
from communities.roster.planning import Plan
from communities.roster.running import MEMORY_MB, READER, SECONDS, RosterFile
from communities.roster.sentences import sentence
from toolkit.child import stream_limited
from toolkit.xlsx import Sheet, XlsxFile

ROWS_OF_TEMPLATE = 5000
LISTS_SHEET = "代码表"


def write_template() -> bytes:
    """Return the workbook to fill in: titles, explanations, lists to choose from."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("居民名册"))
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E4EFE9"})
        needed = book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#E4EFE9", "font_color": "#B03A2E"}
        )
        quiet = book.add_format(
            {"italic": True, "font_color": "#667066", "text_wrap": True, "font_size": 9}
        )
        # Text format keeps the last digits of ID numbers.
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(layout.TEMPLATE) - 1, 14, text)
        sheet.freeze_panes(2, 1)
        sheet.set_row(1, 32)
        for at, column in enumerate(layout.TEMPLATE):
            sheet.write_string(
                0, at, column.head, needed if column.is_required else head
            )
            sheet.write_string(
                1, at, _("填写说明：%(help)s") % {"help": column.help}, quiet
            )
        add_lists(book, sheet)
    return buffer.getvalue()


def add_lists(book, sheet) -> None:
    """Add a sheet with the code lists, and let cells be chosen from them."""
    lists = book.add_worksheet(LISTS_SHEET)
    for at, column in enumerate(layout.TEMPLATE):
        words = words_of(column)
        if not words:
            continue
        lists.write_string(0, at, column.title)
        for line, word in enumerate(words, start=1):
            lists.write_string(line, at, word)
        letters = xlsxwriter.utility.xl_col_to_name(at)
        sheet.data_validation(
            2,
            at,
            ROWS_OF_TEMPLATE,
            at,
            {
                "validate": "list",
                "source": f"={LISTS_SHEET}!${letters}$2:${letters}${len(words) + 1}",
                # Other spellings that the import understands may be typed.
                "error_type": "warning",
                "error_title": _("不在列表里"),
                "error_message": _("请从列表选；确要保留请点“是”。"),
            },
        )


def words_of(column: layout.RosterColumn) -> list[str]:
    """Return the words to choose from in a column, none for free text."""
    if column.code_list:
        names = {code: name for code, name, *_more in LISTS[column.code_list].items}
        if column.key == "relation":
            # Read as 户主; one word for one thing is offered.
            del names[SELF]
        return list(names.values())
    choices = {"living": layout.LIVING, "registration": layout.REGISTRATION}
    return list(choices.get(column.key, ()))


def write_marked(path: Path, file: RosterFile, plan: Plan) -> None:
    """Write the file once more, every bad cell in colour and with its comment."""
    troubles: dict[tuple[str, int], list] = defaultdict(list)
    for one in plan.problems:
        troubles[plan.sheets[one.sheet], one.line].append(one)
    with XlsxFile(path) as book:
        marker = None
        for kind, *item in raw_items(file):
            if kind == "sheet":
                if marker is not None:
                    marker.close()
                marker = Marker(book, item[0], troubles)
            else:
                marker.row(*item[:2])
        if marker is not None:
            marker.close()
    path.chmod(0o600)


def raw_items(file: RosterFile):
    """Yield the sheets and rows of a file as they stand in it."""
    return stream_limited(
        READER,
        str(file.path),
        file.kind,
        timezone.localdate().isoformat(),
        True,
        memory_mb=MEMORY_MB,
        seconds=SECONDS,
    )


class Marker:
    """Writes one sheet again, with comments."""

    def __init__(self, book: XlsxFile, name: str, troubles: dict):
        self._opened = book.sheet(name)
        self.sheet: Sheet = self._opened.__enter__()
        self.name, self.troubles = name, troubles
        self.at: dict[str, int] = {}

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def row(self, line: int, cells: list) -> None:
        """Write a row and the comments on it."""
        while self.sheet.count < line - 1:
            self.sheet.row([])
        if not self.at and layout.is_header(cells):
            for position, cell in enumerate(cells):
                key = layout.TITLES.get(layout.title_word(cell))
                self.at.setdefault(key, position)
        troubles = self.troubles.get((self.name, line), ())
        # A column that is not there is commented at the beginning of the row.
        places = [(self.at.get(one.key, 0), one) for one in troubles]
        marks = frozenset(place for place, _one in places)
        if marks:
            cells = [*cells, *[""] * (max(marks) + 1 - len(cells))]
        self.sheet.row(cells, marks=marks)
        for place, one in places:
            said = sentence(one.key, one.code, one.detail)
            self.sheet.comment(line - 1, place, said)
