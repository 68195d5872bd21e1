"""A large sheet is read a piece at a time, and says what it says read whole."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineError

from communities.roster import pieces
from communities.roster.pieces import Disorder, Uncut, members_of, rows_in_pieces
from communities.roster.reading import TooLarge, check_size, workbook_sheets
from tests.communities.roster_files import workbook
from tests.communities.spoilt_files import SHEET, STRINGS, repacked

SMALL = 2000
ROWS = 400
WHOLE = 2**40
CELLS = [
    "张三",
    "A&B <c> \"d\" 'e'",
    " 两边有空格 ",
    "换\n行",
    12.0,
    0.5,
    True,
    date(1953, 2, 28),
    datetime(1953, 2, 28, 6, 30),
]


@pytest.fixture(autouse=True)
def small_reads(monkeypatch):
    """Have the part read in small bites, as a large one would be."""
    monkeypatch.setattr(pieces, "READ", 500)


def mixed(strings: bool = True, days_since_1904: bool = False) -> bytes:
    """Return a workbook with cells of every kind, blank rows, and a first column blank.

    With `strings` texts stand in a part of their own, as office programs write them.
    """
    buffer = io.BytesIO()
    options = {"constant_memory": not strings, "date_1904": days_since_1904}
    with xlsxwriter.Workbook(buffer, {"in_memory": True} | options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("第一张 & 二")
        for line in range(3, ROWS):
            if line % 90 < 5:
                continue
            for at, cell in enumerate(CELLS):
                if (line + at) % 7 == 0:
                    continue
                if isinstance(cell, date):
                    sheet.write_datetime(line, at + 1, cell, day)
                elif cell == "张三":
                    sheet.write_string(line, at + 1, f"{cell}{line}")
                else:
                    sheet.write(line, at + 1, cell)
        sheet.merge_range(ROWS, 1, ROWS, 3, "合并")
        book.add_worksheet("第二张").write_string(0, 0, "小表")
    return buffer.getvalue()


def rows_of(tmp_path, data: bytes, piece: int) -> list[tuple[str, list]]:
    """Return the sheets with their filled rows; blanks on the right say nothing."""
    path = tmp_path / "file.xlsx"
    path.write_bytes(data)
    sheets = []
    for name, _is_visible, rows in workbook_sheets(path, piece):
        filled = [(line, stripped(cells)) for line, cells in rows if any(cells)]
        sheets.append((name, filled))
    return sheets


def stripped(cells: list) -> list:
    while cells and cells[-1] == "":
        cells = cells[:-1]
    return [(type(cell), cell) for cell in cells]


def texts_inside(body: bytes) -> bytes:
    """Return a sheet with one text written as raw text that looks like a row."""
    cell = b'<c r="A200" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c>'
    return re.sub(rb'(<row r="200"[^>]*>)', rb"\1" + cell, body)


def commented(body: bytes) -> bytes:
    return re.sub(rb'(<row r="200"[^>]*>)', rb"<!-- </row> -->\1", body)


def unnumbered(body: bytes) -> bytes:
    """Return a sheet whose rows and cells carry no numbers, which is allowed."""
    return re.sub(rb'(<(?:row|c)) r="\w+"', rb"\1", body)


def prefixed(body: bytes) -> bytes:
    """Return a sheet whose elements bear the prefix of their namespace."""
    body = re.sub(rb"<(/?)(?!\?)", rb"<\1x:", body)
    return body.replace(b"xmlns=", b"xmlns:x=", 1)


def single_quoted(body: bytes) -> bytes:
    return body.replace(b'"', b"'")


@pytest.mark.parametrize("strings", [True, False])
@pytest.mark.parametrize("since_1904", [True, False])
def test_pieces_say_what_the_whole_says(tmp_path, strings, since_1904):
    data = mixed(strings, since_1904)
    whole = rows_of(tmp_path, data, WHOLE)
    assert rows_of(tmp_path, data, SMALL) == whole
    assert len(whole[0][1]) > 300
    assert members_of(tmp_path / "file.xlsx", SMALL)


def test_a_sheet_is_cut_into_many_pieces(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(mixed(strings=False))
    with zipfile.ZipFile(path) as archive, archive.open(SHEET) as stream:
        longest = [len(piece) for piece in pieces.cut(stream, SMALL)]
    assert len(longest) > 10
    assert max(longest) < 4 * SMALL


@pytest.mark.parametrize(
    "written", [texts_inside, commented, unnumbered, prefixed, single_quoted]
)
def test_unusual_ways_to_write_a_sheet_say_the_same(tmp_path, written):
    data = repacked({SHEET: written}, of=mixed(strings=False))
    whole = rows_of(tmp_path, data, WHOLE)
    assert rows_of(tmp_path, data, SMALL) == whole
    assert len(whole[0][1]) > 300


def test_a_piece_gets_the_texts_that_it_names(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook([[f"{n % 7}", f"{n} <&>"] for n in range(900)]))
    with zipfile.ZipFile(path) as archive:
        strings = pieces.Strings(archive.read(STRINGS))
        with archive.open(SHEET) as stream:
            texts = [strings.beside(piece)[1] for piece in pieces.cut(stream, SMALL)]
    assert max(map(len, texts)) < len(strings.part) / 5
    assert all(
        text.count(b"<si>") == len(set(text.split(b"<si>"))) - 1 for text in texts
    )


def other_order(body: bytes) -> bytes:
    """Return a sheet whose cells name their kind before their place."""
    changed = re.sub(rb'<c (r="\w+"(?: s="\d+")?) t="s">', rb'<c t="s" \1>', body)
    assert changed != body
    return changed


def other_order_at_last(body: bytes) -> bytes:
    early, late = body[: len(body) // 2], body[len(body) // 2 :]
    return early + other_order(late)


def named_text(body: bytes) -> bytes:
    """Return texts that look like the end of one, and empty ones."""
    return body.replace(b"</si>", b"<!-- </si> --></si>", 1)


@pytest.mark.parametrize(
    ("part", "written"),
    [(SHEET, other_order), (SHEET, other_order_at_last), (STRINGS, named_text)],
)
def test_unusual_ways_to_name_a_text_say_the_same(tmp_path, part, written):
    data = repacked({part: written}, of=mixed())
    whole = rows_of(tmp_path, data, WHOLE)
    assert rows_of(tmp_path, data, SMALL) == whole
    assert len(whole[0][1]) > 300


def test_a_part_that_breaks_off_is_refused(tmp_path):
    data = repacked({SHEET: lambda body: body[: len(body) * 2 // 3]}, of=mixed(False))
    for piece in (SMALL, WHOLE):
        with pytest.raises(CalamineError):
            rows_of(tmp_path, data, piece)


def test_rows_in_disorder_are_refused(tmp_path):
    early = (
        b'<row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    data = repacked(
        {SHEET: lambda body: body.replace(b"</sheetData>", early)}, of=mixed(False)
    )
    with pytest.raises(Disorder):
        rows_of(tmp_path, data, SMALL)


def test_too_many_columns_far_down_are_refused(tmp_path):
    far = b'<row r="900"><c r="ZZ900"><v>1</v></c></row></sheetData>'
    data = repacked(
        {SHEET: lambda body: body.replace(b"</sheetData>", far)}, of=mixed(False)
    )
    with pytest.raises(TooLarge):
        rows_of(tmp_path, data, SMALL)


def test_a_sheet_that_cannot_be_cut_for_long_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "LONGEST_PIECE", 3 * SMALL)
    data = repacked({SHEET: commented}, of=mixed(False))
    path = tmp_path / "file.xlsx"
    path.write_bytes(data)
    [(name, member)] = members_of(path, SMALL).items()
    with pytest.raises(Uncut):
        list(rows_in_pieces(Path(path), member, name, check_size, SMALL))
