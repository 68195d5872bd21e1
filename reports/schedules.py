"""Which reports there are. To add a schedule, add it here, and only here.

schedule = schedules["monthly"]
schedule.parse("2026-11")                  # the period, or ValueError
schedule.complete(since, now)              # periods that have ended, oldest first
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkit import periods
from toolkit.periods import CHINA, Period
from toolkit.registry import Registry

schedules = Registry("schedule")


@dataclass(frozen=True)
class Schedule:
    """A report of one kind of period, for the street and each community and village."""

    slug: str
    label: str  # 月报
    kind: str  # the kind of period
    # When the report is made, in words.
    when: str
    # How many of the last periods the overview shows.
    shown: int

    def __str__(self):
        return str(self.label)

    def period_of(self, day: date) -> Period:
        return Period.of(self.kind, day)

    def parse(self, slug: str) -> Period:
        """Read a period of this schedule; raises ValueError with a sentence."""
        period = Period.parse(slug)
        if period.kind != self.kind or period.slug != slug:
            example = self.period_of(date(2026, 11, 23)).slug
            raise ValueError(
                _("%(label)s没有“%(slug)s”这一期，例：%(example)s。")
                % {"label": self.label, "slug": slug, "example": example}
            )
        return period

    def current(self, now: datetime) -> Period:
        """The period that is running at the moment, by China's clock."""
        return self.period_of(now.astimezone(CHINA).date())

    def complete(self, since: date, now: datetime) -> Iterator[Period]:
        """Yield the periods that have ended, from the one in which `since` lies on."""
        period, running = self.period_of(since), self.current(now)
        while period < running:
            yield period
            period = period.next()

    def title_of(self, period: Period) -> str:
        """2026年10月月报."""
        return _("%(period)s%(label)s") % {"period": period.label, "label": self.label}


def add(slug: str, label, kind: str, when, shown: int) -> Schedule:
    """Add a schedule."""
    return schedules.add(slug, Schedule(slug, label, kind, when, shown))


add("weekly", gettext_lazy("周报"), periods.WEEK, gettext_lazy("每周一零点"), 12)
add("monthly", gettext_lazy("月报"), periods.MONTH, gettext_lazy("每月 1 日零点"), 12)
add(
    "quarterly",
    gettext_lazy("季报"),
    periods.QUARTER,
    gettext_lazy("每季度第一天零点"),
    4,
)
add(
    "half-year",
    gettext_lazy("半年报"),
    periods.HALF,
    gettext_lazy("1 月 1 日和 7 月 1 日零点"),
    4,
)
add("yearly", gettext_lazy("年报"), periods.YEAR, gettext_lazy("1 月 1 日零点"), 3)
