from datetime import date

import pytest

from visits.intervals import later


@pytest.mark.parametrize(
    ("day", "amount", "unit", "expected"),
    [
        (date(2026, 11, 23), 1, "week", date(2026, 11, 30)),
        (date(2026, 11, 23), 2, "week", date(2026, 12, 7)),
        (date(2026, 12, 31), 1, "day", date(2027, 1, 1)),
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),
        (date(2028, 1, 31), 1, "month", date(2028, 2, 29)),
        (date(2026, 8, 31), 1, "month", date(2026, 9, 30)),
        (date(2026, 12, 31), 2, "month", date(2027, 2, 28)),
        (date(2026, 11, 30), 1, "quarter", date(2027, 2, 28)),
        (date(2026, 2, 28), 1, "quarter", date(2026, 5, 28)),
    ],
)
def test_intervals_keep_the_day_as_far_as_the_month_has_it(day, amount, unit, expected):
    assert later(day, amount, unit) == expected


def test_an_unknown_unit_is_an_error():
    with pytest.raises(KeyError):
        later(date(2026, 1, 1), 1, "fortnight")
