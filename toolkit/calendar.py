"""The Chinese office calendar: weekends, statutory holidays, moved working days (调休).

    today_works = calendar().is_working_day(date(2026, 10, 10))      # a Saturday, True

The exceptions are rows of CalendarDay, which the office may edit. Each process holds
them in memory and looks at most every half minute whether they changed, so a list of a
thousand rows asks the database once.

The yearly notice of the State Council begins with New Year's Day; a year is known once
its 1 January is in the table. Other years are taken from Monday to Friday.
"""

import time as clock
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from toolkit.models import CalendarDay

CHINA = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
CHECK_SECONDS = 30
# Office hours as (from, to); YUHAI_WORKING_HOURS in the settings replaces them.
WORKING_HOURS = (("08:30", "12:00"), ("13:30", "17:30"))

Held = TypeVar("Held")


class Snapshot(Generic[Held]):
    """A small table held in memory and read again when it has changed.

    The table needs `updated_at`; count and latest change together are its version.
    """

    def __init__(self, rows: Callable[[], QuerySet], build: Callable[[QuerySet], Held]):
        self._rows = rows
        self._build = build
        self.forget()

    def get(self) -> Held:
        """What the table held within the last half minute."""
        now = clock.monotonic()
        if self._held is None or now >= self._check_at:
            rows = self._rows()
            version = rows.aggregate(count=Count("pk"), changed=Max("updated_at"))
            if self._held is None or version != self._version:
                self._held, self._version = self._build(rows), version
            self._check_at = now + CHECK_SECONDS
        return self._held

    def forget(self) -> None:
        """Read the table again next time."""
        self._held: Held | None = None
        self._version: dict | None = None
        self._check_at = 0.0


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: exceptions by date, and the years they cover."""

    worked: frozenset[date] = frozenset()
    rested: frozenset[date] = frozenset()
    names: dict[date, str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, days: Iterable[CalendarDay]) -> "Calendar":
        """Read the rows; one that is neither rest nor make-up leaves the weekday."""
        kinds, names = {}, {}
        for day in days:
            kinds.setdefault(day.kind, set()).add(day.date)
            names[day.date] = day.name
        worked = kinds.get(CalendarDay.Kind.MAKEUP, ())
        rested = kinds.get(CalendarDay.Kind.HOLIDAY, ())
        return cls(frozenset(worked), frozenset(rested), names)

    def knows(self, year: int) -> bool:
        """Whether the holiday notice of the year is in the table."""
        return date(year, 1, 1) in self.names

    def is_working_day(self, day: date) -> bool:
        if day in self.rested:
            return False
        return day.weekday() < 5 or day in self.worked

    def next_working_day(self, day: date, step: int = 1) -> date:
        """The day itself if it is worked, else the nearest one in the direction."""
        while not self.is_working_day(day):
            day += step * ONE_DAY
        return day

    def add_working_days(self, day: date, amount: int) -> date:
        """The amount-th working day after the day (before it, if negative)."""
        step = ONE_DAY if amount >= 0 else -ONE_DAY
        left = abs(amount)
        while left:
            day += step
            if self.is_working_day(day):
                left -= 1
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`."""
        days = range(1, (last - first).days + 1)
        return sum(self.is_working_day(first + timedelta(days=day)) for day in days)


def working_hours() -> tuple[tuple[time, time], ...]:
    """The office hours of a working day, in order."""
    hours = getattr(settings, "YUHAI_WORKING_HOURS", WORKING_HOURS)
    return tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in hours)


def china_day(moment: date | datetime) -> date:
    """The date on the wall in China of an aware moment; a plain date as it is."""
    if isinstance(moment, datetime):
        return moment.astimezone(CHINA).date() if moment.tzinfo else moment.date()
    return moment


def china_moment(moment: date | datetime) -> datetime:
    """The aware moment; a plain date or naive time is read as China's."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min, CHINA)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


_snapshot: Snapshot[Calendar] = Snapshot(CalendarDay.objects.all, Calendar.of)
calendar = _snapshot.get
forget = _snapshot.forget
