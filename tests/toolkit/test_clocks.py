"""Time limits: fixed cases of 2026, and what must hold for any case."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.calendar import CHINA, Calendar, china_day
from toolkit.clocks import add_months, due, forget, limit, run
from toolkit.models import ClockLimit
from toolkit.reference_calendar import days_of
from toolkit.reference_clocks import load_clock_limits

DAYS = Calendar.of(days_of([2024, 2025, 2026]))
starts = st.dates(date(2024, 1, 1), date(2026, 8, 31))
amounts = st.integers(1, 60)


def at(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.fixture
def limits(db):
    forget()
    load_clock_limits()
    yield
    forget()


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        # Friday before the week of National Day: 20 September is made up, 25 is rest.
        (date(2026, 9, 18), 15, "working_days", date(2026, 10, 15)),
        (date(2026, 9, 30), 1, "working_days", date(2026, 10, 8)),
        (date(2026, 9, 30), 3, "working_days", date(2026, 10, 10)),
        (date(2026, 9, 30), 4, "working_days", date(2026, 10, 12)),
        (date(2026, 10, 3), 1, "working_days", date(2026, 10, 8)),
        (date(2026, 10, 30), 15, "working_days", date(2026, 11, 20)),
        (date(2026, 11, 20), 7, "days", date(2026, 11, 27)),
        (date(2026, 12, 20), -20, "days", date(2026, 11, 30)),
        (date(2026, 1, 31), 1, "months", date(2026, 2, 28)),
        (date(2024, 2, 29), 5, "years", date(2029, 2, 28)),
        (date(2026, 11, 30), 3, "months", date(2027, 2, 28)),
        (date(2026, 10, 15), 1, "month_ends", date(2026, 11, 30)),
        (date(2026, 11, 23), 0, "days", date(2026, 11, 23)),
    ],
)
def test_a_limit_ends_on_this_day(start, amount, unit, last):
    assert due(start, amount, unit, days=DAYS).due_on == last


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        (at(11, 20, 16), 5, "working_hours", at(11, 23, 12)),
        (at(11, 20, 12, 30), 1, "working_hours", at(11, 20, 14, 30)),
        (at(11, 21, 10), 1, "working_hours", at(11, 23, 9, 30)),
        (at(9, 30, 17), 1, "working_hours", at(10, 8, 9)),
        (at(11, 22, 16), 24, "hours", at(11, 23, 16)),
    ],
)
def test_a_limit_in_hours_ends_at_this_moment(start, amount, unit, end):
    assert due(start, amount, unit, days=DAYS).due_at == end


def test_a_limit_in_days_runs_to_midnight_of_its_last_day():
    deadline = due(at(11, 20, 16), 3, "days", days=DAYS)

    assert deadline.due_at == datetime(2026, 11, 24, tzinfo=CHINA)


def test_only_a_limit_that_says_so_moves_past_a_day_of_rest():
    assert due(date(2026, 9, 3), 30, "days", days=DAYS).due_on == date(2026, 10, 3)
    rolled = due(date(2026, 9, 3), 30, "days", rolls=True, days=DAYS)
    assert rolled.due_on == date(2026, 10, 8)
    assert rolled.rolled_from == date(2026, 10, 3)


def test_a_limit_that_counts_back_rolls_back():
    deadline = due(date(2026, 10, 12), -10, "days", rolls=True, days=DAYS)

    assert deadline.due_on == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("start", "unit", "certain"),
    [
        (date(2026, 11, 20), "working_days", True),
        (date(2026, 12, 20), "working_days", False),
        (date(2026, 12, 20), "working_hours", True),
        (date(2026, 12, 31), "working_hours", False),
        (date(2026, 12, 20), "days", True),
        (date(2030, 5, 1), "working_days", False),
    ],
)
def test_a_year_without_notice_makes_working_time_uncertain(start, unit, certain):
    assert due(start, 15, unit, days=DAYS).certain is certain


def test_without_a_notice_monday_to_friday_is_worked():
    deadline = due(date(2030, 4, 30), 3, "working_days", days=DAYS)

    assert deadline.due_on == date(2030, 5, 3)


@given(starts, amounts)
def test_a_longer_limit_ends_later(start, amount):
    shorter = due(start, amount, "working_days", days=DAYS)
    longer = due(start, amount + 1, "working_days", days=DAYS)

    assert shorter.due_on < longer.due_on


@given(starts, st.integers(0, 30), amounts)
def test_a_later_start_never_ends_earlier(start, delay, amount):
    first = due(start, amount, "working_days", days=DAYS)
    second = due(start + timedelta(days=delay), amount, "working_days", days=DAYS)

    assert first.due_on <= second.due_on


@given(starts, amounts)
def test_exactly_the_limit_of_working_days_lies_between(start, amount):
    last = due(start, amount, "working_days", days=DAYS).due_on

    assert DAYS.is_working_day(last)
    assert DAYS.working_days_between(start, last) == amount


@given(starts, amounts, amounts)
def test_two_limits_in_a_row_are_one(start, first, second):
    middle = due(start, first, "working_days", days=DAYS).due_on

    assert due(middle, second, "working_days", days=DAYS).due_on == (
        due(start, first + second, "working_days", days=DAYS).due_on
    )


@given(starts, amounts, st.integers(0, 40), st.integers(0, 40))
def test_a_pause_moves_the_end_by_its_working_days(start, amount, after, length):
    begin = start + timedelta(days=after)
    end = begin + timedelta(days=length)
    plain = due(start, amount, "working_days", days=DAYS).due_on
    paused = due(start, amount, "working_days", [(begin, end)], days=DAYS).due_on

    lost = DAYS.working_days_between(begin, end) if begin < plain else 0
    assert DAYS.working_days_between(plain, paused) == lost


@given(starts, amounts, st.integers(0, 40), st.integers(0, 40))
def test_a_pause_moves_a_limit_in_days_by_its_days(start, amount, after, length):
    begin = start + timedelta(days=after)
    plain = due(start, amount, "days", days=DAYS).due_on
    pause = (begin, begin + timedelta(days=length))
    paused = due(start, amount, "days", [pause], days=DAYS).due_on

    assert paused - plain == timedelta(days=length if begin < plain else 0)


@given(starts, st.integers(1, 12), st.integers(0, 40), st.integers(0, 40))
def test_a_pause_moves_a_limit_in_months_by_its_days(start, months, after, length):
    begin = start + timedelta(days=after)
    pause = (begin, begin + timedelta(days=length))
    plain = due(start, months, "months", days=DAYS).due_on
    paused = due(start, months, "months", [pause], days=DAYS).due_on

    assert paused - plain == timedelta(days=length if begin < plain else 0)


moments = st.datetimes(datetime(2026, 1, 2), datetime(2026, 8, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=CHINA)
)
spans = st.timedeltas(timedelta(), timedelta(days=5)).map(
    lambda span: timedelta(seconds=int(span.total_seconds()))
)


@given(moments, st.integers(1, 40), spans, spans)
def test_a_pause_moves_a_limit_in_hours_by_its_length(start, amount, after, length):
    pause = (start + after, start + after + length)
    plain = due(start, amount, "hours", days=DAYS).due_at
    paused = due(start, amount, "hours", [pause], days=DAYS).due_at

    assert paused - plain == (length if start + after < plain else timedelta())


@given(moments, st.integers(1, 40), spans, spans)
def test_working_hours_end_in_office_hours_and_a_pause_never_shortens(
    start, amount, after, length
):
    pause = (start + after, start + after + length)
    plain = due(start, amount, "working_hours", days=DAYS).due_at
    paused = due(start, amount, "working_hours", [pause], days=DAYS).due_at

    assert plain <= paused <= plain + length + timedelta(days=30)
    assert DAYS.is_working_day(china_day(paused))
    assert paused.strftime("%H:%M") <= "17:30"


@given(starts, amounts, st.lists(st.tuples(amounts, amounts), max_size=4))
def test_pauses_may_overlap_and_come_in_any_order(start, amount, drawn):
    pauses = [
        (start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in drawn
    ]
    forwards = due(start, amount, "working_days", pauses, days=DAYS)
    backwards = due(start, amount, "working_days", pauses[::-1] * 2, days=DAYS)

    assert forwards == backwards


@pytest.mark.parametrize("unit", ["days", "working_days", "months", "hours"])
@pytest.mark.parametrize("paused_until", [date(2026, 11, 1), date(2026, 11, 9)])
def test_of_a_pause_only_what_follows_the_start_counts(unit, paused_until):
    start = date(2026, 11, 2)
    over_the_start = (date(2026, 10, 20), paused_until)
    from_the_start = (start, max(start, paused_until))

    deadlines = [
        due(start, 20, unit, [pause], days=DAYS).due_at
        for pause in (over_the_start, from_the_start)
    ]

    assert deadlines[0] == deadlines[1]


@pytest.mark.parametrize("unit", ["days", "working_days", "months"])
def test_a_lasting_pause_stops_the_clock(unit):
    pause = (date(2026, 11, 5), None)

    deadline = due(date(2026, 11, 2), 20, unit, [pause], days=DAYS)

    assert deadline.due_on is None
    assert deadline.paused_since == date(2026, 11, 5)


def test_a_pause_after_the_end_comes_too_late():
    pause = (date(2026, 11, 20), None)

    deadline = due(date(2026, 11, 2), 5, "working_days", [pause], days=DAYS)

    assert deadline.due_on == date(2026, 11, 9)


@pytest.mark.parametrize("unit", ["hours", "working_hours"])
def test_a_lasting_pause_stops_hours_too(unit):
    deadline = due(at(11, 20, 9), 5, unit, [(at(11, 20, 10), None)], days=DAYS)

    assert deadline.due_at is None
    assert deadline.left.startswith("4")


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        due(at(11, 20, 9), 5, "days", [(at(11, 22, 9), at(11, 21, 9))], days=DAYS)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_a_month_later_is_the_same_day_or_the_last(day, months):
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_every_code_is_loaded_and_each_step_has_its_trigger_and_source(limits):
    loaded = ClockLimit.objects.exclude(source="").exclude(trigger="")

    assert load_clock_limits() == 0
    # Visits to the elderly stand in the table of visit frequencies, and only there.
    assert set(loaded.values_list("code", flat=True)) == {
        f"T{number:02}" for number in range(1, 27)
    } - {"T15"}
    assert loaded.count() == ClockLimit.objects.count()


def test_a_limit_that_the_office_edited_is_not_loaded_over(limits):
    ClockLimit.objects.filter(code="T22").update(amount=5)

    load_clock_limits()

    assert ClockLimit.objects.get(code="T22").amount == 5


def test_a_village_meets_quarterly_and_a_community_twice_a_year(limits):
    last = date(2026, 7, 20)

    assert run(limit("T06", profile="village"), last).due_on == date(2026, 10, 20)
    assert run(limit("T06", profile="community"), last).due_on == date(2027, 1, 20)


def test_a_limit_for_all_serves_every_profile(limits):
    assert limit("T03", "answer", "village") == limit("T03", "answer")


def test_an_unknown_limit_is_an_error_and_not_no_limit(limits):
    with pytest.raises(LookupError):
        limit("T99")


def test_limits_are_read_once_for_many_rows(limits, django_assert_max_num_queries):
    forget()

    with django_assert_max_num_queries(4):
        for _row in range(100):
            run(limit("T22"), date(2026, 11, 2))
