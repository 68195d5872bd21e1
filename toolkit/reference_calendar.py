"""Holidays and make-up days of past and present years, from chinesecalendar."""

from collections.abc import Iterable
from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays

from toolkit.calendar import forget
from toolkit.models import CalendarDay
from toolkit.reference import reference

SOURCE = "国务院办公厅关于%s年部分节假日安排的通知"
# The library writes 国庆节, but 中秋.
_IN_FULL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
_NAMES = {
    holiday.value: _IN_FULL.get(holiday.chinese, holiday.chinese) for holiday in Holiday
}


def known_years() -> list[int]:
    """The years of which the library has the notice."""
    return sorted({day.year for day in holidays})


def days_of(years: Iterable[int] | None = None) -> list[CalendarDay]:
    """The days of rest and the make-up days of the years, unsaved; all by default."""
    wanted = set(known_years() if years is None else years)
    tables = ((holidays, CalendarDay.Kind.HOLIDAY), (workdays, CalendarDay.Kind.MAKEUP))
    return [
        _row(day, kind, name)
        for table, kind in tables
        for day, name in table.items()
        if day.year in wanted
    ]


def load_calendar(years: Iterable[int] | None = None) -> int:
    """Write the days of the years into the table; return how many rows were added.

    Idempotent: a date that is there stays as it is, whether loaded or edited.
    """
    there = set(CalendarDay.objects.values_list("date", flat=True))
    missing = [day for day in days_of(years) if day.date not in there]
    CalendarDay.objects.bulk_create(missing, ignore_conflicts=True, batch_size=500)
    forget()
    return len(missing)


def _row(day: date, kind: str, name: str) -> CalendarDay:
    chinese = _NAMES.get(name, name)
    return CalendarDay(date=day, kind=kind, name=chinese, source=SOURCE % day.year)


reference("calendar", order=10)(load_calendar)
