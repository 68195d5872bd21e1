import pytest

from toolkit.privacy.detectors import find_personal_numbers

SOUND = "330381190001010018"


def kinds(text, **kwargs):
    return [hit.kind for hit in find_personal_numbers(text, **kwargs)]


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        f"身份证{SOUND}，请核对",
        f"ID{SOUND}",
        "330381 19000101 0018",
        "330381-19000101-0018",
        "３３０３８１１９０００１０１００１８",
        "3303\u200b81190001010018",
        f"1 {SOUND}",
        f"{SOUND} 5",
    ],
)
def test_finds_an_id_number_however_it_is_written(text):
    assert kinds(text) == ["id_number"]


@pytest.mark.parametrize(
    "text",
    [
        "330381190001010019",  # wrong check digit
        "330381190013010014",  # there is no month 13
        "330381299901010013",  # not born yet
        f"9{SOUND}",  # nineteen digits are something else
        "2026112308300000000",
        "0577-65812345",
        "",
    ],
)
def test_leaves_other_numbers_alone(text):
    assert kinds(text) == []


def test_finds_old_id_numbers_of_a_province_with_a_birth_date():
    assert kinds("330381900101001") == ["id_number"]
    assert kinds("990381900101001") == []
    assert kinds("330381901301001") == []


@pytest.mark.parametrize(
    "text", ["13800138000", "138-0013-8000", "138 0013 8000", "+86 13800138000"]
)
def test_finds_a_mobile_phone_once(text):
    assert kinds(f"请打{text}联系") == ["mobile"]


def test_leaves_phones_that_the_office_made_public():
    assert kinds("请打 138 0013 8000", allowed={"13800138000"}) == []


def test_finds_bank_cards_by_their_check_digit():
    assert kinds("卡号 6222020000000000001") == []
    assert kinds("卡号 6228480402564890018") == ["bank_card"]


def test_tells_the_line_and_shows_the_number_masked():
    hit = find_personal_numbers(f"名单\n张三 {SOUND}")[0]
    assert (hit.line, hit.masked, hit.label) == (2, "33*************018", "身份证号码")
    assert SOUND not in repr(hit)


def test_a_wrong_candidate_does_not_hide_the_right_one():
    assert kinds(f"12345678 {SOUND}") == ["id_number"]
