"""The page of a roster after its dry run: how far it came, what was wrong where."""

import pytest
from django.utils.html import strip_tags

from communities.models import RosterImport
from communities.screens.roster_parts import lines_of, steps_of
from tests.factories import make_roster_import

State = RosterImport.State


def problem(line, column, text="必填，没有填写。", outcome="error"):
    told = {"sheet": "滨江社区", "line": line, "column": column, "kind": "required"}
    return told | {"text": f"{column}：{text}", "outcome": outcome}


@pytest.mark.parametrize("state", [State.DROPPED, State.EXPIRED])
def test_an_import_that_was_given_up_stops_behind_the_dry_run(state, donghu):
    steps = steps_of(make_roster_import(donghu, state=state))
    assert [step["did"] for step in steps] == [True, True, False]
    assert not any(step["current"] for step in steps)


def test_an_import_that_waits_stands_before_the_writing(donghu):
    steps = steps_of(make_roster_import(donghu, state=State.CHECKED))
    assert [step["current"] for step in steps] == [False, False, True]


@pytest.mark.parametrize(
    ("state", "is_past"), [(State.DROPPED, True), (State.CHECKED, False)]
)
def test_figures_of_what_was_given_up_are_headed_so(
    state, is_past, donghu, lin, browse
):
    row = make_roster_import(donghu, state=state, by=lin)
    page = browse(lin).get(row.get_absolute_url()).content.decode()
    assert ("试算时的结果</h2>" in page) == is_past


def test_a_file_with_errors_was_not_written_and_sent_back_by_nobody(
    donghu, lin, browse
):
    row = make_roster_import(donghu, state=State.REFUSED, by=lin)
    page = strip_tags(browse(lin).get(row.get_absolute_url()).content.decode())
    assert "未写入（有错）" in page
    assert "已退回" not in page


def test_columns_with_one_fault_in_a_row_stand_in_one_line():
    lines = lines_of(
        [
            problem(3, "name"),
            problem(3, "phone", "手机11位。"),
            problem(3, "number"),
            problem(4, "name"),
        ]
    )
    told = [(line["line"], line["column"], line["text"]) for line in lines]
    assert told == [
        (3, "姓名、户号", "必填，没有填写。"),
        (3, "联系电话", "手机11位。"),
        (4, "姓名", "必填，没有填写。"),
    ]
