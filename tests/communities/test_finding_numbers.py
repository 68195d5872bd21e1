"""The one box finds people by ID number and phone, whole or by their last digits."""

import pytest

from communities.finding import find_residents
from tests.communities.people import enter, names
from tests.factories import make_household

ID, OLD_ID = "11010519491231002X", "110105491231002"
PHONE, LANDLINE = "13812345678", "057765812345"


@pytest.fixture
def wang(donghu_grid):
    return enter(donghu_grid, "王小明", id_kind="111", id_number=ID, phone=PHONE)


@pytest.mark.parametrize(
    "asked",
    [
        ID,
        ID.lower(),
        "110105 19491231 002x",
        " 11010519491231002X\u200b",
        "１１０１０５１９４９１２３１００２Ｘ",
        OLD_ID,
        "002X",
        "002x",
        "1002X",
        "31002x",
        "０02Ｘ",
    ],
)
def test_an_id_number_is_found_by(asked, wang, lin):
    assert names(lin, asked) == ["王小明"]


@pytest.mark.parametrize(
    "asked",
    [
        PHONE,
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "１３８12345678",
        "5678",
    ],
)
def test_a_phone_is_found_by(asked, wang, lin):
    assert names(lin, asked) == ["王小明"]


@pytest.mark.parametrize("asked", ["0577-65812345", "65812345", "2345"])
def test_a_landline_is_found_by(asked, lin, donghu_grid):
    enter(donghu_grid, "王小明", phone=LANDLINE)
    assert names(lin, asked) == ["王小明"]


@pytest.mark.parametrize(
    "asked",
    [
        "11010519491231003X",
        "1003X",
        "32002X",
        "0020",
        "9491",
        "1381",
        "13812345679",
        "234567",
        "19491231",
    ],
)
def test_other_digits_find_nobody(asked, wang, lin):
    assert names(lin, asked) == []


@pytest.mark.parametrize("asked", ["02X", "678", "1", "38123456789012345678901"])
def test_too_few_or_too_many_digits_find_nobody(asked, wang, lin):
    assert names(lin, asked) == []


def test_five_digits_are_compared_whole(lin, donghu_grid):
    enter(donghu_grid, "王小明", id_kind="111", id_number="330381190001010018")
    enter(donghu_grid, "李小明", id_kind="414", id_number="E99920018")

    assert names(lin, "10018") == ["王小明"]
    assert names(lin, "20018") == ["李小明"]


def test_four_digits_may_end_an_id_number_or_a_phone(lin, donghu_grid):
    enter(donghu_grid, "王小明", id_kind="111", id_number="330381190001010018")
    enter(donghu_grid, "李小明", phone="13800000018")

    found = find_residents(lin, "0018").rows
    assert [(one.name, one.label) for one in found] == [
        ("王小明", "证件号码"),
        ("李小明", "电话"),
    ]


def test_who_has_both_is_found_once(lin, donghu_grid):
    fields = {"id_number": "330381190001010018", "phone": "13800000018"}
    enter(donghu_grid, "王小明", id_kind="111", **fields)
    assert names(lin, "0018") == ["王小明"]


@pytest.mark.parametrize("asked", ["E12345678", "e1234 5678"])
def test_a_passport_is_found_whole(asked, lin, donghu_grid):
    enter(donghu_grid, "John", id_kind="414", id_number="E12345678")
    assert names(lin, asked) == ["John"]


@pytest.mark.parametrize("asked", [ID, "002X", PHONE, "5678"])
def test_a_number_of_another_community_finds_nobody(asked, wang, chen):
    assert names(chen, asked) == []


def test_the_digits_of_a_phone_find_no_id_number(lin, donghu_grid):
    enter(donghu_grid, "王小明", phone="13800001234")
    enter(donghu_grid, "李小明", id_kind="414", id_number="E00001234")
    assert sorted(names(lin, "1234")) == ["李小明", "王小明"]
    assert names(lin, "001234") == ["李小明"]


def test_number_keys_do_not_hold_the_number(wang):
    for key in wang.search_keys.values_list("key", flat=True):
        assert b"002X" not in bytes(key)
        assert b"5678" not in bytes(key)


def test_a_household_number_is_no_person(lin, donghu_grid):
    make_household(donghu_grid, number="5678")
    assert names(lin, "5678") == []
