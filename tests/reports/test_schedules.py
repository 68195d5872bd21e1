from datetime import date, datetime

import pytest

from reports.schedules import schedules
from toolkit.periods import CHINA


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def slugs(schedule, since, now):
    return [p.slug for p in schedules[schedule].complete(since, moment(now))]


def test_a_month_is_complete_at_its_last_midnight_in_china():
    since = date(2026, 10, 1)
    assert slugs("monthly", since, "2026-10-31T23:59:59") == []
    assert slugs("monthly", since, "2026-11-01T00:00:00") == ["2026-10"]


def test_a_week_is_complete_on_monday():
    since = date(2026, 11, 16)
    assert slugs("weekly", since, "2026-11-22T23:59:59") == []
    assert slugs("weekly", since, "2026-11-23T00:00:00") == ["2026-W47"]


def test_the_clock_is_chinas_wherever_the_machine_stands():
    since, utc = date(2026, 10, 1), "2026-10-31T16:00:00+00:00"
    complete = schedules["monthly"].complete(since, datetime.fromisoformat(utc))
    assert [period.slug for period in complete] == ["2026-10"]


def test_periods_come_oldest_first_from_the_one_of_the_first_day():
    found = slugs("monthly", date(2026, 8, 20), "2026-11-23T08:00:00")
    assert found == ["2026-08", "2026-09", "2026-10"]


@pytest.mark.parametrize(
    ("schedule", "slug"),
    [
        ("weekly", "2026-W47"),
        ("monthly", "2026-11"),
        ("quarterly", "2026-Q4"),
        ("half-year", "2006-H1"),
        ("yearly", "2006"),
    ],
)
def test_reads_its_own_periods(schedule, slug):
    assert schedules[schedule].parse(slug).slug == slug


@pytest.mark.parametrize("slug", ["2026-W47", "2026-13", "x", "2026-11-01_2026-12-01"])
def test_refuses_other_periods_with_a_sentence(slug):
    with pytest.raises(ValueError, match=r"例"):
        schedules["monthly"].parse(slug)


@pytest.mark.parametrize(
    ("schedule", "slug", "title"),
    [
        ("weekly", "2026-W47", "2026年第47周（11月16日—22日）周报"),
        ("monthly", "2026-10", "2026年10月月报"),
        ("quarterly", "2026-Q3", "2026年第三季度季报"),
        ("half-year", "2026-H1", "2026年上半年报表"),
        ("yearly", "2025", "2025年年报"),
    ],
)
def test_a_report_is_called_as_the_office_calls_it(schedule, slug, title):
    found = schedules[schedule]
    assert found.title_of(found.parse(slug)) == title
