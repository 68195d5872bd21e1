"""A formula that was never worked out is told, never read as an empty cell."""

import io
import re

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from communities.models import RosterImport
from communities.roster import pieces
from communities.roster.layout import BY_KEY
from communities.roster.reading import items, workbook_sheets
from communities.roster.valueless import ERROR, NO_VALUE
from tests.communities.roster_files import card, person, roster, table, workbook
from tests.communities.roster_steps import checked, said
from tests.communities.spoilt_files import SHEET, repacked
from tests.communities.test_roster_pieces import prefixed, single_quoted

WHOLE, SMALL = 2**40, 2000
TOLD = "这一格是公式，没有算出的值；请在 Excel 里打开、另存一次，或改成数值。"
HEADS = ["id_number", "phone", "name", "number", "relation", "community", "grid"]
TITLES = [BY_KEY[key].title for key in HEADS]


def saved(data: bytes, **formulas) -> bytes:
    """Return a workbook with formulas in some places, as a program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, formula in formulas.items():
        book.worksheets[0][place] = formula
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def people(count: int = 200) -> list[dict]:
    """Return one household with more people than a piece of its sheet holds."""
    relations = ["户主", *["子"] * (count - 1)]
    return [
        person(f"张{'甲乙丙丁'[n % 4]}", id_number=card(n), phone="", relation=one)
        for n, one in enumerate(relations)
    ]


def written(cell: bytes, place: str = "A150") -> bytes:
    """Return a workbook with one cell written in full."""
    old = rb'<c r="%b"[^>]*>.*?</c>' % place.encode()
    new = b'<c r="%b" %b</c>' % (place.encode(), cell)
    data = roster(*people(), heads=TITLES)
    return repacked({SHEET: lambda body: re.sub(old, new, body, count=1)}, of=data)


def cells_of(tmp_path, data: bytes, piece: int) -> list[list]:
    path = tmp_path / "file.xlsx"
    path.write_bytes(data)
    [(_name, _is_visible, rows)] = workbook_sheets(path, piece)
    return [cells for _line, cells in rows]


@pytest.fixture(autouse=True)
def small_reads(monkeypatch):
    """Have the part read in small bites, as a large one would be."""
    monkeypatch.setattr(pieces, "READ", 500)


@pytest.mark.parametrize("piece", [WHOLE, SMALL])
@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        '=IF(1<2,"是","否")&"<f>"',
        ArrayFormula("A150:A151", "=B1:B2"),
    ],
)
def test_a_formula_without_a_value_says_so_where_it_stands(tmp_path, formula, piece):
    data = saved(roster(*people(), heads=TITLES), A150=formula)
    rows = cells_of(tmp_path, data, piece)
    assert [(at, cells.index(NO_VALUE)) for at, cells in marked(rows)] == [(149, 0)]
    assert (
        rows[149][1:]
        == cells_of(tmp_path, roster(*people(), heads=TITLES), WHOLE)[149][1:]
    )


def marked(rows: list[list]) -> list[tuple[int, list]]:
    return [(at, cells) for at, cells in enumerate(rows) if NO_VALUE in cells]


@pytest.mark.parametrize("piece", [WHOLE, SMALL])
@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (b"><f>1+1</f>", NO_VALUE),
        (b"><f>1+1</f><v></v>", NO_VALUE),
        (b"><f>1+1</f><v/>", NO_VALUE),
        (b'><f t="shared" si="0"/><v/>', NO_VALUE),
        (b'><f t="shared" si="0"/>', NO_VALUE),
        (b't="str"><f>A1</f>', NO_VALUE),
        (b"t='n' s='0'><f ca='1'>A1</f> <v> </v> ", NO_VALUE),
        (b't="e"><f>1/0</f><v>#DIV/0!</v>', ERROR),
        (b't="e"><v>#N/A</v>', ERROR),
        (b"><f>1+1</f><v>2</v>", 2.0),
        (b't="str"><f>A1</f><v>x</v>', "x"),
        (b't="str"><f>A1</f><v></v>', ""),
        (b't="inlineStr"><is><t>#N/A</t></is>', "#N/A"),
        (b't="inlineStr"><is><t>f &lt;f></t></is>', "f <f>"),
    ],
)
def test_only_a_cell_without_a_value_says_so(tmp_path, cell, read, piece):
    rows = cells_of(tmp_path, written(cell), piece)
    assert rows[149][0] == read
    assert len(rows) == 201
    assert marked(rows) == ([(149, rows[149])] if read == NO_VALUE else [])


@pytest.mark.parametrize("piece", [WHOLE, SMALL])
@pytest.mark.parametrize("change", [prefixed, single_quoted])
def test_so_it_does_however_the_sheet_is_written(tmp_path, change, piece):
    data = saved(roster(*people(), heads=TITLES), A150="=1+1", C150="=1+1")
    rows = cells_of(tmp_path, repacked({SHEET: change}, of=data), piece)
    [(at, cells)] = marked(rows)
    assert (at, cells[0], cells[2]) == (149, NO_VALUE, NO_VALUE)


def test_a_row_with_such_a_cell_is_an_error_and_nothing_is_guessed(
    lin, donghu, donghu_grid
):
    data = roster(person(), person("李四", relation="子"), heads=TITLES)
    found = checked(saved(data, A2="=1+1", B3="=2+2"), donghu, lin)
    assert said(found) == [f"证件号码：{TOLD}", f"联系电话：{TOLD}"]
    assert found.state == RosterImport.State.REFUSED
    assert found.counts["error"] == 2


def test_a_row_of_such_cells_alone_does_not_vanish(lin, donghu, donghu_grid):
    row = {f"{letter}3": "=1+1" for letter in "ABCDEFG"}
    found = checked(saved(roster(person(), heads=TITLES), **row), donghu, lin)
    assert said(found) == [f"{title}：{TOLD}" for title in sorted(TITLES, key=order)]
    assert found.counts["error"] == 1


def order(title: str) -> int:
    """Return where a column stands among all columns; numbers are told at last."""
    places = [column.title for column in BY_KEY.values()]
    return places.index(title)


def test_a_formula_drawn_down_beside_the_people_makes_no_rows(tmp_path):
    heads, *rows = table([person(), person("李四", relation="子")])
    data = saved(workbook([["年龄", *heads], *[["", *row] for row in rows]]))
    formulas = {f"A{line}": "=1+1" for line in range(2, 40)}
    path = tmp_path / "file.xlsx"
    path.write_bytes(saved(data, **formulas))
    found = list(items(str(path), "xlsx", "2026-11-25"))
    assert [item[1] for item in found if item[0] == "row"] == [2, 3]
    assert not any(item[3] for item in found if item[0] == "row")


def test_whoever_stands_beside_such_a_formula_is_told(tmp_path):
    """A row that says something of a person does not vanish, nor does a remark."""
    heads, zhang = table([person()])
    unnamed = ["" if cell == "张三" else cell for cell in zhang]
    rows = [["年龄", *heads], ["", *zhang], ["", *unnamed], ["外出务工"]]
    path = tmp_path / "file.xlsx"
    path.write_bytes(saved(workbook(rows), A3="=1+1"))
    found = list(items(str(path), "xlsx", "2026-11-25"))
    told = [(item[1], bool(item[3])) for item in found if item[0] == "row"]
    assert told == [(2, False), (3, True), (4, True)]


def test_a_mark_between_two_bites_is_found(tmp_path, monkeypatch):
    """The part is read in bites, and what is looked for may lie across their edge."""
    data = saved(roster(person(), heads=TITLES), A2="=1+1")
    path = tmp_path / "file.xlsx"
    path.write_bytes(data)
    for size in range(1, 4):
        monkeypatch.setattr(pieces, "READ", size)
        assert pieces.retold(path, "居民名册") is not None
