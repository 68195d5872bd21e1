from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from toolkit.periods import HALF, MONTH, QUARTER, WEEK, YEAR, Period

days = st.dates(date(1901, 1, 1), date(2998, 12, 31))
kinds = st.sampled_from([WEEK, MONTH, QUARTER, HALF, YEAR])


@given(kinds, days)
def test_periods_of_a_kind_tile_the_time_line(kind, day):
    period = Period.of(kind, day)

    assert day in period
    assert period.end not in period
    assert period.previous().end == period.start
    assert period.next().start == period.end
    assert Period.of(kind, period.end) == period.next()
    assert Period.of(kind, period.start - timedelta(days=1)) == period.previous()


@given(kinds, days)
def test_every_day_of_a_period_leads_to_the_same_period(kind, day):
    period = Period.of(kind, day)

    assert Period.of(kind, period.start) == period
    assert Period.of(kind, period.last_day) == period


@given(kinds, days)
def test_a_slug_reads_back_as_its_period(kind, day):
    period = Period.of(kind, day)

    assert period.kind == kind
    assert Period.parse(period.slug) == period


@given(days, st.integers(1, 400))
def test_a_free_range_reads_back_too(day, length):
    period = Period(day, min(day + timedelta(days=length), date(2999, 12, 31)))

    assert Period.parse(period.slug) == period
    assert period.previous().end == period.start


@pytest.mark.parametrize(
    ("slug", "start", "end"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 23)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 4)),
        ("2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-H2", date(2026, 7, 1), date(2027, 1, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_slug_names_these_days(slug, start, end):
    assert Period.parse(slug) == Period(start, end)


@pytest.mark.parametrize(
    "slug",
    ["", "2026-13", "2026-W54", "2025-W53", "2026-Q0", "2026-H3", "0000", "9999"]
    + [
        "２０２６",
        "２０２６-W47",
        "2026-11 ",
        "2026-11-16_2026-11-01",
        "x" * 10_000,
        "2026-W00\n",
    ],
)
def test_an_unreadable_slug_is_refused_in_chinese(slug):
    with pytest.raises(ValueError, match="看不懂的时段"):
        Period.parse(slug)


@pytest.mark.parametrize("kind", [WEEK, MONTH, YEAR])
@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_year_without_files_is_refused_in_chinese(kind, day):
    with pytest.raises(ValueError, match="年份须在"):
        Period.of(kind, day)


def test_an_empty_period_is_refused():
    with pytest.raises(ValueError, match="必须晚于"):
        Period(date(2026, 11, 2), date(2026, 11, 2))


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("2026-W47", "2026年第47周（11月16日—22日）"),
        ("2026-W49", "2026年第49周（11月30日—12月6日）"),
        ("2026-W53", "2026年第53周（2026年12月28日—2027年1月3日）"),
        ("2026-11", "2026年11月"),
        ("2026-Q4", "2026年第四季度"),
        ("2026-H1", "2026年上半年"),
        ("2026-H2", "2026年下半年"),
        ("2026", "2026年"),
        ("2026-11-01_2026-11-16", "2026年11月1日—15日"),
    ],
)
def test_a_label_is_what_the_office_says(slug, label):
    with translation.override("zh-hans"):
        assert str(Period.parse(slug)) == label


def test_moments_are_bounded_by_midnight_in_china():
    november = Period.parse("2026-11")

    assert november.starts_at == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert november.contains(datetime(2026, 10, 31, 16, tzinfo=UTC))
    assert not november.contains(datetime(2026, 11, 30, 16, tzinfo=UTC))


def test_the_day_of_a_moment_is_the_day_in_china():
    last_evening_in_london = datetime(2026, 11, 30, 17, tzinfo=UTC)

    assert Period.month_of(last_evening_in_london).slug == "2026-12"


def test_conditions_are_half_open():
    november = Period.parse("2026-11")

    assert dict(november.on("day").children) == {
        "day__gte": date(2026, 11, 1),
        "day__lt": date(2026, 12, 1),
    }
    assert dict(november.at("at").children)["at__lt"] == november.ends_at
