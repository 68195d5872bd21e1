"""Rows of a roster as values in the order of the columns, with what is wrong in them.

    for values, problems in check.rows(cells_of_rows):
        values[SLOT["name"]], problems        # problems: (column key, code, detail)

A value is "" where the cell is empty or the column is not there: such a cell leaves
what is stored. Works column by column, since most columns of a roster hold few
different cells. Runs in the child, without settings.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from communities.identity import (
    MASK,
    UNKNOWN_SEX,
    check_id,
    normalise_id,
    plain,
)
from communities.roster.cells import Bad, readers
from communities.roster.layout import KEYS, REQUIRED, SLOT
from communities.roster.valueless import MARKS

CARD, NO_DOCUMENT = "111", "999"
# Documents that bear the number of GB 11643.
CARDS = frozenset({CARD, "112", "113", "801", "802", "803"})
SEXES = frozenset({"1", "2"})
FEWEST, MOST = 5, 20
_DOCUMENT = re.compile("[A-Z0-9]+")
DOOR = [SLOT[key] for key in ("door", "block", "staircase", "room")]
ID, KIND, SEX, BIRTH = (SLOT[k] for k in ("id_number", "id_kind", "sex", "birth_on"))
LANE = SLOT["lane"]
NEEDED = [(SLOT[column.key], column.key) for column in REQUIRED]
MOST_SEEN = 20_000

Problem = tuple[str, str, str]


class RowCheck:
    """Reads the rows of one sheet by the columns that its header has."""

    def __init__(self, slots: dict[int, int], today: date):
        self.read = readers(today)
        self.today = today
        self.position = {slot: position for position, slot in slots.items()}
        # What each column's reader made of cells seen before; "" is an empty cell.
        self.seen: dict[int, dict] = {slot: {"": ""} for slot in self.position}

    def rows(self, rows: list[list]) -> Iterator[tuple[list, list[Problem]]]:
        """Yield the values of each row by slot, and its problems."""
        columns = list(zip_longest(*rows, fillvalue=""))
        problems: dict[int, list[Problem]] = {}
        values = [self.column(slot, columns, len(rows), problems) for slot in SLOTS]
        for slot, key in NEEDED:
            if "" in values[slot]:
                self.check_required(values[slot], key, problems)
        for number, row in enumerate(map(list, zip(*values, strict=True))):
            if row[ID] != "":
                self.check_document(row, problems.setdefault(number, []))
            if row[LANE] == "" and any(row[slot] for slot in DOOR):
                problems.setdefault(number, []).append(("lane", "lane", ""))
            yield row, problems.get(number, [])

    def column(self, slot: int, columns: list, size: int, problems: dict) -> list:
        """Return the values of a column; what cannot be used is "" and a problem."""
        position = self.position.get(slot)
        if position is None or position >= len(columns):
            return [""] * size
        cells = columns[position]
        if slot == ID:
            return self.numbers(cells, problems)
        seen = self.seen[slot]
        values = list(map(seen.get, cells))
        if None in values:
            for number, value in enumerate(values):
                if value is None:
                    told = self.fresh(slot, cells[number], seen)
                    if isinstance(told, Bad):
                        problem = (KEYS[slot], told.code, told.detail)
                        problems.setdefault(number, []).append(problem)
                    values[number] = "" if isinstance(told, Bad) else told
        return values

    @staticmethod
    def numbers(cells: tuple, problems: dict) -> list:
        """Return ID numbers as they are: what they may be depends on the document."""
        numbers = list(cells)
        for mark, code in MARKS.items():
            while mark in numbers:
                at = numbers.index(mark)
                numbers[at] = ""
                problems.setdefault(at, []).append(("id_number", code, ""))
        return numbers

    def fresh(self, slot: int, cell: object, seen: dict) -> object:
        """Return what a cell means that was not seen before, or the Bad it is."""
        try:
            value = self.read[KEYS[slot]](cell)
        except Bad as bad:
            return bad
        if len(seen) >= MOST_SEEN:
            # What recurs is mostly near: a household, a lane.
            seen.clear()
            seen[""] = ""
        seen[cell] = value
        return value

    @staticmethod
    def check_required(column: list, key: str, problems: dict) -> None:
        for number, value in enumerate(column):
            told = problems.setdefault(number, []) if value == "" else ()
            if value == "" and not any(key == one[0] for one in told):
                told.append((key, "required", ""))

    def check_document(self, values: list, problems: list[Problem]) -> None:
        """Read the number by the kind of document; derive sex and birth from a card."""
        cell, kind = values[ID], values[KIND]
        if kind == NO_DOCUMENT:
            problems.append(("id_number", "no_document", ""))
        elif kind in CARDS or (kind == "" and looks_like_card(cell)):
            self.check_card(cell, values, problems)
        elif kind == "":
            problems.append(("id_kind", "kind", ""))
        else:
            values[ID] = number = plain(cell)
            if MASK in number:
                problems.append(("id_number", "masked", ""))
            elif not (FEWEST <= len(number) <= MOST and _DOCUMENT.fullmatch(number)):
                problems.append(("id_number", "document", ""))

    def check_card(self, cell, values: list, problems: list[Problem]) -> None:
        found = check_id(cell, self.today)
        if found.error is not None:
            problems.append(("id_number", f"id_{found.error.code}", ""))
            return
        values[ID] = found.number
        values[KIND] = values[KIND] or CARD
        born = found.birth_on.isoformat()
        if values[BIRTH] != born and values[BIRTH]:
            problems.append(("birth_on", "birth_differs", ""))
        if values[SEX] != found.sex and values[SEX] in SEXES:
            problems.append(("sex", "sex_differs", ""))
        values[BIRTH] = born
        if found.sex != UNKNOWN_SEX:
            values[SEX] = found.sex


SLOTS = range(len(KEYS))


def looks_like_card(cell: object) -> bool:
    """Whether a number without a kind of document is, or was, that of a card."""
    if not isinstance(cell, str):
        return True
    number = normalise_id(cell)
    return len(number) in (15, 17, 18, 19) or "E+" in number or not number.isalnum()
