"""Roster files for tests: rows of people as workbooks and CSV files of every kind."""

import csv
import io

import xlsxwriter

from communities.identity import check_digit
from communities.roster.layout import BY_KEY, TITLES, title_word


def card(number: int, born: str = "19530228", is_male: bool = True) -> str:
    """Return a sound ID number; below 500 each number gives another one."""
    body = f"330381{born}{number * 2 + is_male:03d}"
    return body + check_digit(body)


def person(name="张三", **cells) -> dict[str, object]:
    """Return the cells of a row by column: a head of household in Donghu."""
    about = {
        "name": name,
        "id_number": "",
        "number": "0001",
        "relation": "户主",
        "community": "东湖社区",
        "grid": "01网格",
    }
    return about | cells


def heads_of(people: list[dict]) -> list[str]:
    """Return the titles of the columns that the rows use, in their order."""
    keys = dict.fromkeys(key for one in people for key in one)
    return [BY_KEY[key].title for key in keys]


def table(people: list[dict], heads: list[str] | None = None) -> list[list]:
    """Return header and rows as a table."""
    heads = heads or heads_of(people)
    keys = [TITLES.get(title_word(head)) for head in heads]
    return [heads, *[[one.get(key, "") for key in keys] for one in people]]


def workbook(*sheets, names=()) -> bytes:
    """Return an XLSX file; each sheet is a table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, rows in enumerate(sheets):
            sheet = book.add_worksheet(names[at] if at < len(names) else None)
            for line, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    put(sheet, line, column, cell, day)
    return buffer.getvalue()


def put(sheet, line: int, column: int, cell, day) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, column, cell)
    elif hasattr(cell, "isoformat"):
        sheet.write_datetime(line, column, cell, day)
    else:
        sheet.write(line, column, cell)


def roster(*people, **kwargs) -> bytes:
    """Return an XLSX file with these people."""
    return workbook(table(list(people), **kwargs), names=("居民名册",))


def as_csv(people: list[dict], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """Return a CSV file with these people."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(table(people))
    return text.getvalue().encode(encoding)
