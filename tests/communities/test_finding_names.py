"""The one box finds people by any part of the name, by pinyin and by initials."""

import pytest

from communities.finding import find_residents
from tests.communities.people import enter, names


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("王小明", "王小明"),
        ("王小明", "王"),
        ("王小明", "小"),
        ("王小明", "小明"),
        ("王小明", " 王 小明 "),
        ("王小明", "wangxiaoming"),
        ("王小明", "Wang Xiao Ming"),
        ("王小明", "ＷＡＮＧ"),
        ("王小明", "xiaom"),
        ("王小明", "wxm"),
        ("王小明", "xm"),
        ("吕布", "lv"),
        ("吕布", "lu"),
        ("欧阳修", "oyx"),
        ("龘龘", "龘"),
        ("𠮷野家", "𠮷"),
        ("王𠮷", "wangji"),
        ("买买提·艾力", "艾力"),
        ("买买提·艾力", "买买提艾力"),
        ("买买提·艾力", "买买提.艾力"),
        ("买买提·艾力", "买买提•艾"),
        ("买买提·艾力", "mmt"),
        ("John Smith", "smith"),
        ("John Smith", "JOHN"),
        ("Ng Wei", "ng"),
    ],
)
def test_a_name_is_found_by(name, asked, lin, donghu_grid):
    enter(donghu_grid, name)
    assert names(lin, asked) == [name]


@pytest.mark.parametrize(
    ("name", "said", "initials"),
    [
        ("单小明", "shan", "sxm"),
        ("解小明", "xie", "xxm"),
        ("仇小明", "qiu", "qxm"),
        ("区小明", "ou", "oxm"),
        ("查小明", "zha", "zxm"),
        ("曾小明", "zeng", "zxm"),
        ("任小明", "ren", "rxm"),
        ("华小明", "hua", "hxm"),
        ("尉迟明", "yuchi", "ycm"),
    ],
)
def test_a_surname_is_found_as_it_is_said(name, said, initials, lin, donghu_grid):
    enter(donghu_grid, name)
    for asked in (said, f"{said}{'' if name[0] == '尉' else 'xiao'}ming", initials):
        assert names(lin, asked) == [name]


def test_the_common_reading_of_a_surname_finds_it_too(lin, donghu_grid):
    enter(donghu_grid, "单小明")
    assert names(lin, "dan") == ["单小明"]


@pytest.mark.parametrize("asked", ["张", "小王", "明小", "zhang", "mx", "王小明1"])
def test_another_name_is_not_found(asked, lin, donghu_grid):
    enter(donghu_grid, "王小明")
    assert names(lin, asked) == []


def test_who_has_a_character_twice_is_found_once(lin, donghu_grid):
    enter(donghu_grid, "王明明")
    assert names(lin, "明") == names(lin, "ming") == ["王明明"]


def test_letters_may_mean_pinyin_or_initials(lin, donghu_grid):
    enter(donghu_grid, "安安")
    enter(donghu_grid, "艾诺")

    found = find_residents(lin, "an").rows
    assert [(one.name, one.label) for one in found] == [
        ("安安", "拼音"),
        ("艾诺", "首字母"),
    ]


@pytest.mark.parametrize("by", ["died", "moved_out"])
def test_who_has_left_is_found_and_marked(by, lin, donghu_grid):
    enter(donghu_grid, "王小明", ended_on="2026-10-01", ended_by=by)

    (found,) = find_residents(lin, "王小明").rows
    assert found.is_ended


def test_results_are_masked(lin, donghu_grid):
    enter(donghu_grid, "王小明", id_number="330381190001010018", phone="13800138000")

    (found,) = find_residents(lin, "王小明").rows
    assert found.id_number == "33*************018"
    assert found.phone == "138****8000"


def test_nobody_is_found_outside_the_own_community(lin, chen, mei, donghu_grid):
    enter(donghu_grid, "王小明")

    assert names(chen, "王小明") == []
    assert names(lin, "王小明") == names(mei, "王小明") == ["王小明"]


def test_without_an_assignment_nobody_is_found(guo, donghu_grid):
    enter(donghu_grid, "王小明")
    assert names(guo, "王小明") == []


def walk(user, asked, limit):
    """Return the primary keys page by page."""
    found, after = [], None
    while True:
        page = find_residents(user, asked, limit=limit, after=after)
        found.append([one.pk for one in page.rows])
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("asked", ["陈", "chen", "cx"])
def test_people_behind_many_of_other_units_are_found(asked, lin, donghu_grid, xihu):
    for _number in range(80):
        enter(xihu, "陈小")
    ours = [enter(donghu_grid, "陈小").pk for _number in range(4)]
    for _number in range(20):
        enter(xihu, "陈小明")
    first = find_residents(lin, asked, limit=3)
    second = find_residents(lin, asked, limit=3, after=first.next)
    assert [one.pk for one in first.rows + second.rows] == ours
    assert second.next is None


@pytest.mark.parametrize("asked", ["小明", "xm", "ming"])
def test_pages_show_everybody_once(asked, lin, donghu_grid, xihu):
    for number in range(7):
        enter(donghu_grid, f"{'王张李'[number % 3]}小明")
        enter(xihu, "陈小明")
    enter(donghu_grid, "明小明")

    pages = walk(lin, asked, limit=3)
    seen = [pk for page in pages for pk in page]
    assert [len(page) for page in pages] == [3, 3, 2]
    assert len(set(seen)) == 8


def test_a_page_stays_what_it_is_while_people_come(lin, donghu_grid):
    for _number in range(4):
        enter(donghu_grid, "王小明")
    first = find_residents(lin, "小明", limit=2)
    second = find_residents(lin, "小明", limit=2, after=first.next)
    enter(donghu_grid, "小明")

    again = find_residents(lin, "小明", limit=2, after=first.next)
    assert again.rows == second.rows


def test_pages_go_on_behind_a_person_who_is_gone(lin, donghu_grid):
    enter(donghu_grid, "王小明")
    assert find_residents(lin, "小明", after=987654321).rows == []
