"""What a visit must not say, and the sentence that says so."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from tests.factories import make_household, make_resident, make_visit
from tests.visits.conftest import TODAY, days_ago
from visits.validation import fault_of_note


def test_a_visit_in_the_future_is_refused(log, wang):
    with pytest.raises(ValidationError, match="不能晚于现在"):
        log(wang, visited_at=timezone.now() + timedelta(minutes=5))


def test_a_visit_of_more_than_a_year_ago_is_refused(log, wang):
    with pytest.raises(ValidationError, match="不能早于一年前"):
        log(wang, visited_at=days_ago(366))


def test_a_visit_before_the_person_was_born_is_refused(log, donghu_grid):
    baby = make_resident(donghu_grid, birth_on=TODAY - timedelta(days=2))
    with pytest.raises(ValidationError, match="早于本人出生日期"):
        log(baby, visited_at=days_ago(5))


def test_a_visit_after_the_person_left_is_refused(log, donghu_grid):
    left = TODAY - timedelta(days=3)
    gone = make_resident(donghu_grid, ended_on=left, ended_by="moved_out")
    assert log(gone, visited_at=days_ago(4))
    with pytest.raises(ValidationError, match="已经注销"):
        log(gone)


@pytest.mark.parametrize(
    "note",
    [
        "身份证330381194001010018",
        "证件 33038119400101001X 已核",
        "３３０３８１１９４００１０１００１８",
        "110105 19491231 002X",
        "卡号6222021202112345678",
        "旧证330381400101001",
        "卡 6222 0210 0111 6245 702",
        "6222–0210–0111–6245–702",
        "证件 330381 19400101 0018",
        "1101\u200b0519491231\u2060002X",
        "卡 6222021 0011162 45702",
    ],
)
def test_a_number_of_somebody_in_the_note_is_refused_politely(note):
    assert "请删掉" in fault_of_note(note)


@pytest.mark.parametrize(
    "note",
    [
        "女儿电话13800138000",
        "手机 138 0013 8000",
        "1380013\u200b8000",
        "138–0013–8000",
        "138 - 0013 - 8000",
        "+86 13800138000",
        "13800138000 13900139000",
    ],
)
def test_a_phone_number_in_the_note_is_refused(note):
    assert "手机号" in fault_of_note(note)


@pytest.mark.parametrize(
    "note",
    [
        "血压 130 80 72 98 120 85 66",
        "取暖器正常，302室窗户已关好",
        "11月23日复查，药够吃到12月15日",
        "电费户号3301234567，已帮忙交",
        "约2026-11-23 2026-11-30 2026-12-07",
        "办公室0577-65812345 0577-65812346",
        "",
    ],
)
def test_ordinary_numbers_may_stand_in_a_note(note):
    assert fault_of_note(note) == ""


def test_a_note_of_more_than_150_characters_is_refused(log, wang):
    with pytest.raises(ValidationError, match="最多写150个字"):
        log(wang, note="好" * 151)


@pytest.mark.parametrize("days", [0, -1, 400])
def test_an_appointment_lies_within_the_next_year(log, wang, days):
    with pytest.raises(ValidationError, match="约定再访"):
        log(wang, follow_up_on=TODAY + timedelta(days=days))


def test_the_database_wants_exactly_one_subject(wang, donghu_grid, lin):
    home = make_household(donghu_grid)
    with pytest.raises(IntegrityError, match="a_visit_has_one_subject"):
        make_visit(donghu_grid, resident=wang, household=home, logged_by=lin)
