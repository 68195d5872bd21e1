"""The template that is filled in, and the file that comes back with comments."""

from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from communities.models import RosterImport
from communities.roster.actions import check_import
from communities.roster.files import has_marked, marked_path
from communities.roster.layout import (
    BY_KEY,
    COLUMNS,
    TEMPLATE,
    is_explanation,
    slots_of,
)
from communities.roster.workbooks import write_template
from tests.communities.roster_files import as_csv, card, person, roster, table, workbook
from tests.communities.roster_steps import checked, committed, handed_in

State = RosterImport.State
ZHANG = person("张三", id_number=card(1))


@pytest.fixture(autouse=True)
def grid(donghu_grid):
    return donghu_grid


def test_a_template_without_people_is_refused(lin, donghu):
    found = handed_in(write_template(), donghu, lin)
    with pytest.raises(ValidationError):
        check_import(found)
    assert found.state == State.REFUSED
    assert "表里没有数据" in found.message
    assert not found.counts


def comments_of(found: RosterImport) -> dict[str, str]:
    """Return the comments of the marked workbook by place."""
    book = openpyxl.load_workbook(marked_path(found))
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_the_template_has_every_column_with_what_to_fill_in():
    sheet = openpyxl.load_workbook(BytesIO(write_template())).worksheets[0]
    heads, explains = ([cell.value for cell in row] for row in sheet["A1:AA2"])
    slots, unknown = slots_of(heads)
    assert len(slots) == len(TEMPLATE)
    assert unknown == []
    assert is_explanation(explains, slots)
    assert {cell.number_format for cell in sheet[3]} <= {"@", "General"}


def test_the_template_offers_the_words_of_the_code_lists():
    book = openpyxl.load_workbook(BytesIO(write_template()))
    offered = book.worksheets[0].data_validations.dataValidation
    assert len(offered) == len(
        [c for c in COLUMNS if c.code_list or c.reader == "choice"]
    )
    lists = {row[0].value: row for row in book["代码表"].iter_cols()}
    assert "男" in [cell.value for cell in lists["性别"]]
    relations = [cell.value for cell in lists["与户主关系"]]
    assert "户主" in relations
    assert "本人" not in relations


def test_a_filled_template_is_imported(lin, donghu):
    book = openpyxl.load_workbook(BytesIO(write_template()))
    sheet = book.worksheets[0]
    places = {cell.value.rstrip("*"): cell.column for cell in sheet[1]}
    for key, value in (ZHANG | {"sex": "男", "living": "在住"}).items():
        sheet.cell(3, places[BY_KEY[key].title], value)
    filled = BytesIO()
    book.save(filled)
    assert committed(filled.getvalue(), donghu, lin).count("create") == 1


def test_every_bad_cell_comes_back_with_its_comment(lin, donghu):
    bad = ZHANG | {"phone": "138", "health": "马马虎虎"}
    found = checked(roster(ZHANG | {"phone": "", "health": ""}, bad), donghu, lin)
    heads = list(table([bad])[0])
    phone = f"居民名册!{chr(65 + heads.index('联系电话'))}3"
    health = f"居民名册!{chr(65 + heads.index('健康状况'))}3"
    comments = comments_of(found)
    assert set(comments) == {phone, health}
    assert comments[health] == "健康状况：不在代码表里，请从列表选。"
    assert "手机11位" in comments[phone]


def test_a_bad_cell_is_set_off_in_colour_and_keeps_its_value(lin, donghu):
    found = checked(roster(ZHANG | {"phone": "138"}), donghu, lin)
    sheet = openpyxl.load_workbook(marked_path(found)).worksheets[0]
    assert sheet["G2"].value == "138"
    assert sheet["G2"].fill.fgColor.rgb == "FFFBDDD6"
    assert sheet["A2"].fill.fgColor.rgb != "FFFBDDD6"
    assert sheet["B2"].value == ZHANG["id_number"]


def test_comments_stand_in_the_right_sheet_below_a_title(lin, donghu):
    good, bad = table([ZHANG]), table([person("李四", number="")])
    data = workbook(good, [["东湖社区"], [], *bad], names=("一", "二"))
    assert list(comments_of(checked(data, donghu, lin))) == ["二!C4"]


def test_a_conflict_is_commented_too(lin, donghu):
    comments = comments_of(checked(roster(ZHANG, ZHANG), donghu, lin))
    assert comments == {
        "居民名册!B2": "证件号码：与第3行是同一个人。",
        "居民名册!B3": "证件号码：与第2行是同一个人。",
    }


def test_a_csv_file_comes_back_as_a_workbook(lin, donghu):
    data = as_csv([ZHANG | {"phone": "138"}], "gb18030")
    found = checked(data, donghu, lin, name="名册.csv")
    assert list(comments_of(found)) == ["CSV!G2"]


def test_the_corrected_file_passes(lin, donghu):
    found = checked(roster(ZHANG | {"phone": "138"}), donghu, lin)
    book = openpyxl.load_workbook(marked_path(found))
    book.worksheets[0]["G2"] = "13800010001"
    mended = BytesIO()
    book.save(mended)
    assert committed(mended.getvalue(), donghu, lin).count("create") == 1


def test_a_good_file_has_no_marked_one(lin, donghu):
    assert not has_marked(checked(roster(ZHANG), donghu, lin))
