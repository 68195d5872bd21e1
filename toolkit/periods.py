"""Reporting periods: half-open date ranges [start, end), one after the other.

    november = Period.parse("2026-11")
    Visit.objects.filter(november.at("visited_at"))      # a datetime field
    november.previous().slug                             # "2026-10"

Weeks are ISO weeks (Monday to Sunday); the rest follow the calendar year.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from toolkit import formats

CHINA = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1900, 2999
ONE_DAY = timedelta(days=1)
WEEK, MONTH, QUARTER, HALF, YEAR = "week", "month", "quarter", "half", "year"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """The days from `start` up to, but not including, `end`."""

    start: date
    end: date

    def __post_init__(self):
        if self.end <= self.start:
            raise ValueError(_("时段的结束日期必须晚于开始日期。"))

    def __str__(self):
        return self.label

    def __contains__(self, day: date) -> bool:
        return self.contains(day)

    @classmethod
    def week_of(cls, day: date) -> "Period":
        """The ISO week, Monday to Sunday, in which the day lies."""
        monday = _usable(day) - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=7))

    @classmethod
    def month_of(cls, day: date) -> "Period":
        return _months(day, 1)

    @classmethod
    def quarter_of(cls, day: date) -> "Period":
        return _months(day, 3)

    @classmethod
    def half_of(cls, day: date) -> "Period":
        return _months(day, 6)

    @classmethod
    def year_of(cls, day: date) -> "Period":
        return _months(day, 12)

    @classmethod
    def of(cls, kind: str, day: date) -> "Period":
        """The period of the kind ("week", "month", …) in which the day lies."""
        return _PERIOD_OF[kind](day)

    @classmethod
    def parse(cls, slug: str) -> "Period":
        """Read a slug such as "2026-W47"; raises ValueError with a sentence."""
        for pattern, reader in _READERS:
            if match := pattern.fullmatch(slug):
                try:
                    return reader(*map(int, match.groups()))
                except ValueError:
                    break
        raise ValueError(
            _("看不懂的时段“%(slug)s”，例：2026-W47、2026-11、2026-Q4、2026-H2、2026。")
            % {"slug": slug[:40]}
        )

    @property
    def kind(self) -> str:
        """ "week", "month", "quarter", "half", "year", or "" for any other range."""
        for kind, period_of in _PERIOD_OF.items():
            if period_of(self.start) == self:
                return kind
        return ""

    @property
    def slug(self) -> str:
        """The name in URLs; parse() reads it back."""
        return _SLUGS[self.kind](self)

    @property
    def label(self) -> str:
        """What people read: 2026年第47周（11月16日—22日）, 2026年11月, 2026年上半年."""
        return _LABELS[self.kind](self)

    @property
    def last_day(self) -> date:
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def starts_at(self) -> datetime:
        """Midnight in China at which the period begins."""
        return datetime.combine(self.start, time.min, CHINA)

    @property
    def ends_at(self) -> datetime:
        """Midnight in China that no longer belongs to the period."""
        return datetime.combine(self.end, time.min, CHINA)

    def contains(self, day: date) -> bool:
        """Whether the day, or the aware moment on China's clock, lies within."""
        if isinstance(day, datetime):
            return self.starts_at <= day < self.ends_at
        return self.start <= day < self.end

    def previous(self) -> "Period":
        """The period of the same kind that ends where this one begins."""
        if kind := self.kind:
            return Period.of(kind, self.start - ONE_DAY)
        return Period(self.start - (self.end - self.start), self.start)

    def next(self) -> "Period":
        """The period of the same kind that begins where this one ends."""
        if kind := self.kind:
            return Period.of(kind, self.end)
        return Period(self.end, self.end + (self.end - self.start))

    def on(self, field: str) -> Q:
        """Condition that a date field lies within the period."""
        return Q(**{f"{field}__gte": self.start, f"{field}__lt": self.end})

    def at(self, field: str) -> Q:
        """Condition that a datetime field lies within the period."""
        return Q(**{f"{field}__gte": self.starts_at, f"{field}__lt": self.ends_at})


