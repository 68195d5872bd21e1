"""Numbers below are samples of the standards or made up; none is a real person's."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.identity import (
    FEMALE,
    MALE,
    MESSAGES,
    SHORT_NUMBERS,
    check_credit_code,
    check_digit,
    check_id,
    check_phone,
    describe,
    normalise_id,
    normalise_phone,
    show_phone,
)

TODAY = date(2026, 11, 23)
NUMBER = "330381190001010018"
births = st.dates(date(1900, 1, 1), TODAY)


def id_of(birth, sequence):
    body = f"330381{birth:%Y%m%d}{sequence:03}"
    return body + check_digit(body)


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), FEMALE),
        ("440524188001010014", date(1880, 1, 1), MALE),
        ("330381190001010018", date(1900, 1, 1), MALE),
        ("330381190001010026", date(1900, 1, 1), FEMALE),
    ],
)
def test_the_samples_of_the_standard_are_read(number, birth, sex):
    found = check_id(number, TODAY)

    assert found.ok
    assert (found.number, found.birth_on, found.sex) == (number, birth, sex)


@given(births, st.integers(1, 999))
def test_every_sound_number_tells_birth_and_sex(birth, sequence):
    found = check_id(id_of(birth, sequence), TODAY)

    assert found.ok
    assert found.birth_on == birth
    assert found.sex == (MALE if sequence % 2 else FEMALE)


@given(births, st.integers(1, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(birth, sequence, place, shift):
    number = id_of(birth, sequence)
    digit = "0123456789X".index(number[place])
    wrong = "0123456789"[(digit + shift) % 10]
    spoiled = number[:place] + wrong + number[place + 1 :]

    assert spoiled == number or not check_id(spoiled, TODAY).ok


@given(births, st.integers(1, 999), st.integers(0, 16))
def test_two_swapped_digits_never_pass(birth, sequence, place):
    number = id_of(birth, sequence)
    pair = number[place : place + 2]
    swapped = number[:place] + pair[::-1] + number[place + 2 :]

    assert swapped == number or not check_id(swapped, TODAY).ok


@pytest.mark.parametrize(
    "written",
    [
        " 330381190001010018 ",
        "３３０３８１１９０００１０１００１８",
        "330381 19000101 0018",
        "'330381190001010018",
        "‘330381190001010018",
        "\ufeff330381190001010018\u200b",
        "330381\u00a019000101\u30000018",
    ],
)
def test_ways_of_writing_do_not_matter(written):
    assert check_id(written, TODAY).number == NUMBER


@pytest.mark.parametrize("x", ["x", "X", "Ｘ", "ｘ"])
def test_the_check_letter_is_always_a_capital_x(x):
    assert check_id("11010519491231002" + x, TODAY).number[-1] == "X"


@pytest.mark.parametrize("number", [330381490307001, 330381490307001.0])
def test_an_old_number_of_fifteen_digits_grows_to_eighteen(number):
    found = check_id(number, TODAY)

    assert check_id("330381490307001", TODAY) == found
    assert (found.number, found.birth_on) == ("330381194903070018", date(1949, 3, 7))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "empty"),
        (None, "empty"),
        ("  ", "empty"),
        ("3.30381E+17", "scientific"),
        ("3.30381190001010E+17", "scientific"),
        ("３.３０３８１Ｅ+17", "scientific"),
        (3.30381e17, "number"),
        (330381190001010018, "number"),
        (float("nan"), "number"),
        (float("inf"), "number"),
        ("33038119000101001", "length"),
        ("3303811900010100188", "length"),
        ("无", "length"),
        ("33038119000101ABCD", "characters"),
        ("X30381190001010018", "characters"),
        ("330381190002300010", "birth_date"),
        ("330381000001010018", "birth_date"),
        ("330381490230001", "birth_date"),
        ("330381190001010019", "checksum"),
        ("٣٣٠٣٨١١٩٠٠٠١٠١٠٠١٨", "characters"),
    ],
)
def test_what_is_damaged_is_refused_with_its_reason(value, code):
    found = check_id(value, TODAY)

    assert not found.ok
    assert found.error.code == code
    assert describe(found).endswith("。")


def test_a_birth_in_the_future_is_refused_from_tomorrow_on():
    assert check_id(id_of(TODAY, 1), TODAY).ok
    tomorrow = id_of(TODAY + timedelta(days=1), 1)
    assert check_id(tomorrow, TODAY).error.code == "future_birth"


def test_an_unheard_of_region_is_doubted_but_taken():
    body = "99999919900101001"
    found = check_id(body + check_digit(body), TODAY)

    assert found.ok
    assert found.warning.code == "region"
    assert "区划代码" in describe(found)


def test_an_abolished_region_is_not_doubted():
    # 330325: the county of Ruian until it became a city in 1987.
    body = "33032519600101001"

    assert check_id(body + check_digit(body), TODAY).warning is None


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none()))
def test_nothing_makes_the_checks_stumble(value):
    for check in (check_id, check_phone, check_credit_code):
        assert describe(check(value)) is not None


@given(st.text(st.sampled_from("0123456789xX ０１９Ｘ'-"), max_size=24))
def test_normalising_twice_changes_nothing(text):
    assert normalise_id(normalise_id(text)) == normalise_id(text)
    assert normalise_phone(normalise_phone(text)) == normalise_phone(text)


def test_every_problem_has_a_chinese_sentence():
    assert all(str(message).endswith("。") for message in MESSAGES.values())


@pytest.mark.parametrize(
    ("written", "number", "kind"),
    [
        ("13800138000", "13800138000", "mobile"),
        (13800138000, "13800138000", "mobile"),
        (13800138000.0, "13800138000", "mobile"),
        ("+86 138-0013-8000", "13800138000", "mobile"),
        ("0086 13800138000", "13800138000", "mobile"),
        ("8613800138000", "13800138000", "mobile"),
        ("１３８００１３８０００", "13800138000", "mobile"),
        ("0577-65812345", "057765812345", "landline"),
        ("(0577)65812345", "057765812345", "landline"),
        ("+86 0577 65812345", "057765812345", "landline"),
        ("65812345", "057765812345", "landline"),
        ("010-12345678", "01012345678", "landline"),
        ("400-123-4567", "4001234567", "service"),
        *[(short, short, "short") for short in sorted(SHORT_NUMBERS)],
    ],
)
def test_phones_are_read_however_they_are_written(written, number, kind):
    found = check_phone(written)

    assert found.ok
    assert (found.number, found.kind) == (number, kind)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"),
        ("1380013800", "phone"),
        ("12800138000", "phone"),
        ("138001380000", "phone"),
        ("无", "phone"),
        ("111", "phone"),
        ("13800138000/13900139000", "phones"),
        ("13800138000、65812345", "phones"),
        ("0577-65812345-801", "extension"),
        ("0577-65812345转801", "extension"),
        ("1.38001E+10", "scientific"),
    ],
)
def test_a_wrong_phone_is_refused_with_its_reason(written, code):
    assert check_phone(written).error.code == code


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800138000", "138 0013 8000"),
        ("057765812345", "0577-65812345"),
        ("01012345678", "010-12345678"),
        ("12345", "12345"),
    ],
)
def test_a_phone_is_shown_in_one_way(number, shown):
    assert show_phone(number) == shown


def test_a_credit_code_is_checked_by_its_last_character():
    assert check_credit_code(" 91350100m000100Y43 ").number == "91350100M000100Y43"
    assert check_credit_code("91350100M000100Y44").error.code == "credit_code"
    assert check_credit_code("").error.code == "empty"
