import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.privacy.masks import mask_account, mask_id, mask_name, mask_phone

ALL = [mask_id, mask_phone, mask_name, mask_account]


@pytest.mark.parametrize("mask", ALL)
def test_nothing_stays_nothing(mask):
    assert mask("") == ""


signs = st.characters(exclude_categories=["Z", "C"], exclude_characters="*·•・．")


@pytest.mark.parametrize("mask", ALL)
@given(text=st.text(signs, min_size=1))
def test_no_mask_gives_the_whole_value_away(mask, text):
    assert mask(text) != text


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("330381190001010018", "33*************018"),
        ("330381490307001", "33**********001"),
        ("E12345678", "E1****678"),
        ("1234567", "1******"),
    ],
)
def test_an_id_number_shows_its_first_two_and_last_three(number, masked):
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800138000", "138****8000"),
        ("057765812345", "0577****2345"),
        ("01012345678", "010****5678"),
        ("65812345", "****2345"),
        ("661234", "****34"),
    ],
)
def test_a_phone_keeps_its_network_and_last_four(number, masked):
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张明", "张*"),
        ("张小明", "张*明"),
        ("欧阳明", "欧阳*"),
        ("欧阳小明", "欧阳*明"),
        ("张", "*"),
        ("𠮷小明", "𠮷*明"),
        ("阿依古丽·买买提", "阿***·买**"),
        ("John Smith", "J*** S****"),
    ],
)
def test_a_name_keeps_its_surname(name, masked):
    assert mask_name(name) == masked


def test_an_account_shows_its_last_four_and_hides_its_length():
    assert mask_account("6222 0202 0001 2345 678") == "****5678"
    assert mask_account("1234567") == "****"