def _usable(day: date) -> date:
    """The plain day; raises ValueError for years no office has files of."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            _("年份须在 %(first)s 至 %(last)s 之间。")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    if isinstance(day, datetime):
        return day.astimezone(CHINA).date() if day.tzinfo else day.date()
    return day


def _months(day: date, length: int) -> Period:
    """The block of `length` months, counted from January, around the day."""
    day = _usable(day)
    first = (day.month - 1) // length * length
    past = first + length
    return Period(
        date(day.year, first + 1, 1), date(day.year + past // 12, past % 12 + 1, 1)
    )


def _read_block(length: int) -> Callable[[int, int], Period]:
    def read(year: int, number: int) -> Period:
        return _months(date(year, (number - 1) * length + 1, 1), length)

    return read


def _read_week(year: int, week: int) -> Period:
    return Period.week_of(date.fromisocalendar(year, week, 1))


def _read_range(*numbers: int) -> Period:
    first, end = date(*numbers[:3]), date(*numbers[3:])
    return Period(_usable(first), _usable(end))


def _week_slug(period: Period) -> str:
    year, week, _weekday = period.start.isocalendar()
    return f"{year}-W{week:02}"


def _week_label(period: Period) -> str:
    year, week, _weekday = period.start.isocalendar()
    return _("%(year)s年第%(week)s周（%(days)s）") % {
        "year": year,
        "week": week,
        "days": formats.day_span(period.start, period.last_day),
    }


def _month_label(period: Period) -> str:
    return formats.cn_month(period.start)


def _quarter_label(period: Period) -> str:
    names = (
        _("%(year)s年第一季度"),
        _("%(year)s年第二季度"),
        _("%(year)s年第三季度"),
        _("%(year)s年第四季度"),
    )
    return names[_block(period, 3) - 1] % {"year": period.start.year}


def _half_label(period: Period) -> str:
    name = _("%(year)s年上半年") if _block(period, 6) == 1 else _("%(year)s年下半年")
    return name % {"year": period.start.year}


def _range_label(period: Period) -> str:
    first, last = period.start, period.last_day
    days = formats.day_span(first, last)
    if first.year != last.year:
        return days
    return _("%(year)s年%(days)s") % {"year": first.year, "days": days}


def _block(period: Period, length: int) -> int:
    return (period.start.month - 1) // length + 1


_PERIOD_OF: dict[str, Callable[[date], Period]] = {
    WEEK: Period.week_of,
    MONTH: Period.month_of,
    QUARTER: Period.quarter_of,
    HALF: Period.half_of,
    YEAR: Period.year_of,
}
_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_READERS: tuple[tuple[re.Pattern, Callable[..., Period]], ...] = (
    (re.compile(r"(\d{4})-W(\d{2})", re.ASCII), _read_week),
    (re.compile(r"(\d{4})-(\d{2})", re.ASCII), _read_block(1)),
    (re.compile(r"(\d{4})-Q(\d)", re.ASCII), _read_block(3)),
    (re.compile(r"(\d{4})-H(\d)", re.ASCII), _read_block(6)),
    (re.compile(r"(\d{4})", re.ASCII), lambda year: _months(date(year, 1, 1), 12)),
    (re.compile(f"{_DAY}_{_DAY}", re.ASCII), _read_range),
)
_SLUGS: dict[str, Callable[[Period], str]] = {
    WEEK: _week_slug,
    MONTH: lambda period: f"{period.start:%Y-%m}",
    QUARTER: lambda period: f"{period.start.year}-Q{_block(period, 3)}",
    HALF: lambda period: f"{period.start.year}-H{_block(period, 6)}",
    YEAR: lambda period: f"{period.start.year}",
    "": lambda period: f"{period.start}_{period.end}",
}
_LABELS: dict[str, Callable[[Period], str]] = {
    WEEK: _week_label,
    MONTH: _month_label,
    QUARTER: _quarter_label,
    HALF: _half_label,
    YEAR: lambda period: _("%(year)s年") % {"year": period.start.year},
    "": _range_label,
}
