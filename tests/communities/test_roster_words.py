"""What the page of a roster says of its sheets, its counts and its end."""

import pytest

from communities.models import RosterImport
from communities.roster.workbooks import LISTS_SHEET
from communities.screens.roster_parts import banner_of, result_sections

NOTHING = dict.fromkeys(("create", "update", "skip", "conflict", "error"), 0)
PEOPLE = {"name": "居民名册", "counts": NOTHING | {"create": 2}, "note": ""}
LISTS = {"name": LISTS_SHEET, "counts": NOTHING, "note": "没有找到表头，没有读。"}


def sheets_of(*sheets):
    return [
        [one["name"] for one in section["context"]["sheets"]]
        for section in result_sections(RosterImport(sheets=list(sheets)), None)
    ]


def test_the_lists_of_the_template_are_not_told_as_a_sheet():
    assert sheets_of(PEOPLE, LISTS) == []
    hidden = LISTS | {"name": "备份"}
    assert sheets_of(PEOPLE, LISTS, hidden) == [["居民名册", "备份"]]


def test_people_under_that_name_are_told():
    assert sheets_of(PEOPLE, LISTS | {"note": ""}) == [["居民名册", LISTS_SHEET]]


def test_people_are_counted_as_people_and_rows_as_rows():
    counts = NOTHING | {"create": 1200, "conflict": 2}
    done = RosterImport(counts=counts, state="committed")
    assert done.outcome_words == "新增 1,200 人　冲突 2 行"


def test_what_is_not_written_yet_may_still_be():
    found = RosterImport(counts=NOTHING | {"create": 1, "update": 2}, state="checked")
    assert found.outcome_words == "可新增 1 人　可更新 2 人"


@pytest.mark.parametrize(
    ("state", "title"),
    [("dropped", "已取消导入。"), ("expired", "已过期。"), ("refused", "没有写入。")],
)
def test_how_it_ended_is_said_once(state, title):
    banner = banner_of(RosterImport(state=state))
    assert banner["title"] == title
    assert banner["text"].count("删除") == 1
