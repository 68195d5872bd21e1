from datetime import date, datetime

import pytest
from django.utils import translation

from toolkit.calendar import CHINA, Calendar
from toolkit.clocks import run
from toolkit.deadlines import Limit
from toolkit.reference_calendar import days_of

DAYS = Calendar.of(days_of([2026]))
OPINION = Limit(
    15,
    "working_days",
    trigger="受理",
    source="《浙江省社会救助条例》第十一条第二款",
)


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


def chip(deadline, now):
    status = deadline.status(now, DAYS)
    return status.tone, str(status)


@pytest.mark.parametrize(
    ("now", "tone", "text"),
    [
        (date(2026, 11, 2), "", "剩 14 个工作日"),
        (date(2026, 11, 16), "", "剩 4 个工作日"),
        (date(2026, 11, 17), "near", "剩 3 个工作日"),
        (date(2026, 11, 18), "near", "剩 2 个工作日"),
        (datetime(2026, 11, 20, 23, 59, tzinfo=CHINA), "near", "今天到期"),
        (datetime(2026, 11, 21, 0, 0, tzinfo=CHINA), "late", "超期 1 天"),
        (date(2026, 11, 23), "late", "超期 3 天"),
    ],
)
def test_the_chip_of_a_limit_in_working_days(now, tone, text):
    deadline = run(OPINION, date(2026, 10, 30), days=DAYS)

    assert chip(deadline, now) == (tone, text)


@pytest.mark.parametrize(
    ("hour", "minute", "tone", "text"),
    [
        (9, 0, "", "剩 7 小时"),
        (15, 0, "near", "剩 1 小时"),
        (15, 30, "near", "剩 30 分钟"),
        (16, 0, "late", "超期 1 小时"),
        (19, 0, "late", "超期 3 小时"),
    ],
)
def test_the_chip_of_a_limit_in_hours(hour, minute, tone, text):
    start = datetime(2026, 11, 23, 8, tzinfo=CHINA)
    deadline = run(Limit(8, "hours"), start, days=DAYS)
    now = datetime(2026, 11, 23, hour, minute, tzinfo=CHINA)

    assert chip(deadline, now) == (tone, text)


@pytest.mark.parametrize(
    ("done_at", "text"),
    [(date(2026, 11, 20), "按期办结"), (date(2026, 11, 23), "超期 3 天办结")],
)
def test_the_chip_of_what_is_done(done_at, text):
    deadline = run(OPINION, date(2026, 10, 30), done_at=done_at, days=DAYS)

    assert chip(deadline, date(2027, 1, 1)) == ("done", text)


def test_the_chip_of_a_clock_that_stands_still():
    pauses = [(date(2026, 11, 5), None)]
    deadline = run(OPINION, date(2026, 10, 30), pauses, days=DAYS)

    assert chip(deadline, date(2027, 1, 1)) == ("paused", "已暂停")


@pytest.mark.parametrize(
    ("now", "tone", "text"),
    [
        (date(2026, 11, 23), "", "还须 4 天"),
        (date(2026, 11, 27), "", "今天满期"),
        (date(2026, 11, 28), "done", "已满7天"),
    ],
)
def test_the_chip_of_a_minimum_time(now, tone, text):
    notice = Limit(7, "days", bound="at_least")

    assert chip(run(notice, date(2026, 11, 20), days=DAYS), now) == (tone, text)


@pytest.mark.parametrize(
    ("amount", "unit", "tone"),
    [(3, "days", ""), (5, "months", "near"), (5, "years", "near"), (20, "days", "")],
)
def test_near_begins_in_proportion_to_the_limit(amount, unit, tone):
    deadline = run(Limit(amount, unit), date(2026, 6, 30), days=DAYS)
    before = {"months": 7, "years": 30}.get(unit, 4 if amount > 3 else 2)

    now = date.fromordinal(deadline.due_on.toordinal() - before)

    assert chip(deadline, now)[0] == tone


def test_the_sentence_names_start_limit_end_and_article():
    deadline = run(OPINION, date(2026, 10, 30), days=DAYS)

    assert deadline.why == (
        "10月30日受理，15个工作日为11月20日，节假日已扣除。"
        "依据：《浙江省社会救助条例》第十一条第二款。"
    )


def test_the_sentence_tells_of_pauses():
    pauses = [(date(2026, 11, 5), date(2026, 11, 10))]

    why = run(OPINION, date(2026, 10, 30), pauses, days=DAYS).why

    assert "15个工作日为11月25日" in why
    assert "其间暂停5天，不计入。" in why


def test_the_sentence_of_a_stopped_clock_says_what_is_left():
    pauses = [(date(2026, 11, 5), None)]

    why = run(OPINION, date(2026, 10, 30), pauses, days=DAYS).why

    assert why.startswith(
        "10月30日受理，期限15个工作日，11月5日起暂停，还剩11个工作日。"
    )


def test_the_sentence_admits_what_is_not_certain():
    why = run(OPINION, date(2026, 12, 20), days=DAYS).why

    assert "2026年12月20日受理，15个工作日为2027年1月8日" in why
    assert "暂按周一至周五推算" in why


def test_the_sentence_tells_that_the_last_day_moved():
    why = run(Limit(30, "days", rolls=True), date(2026, 9, 3), days=DAYS).why

    assert why == "9月3日起算，30天为10月8日。末日10月3日遇休息日，顺延。"


def test_the_sentence_of_a_limit_that_counts_back():
    limit = Limit(-20, "days", trigger="选举日")

    assert run(limit, date(2026, 12, 20), days=DAYS).why == (
        "选举日为12月20日，提前20天为11月30日。"
    )


def test_the_sentence_of_hours_has_the_time_of_day():
    start = datetime(2026, 11, 20, 16, tzinfo=CHINA)

    why = run(Limit(5, "working_hours", trigger="立案"), start, days=DAYS).why

    assert why == "11月20日 16:00立案，5个工作时为11月23日 12:00，节假日已扣除。"
