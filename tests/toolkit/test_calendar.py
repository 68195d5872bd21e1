from datetime import UTC, date, datetime

import pytest
from django.test import override_settings

from toolkit.calendar import (
    CHINA,
    Calendar,
    calendar,
    china_day,
    china_moment,
    forget,
    working_hours,
)
from toolkit.models import CalendarDay
from toolkit.reference_calendar import days_of, known_years, load_calendar

YEAR_2026 = Calendar.of(days_of([2026]))


@pytest.fixture
def fresh(db):
    """The calendar in memory is that of this test's database."""
    forget()
    yield
    forget()


def rest(day):
    CalendarDay.objects.create(date=day, kind=CalendarDay.Kind.HOLIDAY, name="停工")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 20), True),  # Sunday, made up
        (date(2026, 9, 25), False),  # Friday, Mid-Autumn
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),  # Wednesday, National Day
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday, made up
        (date(2026, 10, 11), False),  # Sunday
        (date(2026, 2, 28), True),  # Saturday, made up after Spring Festival
    ],
)
def test_days_of_2026_are_as_the_notice_says(day, works):
    assert YEAR_2026.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 21), False),  # Saturday, wrongly entered as made up
        (date(2026, 11, 22), False),  # Sunday, wrongly entered as a holiday
        (date(2026, 11, 23), True),  # Monday, wrongly entered as a holiday
    ],
)
def test_a_wrong_entry_made_usual_is_again_what_its_weekday_is(day, works):
    row = CalendarDay(date=day, kind=CalendarDay.Kind.WORKDAY, name="误录")

    assert Calendar.of([row]).is_working_day(day) is works


def test_2026_has_as_many_working_days_as_the_notice_leaves():
    last, first = date(2026, 12, 31), date(2025, 12, 31)

    assert YEAR_2026.working_days_between(first, last) == 261 - 19 + 6


def test_working_days_are_counted_back_too():
    assert YEAR_2026.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)


def test_a_year_is_known_by_its_first_of_january():
    typhoon = CalendarDay(date=date(2027, 8, 9), kind="holiday", name="台风停工")
    days = Calendar.of([*days_of([2026]), typhoon])

    assert days.knows(2026)
    assert not days.knows(2027)
    assert not days.is_working_day(date(2027, 8, 9))


@pytest.mark.django_db
def test_loading_twice_adds_nothing_and_keeps_what_the_office_edited():
    rest(date(2026, 10, 10))

    assert load_calendar([2026]) == len(days_of([2026])) - 1
    assert load_calendar() > 0
    assert load_calendar() == 0
    assert CalendarDay.objects.get(date=date(2026, 10, 10)).kind == "holiday"


def test_the_known_years_reach_this_year_without_a_gap():
    years = known_years()

    assert years == list(range(years[0], years[-1] + 1))
    assert years[-1] >= 2026


def test_holidays_have_chinese_names_and_their_notice():
    day = next(day for day in days_of([2026]) if day.date == date(2026, 10, 1))

    assert day.name == "国庆节"
    assert day.source == "国务院办公厅关于2026年部分节假日安排的通知"


def test_every_festival_is_named_in_full():
    names = {day.name for day in days_of([2026]) if day.kind == "holiday"}
    assert {"清明节", "端午节", "中秋节", "国庆节"} <= names


def test_the_calendar_is_read_once_for_many_questions(fresh, django_assert_num_queries):
    with django_assert_num_queries(2):
        for _row in range(1000):
            calendar().is_working_day(date(2026, 10, 1))


def test_an_edited_day_is_seen_when_the_table_is_looked_at_again(fresh):
    load_calendar([2026])
    assert calendar().is_working_day(date(2026, 11, 23))
    rest(date(2026, 11, 23))

    forget()

    assert not calendar().is_working_day(date(2026, 11, 23))


def test_days_and_moments_are_those_of_the_wall_clock_in_china():
    evening_in_london = datetime(2026, 11, 23, 17, tzinfo=UTC)

    assert china_day(evening_in_london) == date(2026, 11, 24)
    assert china_day(date(2026, 11, 23)) == date(2026, 11, 23)
    assert china_moment(date(2026, 11, 23)) == datetime(2026, 11, 22, 16, tzinfo=UTC)
    assert china_moment(datetime(2026, 11, 23, 9)).tzinfo is CHINA


@override_settings(YUHAI_WORKING_HOURS=[("09:00", "12:00")])
def test_office_hours_may_be_set():
    assert [str(end) for _begin, end in working_hours()] == ["12:00:00"]
