"""What a row of the search results says, and what is said once above all of them."""

import pytest
from django.utils import timezone

from tests.communities.people import enter

ID = "330381190001010018"


@pytest.fixture
def answer_of(browse, lin):
    def ask(text):
        answer = browse(lin).post("/communities/find/", {"q": text}, follow=True)
        page = answer.content.decode()
        return page[page.index('id="yh-found"') :]

    return ask


def test_one_without_a_phone_has_an_empty_cell(answer_of, donghu_grid):
    enter(donghu_grid, "王小明")
    page = answer_of("王小明")
    assert '<td data-label="电话"></td>' in page
    assert "yh-mask" not in page


def test_what_all_have_in_common_is_said_once(answer_of, donghu_grid):
    enter(donghu_grid, "王小明")
    enter(donghu_grid, "王小明")
    page = answer_of("王小明")
    assert page.count("按姓名匹配") == 1
    assert page.index("按姓名匹配") < page.index("<table")
    assert "相符" not in page


def test_who_is_no_more_is_marked_beside_it(answer_of, donghu_grid):
    enter(donghu_grid, "王小明")
    gone = enter(donghu_grid, "王小明")
    type(gone).objects.filter(pk=gone.pk).update(
        ended_on=timezone.localdate(), ended_by="died"
    )
    page = answer_of("王小明")
    assert page.count("按姓名匹配") == 1
    assert page.count("已注销") == 1
    assert page.count('data-label="相符"') == 2


def test_where_it_differs_each_row_says_its_own(answer_of, donghu_grid):
    enter(donghu_grid, "王小明", id_kind="111", id_number=ID)
    enter(donghu_grid, "李四", phone="13812340018")
    page = answer_of("0018")
    assert page.count("按证件号码匹配") == page.count("按电话匹配") == 1
    assert page.index("按证件号码匹配") > page.index("<table")


def test_a_whole_number_is_said_to_be_one(answer_of, donghu_grid):
    enter(donghu_grid, "王小明", id_kind="111", id_number=ID)
    assert "按证件号码匹配" in answer_of(ID)
