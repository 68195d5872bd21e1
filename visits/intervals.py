"""Dates that lie a rule's interval apart, and the moments at which days begin."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.utils import timezone

DAY, WEEK, MONTH, QUARTER = "day", "week", "month", "quarter"
DAYS = {DAY: 1, WEEK: 7}
MONTHS = {MONTH: 1, QUARTER: 3}


def later(day: date, amount: int, unit: str) -> date:
    """Return the day that lies `amount` units after `day`.

    Months keep the day of the month as far as it exists: 31 January plus one month is
    the last day of February. Raises KeyError for an unknown unit.
    """
    if unit in DAYS:
        return day + timedelta(days=amount * DAYS[unit])
    months = day.year * 12 + day.month - 1 + amount * MONTHS[unit]
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the street."""
    return timezone.make_aware(datetime.combine(day, time.min))
