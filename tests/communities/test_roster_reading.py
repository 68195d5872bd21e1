"""What the cells of a roster mean: good ones as stored, damaged ones refused."""

from datetime import date, datetime

import pytest

from communities.codes import SEX
from communities.roster.layout import KEYS, SLOT
from communities.roster.people import RowCheck
from communities.roster.reading import items
from tests.communities.roster_files import (
    as_csv,
    card,
    person,
    roster,
    table,
    workbook,
)

TODAY = date(2026, 11, 25)
SLOTS = dict(enumerate(range(len(KEYS))))
SOUND = card(1)


def read(**cells) -> tuple[dict, list]:
    """Return the values of one row by column, and the codes of its problems."""
    row = [person(**cells).get(key, "") for key in KEYS]
    [(values, problems)] = RowCheck(SLOTS, TODAY).rows([row])
    return dict(zip(KEYS, values, strict=True)), [(k, code) for k, code, _ in problems]


def rows_of(tmp_path, data: bytes, kind: str) -> list[tuple[dict, list]]:
    """Return values and problems of the rows of a file."""
    path = tmp_path / f"file.{kind}"
    path.write_bytes(data)
    found = [item for item in items(str(path), kind, str(TODAY)) if item[0] == "row"]
    return [(dict(zip(KEYS, row, strict=True)), bad) for _r, _line, row, bad in found]


@pytest.mark.parametrize(
    "written",
    [
        SOUND.lower(),
        f" {SOUND} ",
        f"'{SOUND}",
        f"{SOUND[:6]} {SOUND[6:14]} {SOUND[14:]}",
        "".join(chr(ord(digit) + 0xFEE0) for digit in SOUND),
        f"\u200b{SOUND}\ufeff",
    ],
)
def test_an_id_number_is_known_however_it_is_written(written):
    values, problems = read(id_number=written)
    assert problems == []
    assert values["id_number"] == SOUND
    assert values["birth_on"] == "1953-02-28"
    assert values["id_kind"] == "111"


def test_the_last_x_may_be_small_or_wide():
    with_x = next(n for n in map(card, range(200)) if n.endswith("X"))
    for end in ("x", "ｘ", "Ｘ"):
        values, problems = read(id_number=with_x[:-1] + end)
        assert (values["id_number"], problems) == (with_x, [])


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        ("3.30381E+17", "id_scientific"),
        ("3.30381195302e+17", "id_scientific"),
        (3.30381195302281e17, "id_number"),
        (float(SOUND[:17] + "0"), "id_number"),
        (SOUND[:-1], "id_length"),
        (SOUND[:-1] + "?", "id_characters"),
        (SOUND[:-1] + ("1" if SOUND[-1] != "1" else "2"), "id_checksum"),
        ("330381195302300010", "id_birth_date"),
        ("33*************018", "id_masked"),
        ("33＊＊＊＊＊＊＊＊＊＊＊＊＊018", "id_masked"),
    ],
)
def test_a_damaged_id_number_is_refused_and_never_guessed(damaged, why):
    assert ("id_number", why) in read(id_number=damaged)[1]


def test_an_old_card_of_fifteen_digits_gets_its_century():
    values, problems = read(id_number=SOUND[:6] + SOUND[8:17])
    assert (values["id_number"], problems) == (SOUND, [])


def test_sex_and_birth_must_agree_with_the_card():
    problems = read(id_number=SOUND, sex="女", birth_on="1953-02-27")[1]
    assert set(problems) == {("birth_on", "birth_differs"), ("sex", "sex_differs")}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(1953, 2, 28), "1953-02-28"),
        (datetime(1953, 2, 28, 0, 0), "1953-02-28"),
        ("1953-02-28", "1953-02-28"),
        ("1953/2/28", "1953-02-28"),
        ("1953.2.28", "1953-02-28"),
        ("1953年2月28日", "1953-02-28"),
        ("19530228", "1953-02-28"),
        (19530228.0, "1953-02-28"),
        ("１９５３－０２－２８", "1953-02-28"),
        ("1953-02-28 00:00:00", "1953-02-28"),
    ],
)
def test_a_date_is_known_however_it_is_written(cell, day):
    values, problems = read(birth_on=cell)
    assert (values["birth_on"], problems) == (day, [])


@pytest.mark.parametrize(
    "cell",
    ["1953.2.30", "53年2月", "53-2-28", "农历正月初一", "1953-2", "28/2/1953", 0.5]
    + ["1799-01-01", "9999-12-31", True],
)
def test_a_date_that_does_not_exist_or_says_too_little_is_refused(cell):
    [(column, _why)] = read(birth_on=cell)[1]
    assert column == "birth_on"


@pytest.mark.parametrize("number", ["138****1234", "****1234", "0577****5678"])
def test_a_masked_phone_is_refused_as_masked(number):
    assert read(phone=number)[1] == [("phone", "masked")]


def test_a_masked_document_is_refused_as_masked():
    problems = read(id_kind="普通护照", id_number="E1*****678")[1]
    assert problems == [("id_number", "masked")]


@pytest.mark.parametrize(
    "name", ["买买提·吐尔逊", "㐀𠮷𪚥", "𰻝某", "欧阳 修", "Anna Li"]
)
def test_rare_characters_and_long_names_are_kept(name):
    values, problems = read(name=name)
    assert problems == []
    assert values["name"] == name.replace("欧阳 修", "欧阳修")


@pytest.mark.parametrize("name", ["12", "—", "***", "，。"])
def test_what_is_no_name_is_refused(name):
    [(column, _why)] = read(name=name)[1]
    assert column == "name"


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://evil","x")', "@SUM(A1)", "+张三", "-张三", "'=张三", "张三2"]
    + ["张三２", "=张"],
)
def test_neither_a_formula_nor_a_number_is_a_name(name):
    for column in ("name", "emergency_name"):
        assert [key for key, _code in read(**{column: name})[1]] == [column]


@pytest.mark.parametrize("key", ["number", "lane", "door", "block", "staircase"])
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "＝1+1", -1.0, "'=1+1"])
def test_no_short_mark_begins_as_a_formula(key, cell):
    assert (key, "sign") in read(**{"lane": "凤山巷", key: cell})[1]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "@A1", "-1+1", "-A1"])
def test_a_room_is_no_formula_either(cell):
    assert read(lane="凤山巷", room=cell)[1] == [("room", "sign")]


@pytest.mark.parametrize("cell", ["-101", "-101室", -101.0])
def test_a_room_may_lie_below_ground(cell):
    values, problems = read(lane="凤山巷", room=cell)
    assert (values["room"], problems) == ("-101", [])


def test_a_mark_may_hold_what_it_may_not_begin_with():
    values, problems = read(number="0001-2", lane="凤山巷", door="12-1", room="-")
    assert problems == []
    assert (values["number"], values["door"], values["room"]) == ("0001-2", "12-1", "")


def test_what_a_spreadsheet_turned_into_a_date_is_refused():
    assert read(lane="凤山巷", door=date(2026, 3, 2))[1] == [("door", "date_cell")]


def test_empty_cells_say_nothing():
    values, problems = read(sex="", phone=None or "", health="")
    assert problems == []
    assert (values["sex"], values["phone"], values["health"]) == ("", "", "")


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ","),
        ("gb18030", ","),
        ("utf-16", ","),
        ("utf-16", "\t"),
        ("utf-8", ";"),
        ("gbk", "\t"),
    ],
)
def test_csv_is_read_in_the_encodings_of_offices(tmp_path, encoding, separator):
    data = as_csv([person("吴丽君", phone="13800010001")], encoding, separator)
    [(values, problems)] = rows_of(tmp_path, data, "csv")
    assert problems == []
    assert (values["name"], values["phone"]) == ("吴丽君", "13800010001")


def test_csv_with_quotes_and_line_ends_in_a_cell(tmp_path):
    data = as_csv([person('吴"丽"君\n', number="A,1")])
    [(values, _problems)] = rows_of(tmp_path, data, "csv")
    assert (values["name"], values["number"]) == ('吴"丽"君', "A,1")


def test_gb18030_characters_beyond_gbk_are_kept(tmp_path):
    data = as_csv([person("张𠮷")], "gb18030")
    assert rows_of(tmp_path, data, "csv")[0][0]["name"] == "张𠮷"


def test_days_of_a_workbook_are_read_as_days(tmp_path):
    data = roster(person(birth_on=date(1953, 2, 28)))
    assert rows_of(tmp_path, data, "xlsx")[0][0]["birth_on"] == "1953-02-28"


def test_the_row_that_explains_is_no_person(tmp_path):
    heads, *people = table([person()])
    explains = ["填写说明：必填" for _head in heads]
    data = workbook([heads, explains, *people])
    assert [row["name"] for row, _bad in rows_of(tmp_path, data, "xlsx")] == ["张三"]


def test_a_title_above_the_header_and_empty_rows_do_not_matter(tmp_path):
    heads, *people = table([person()])
    data = workbook([["东湖社区居民名册"], [], heads, [], *people, ["", " "]])
    assert [row["name"] for row, _bad in rows_of(tmp_path, data, "xlsx")] == ["张三"]


def test_a_table_that_begins_further_right_and_down(tmp_path):
    rows = [[], [], *[["", "", *cells] for cells in table([person()])]]
    [(values, problems)] = rows_of(tmp_path, workbook(rows), "xlsx")
    assert (values["name"], problems) == ("张三", [])


def test_columns_left_out_leave_what_is_stored(tmp_path):
    [(values, _bad)] = rows_of(tmp_path, roster(person()), "xlsx")
    assert {values[key] for key in KEYS if key not in person()} == {""}


def test_unknown_is_no_statement():
    values, problems = read(sex=SEX.label(SEX.unknown))
    assert (values["sex"], problems) == ("", [])
    assert SLOT["sex"] < len(KEYS)
