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

from communities.models import FIRST_REPORT_DAY
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
    # The word behind the period in the title of a report.
    titled: str

    def __str__(self):
        return str(self.label)

    def period_of(self, day: date) -> Period:
        return Period.of(self.kind, day)

    def parse(self, slug: str) -> Period:
        """Read a period of this schedule; raises ValueError with a sentence."""
        period = Period.parse(slug)
        is_ours = period.kind == self.kind and period.slug == slug
        if not is_ours or not is_reported(period):
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
        return _("%(period)s%(label)s") % {
            "period": period.label,
            "label": self.titled,
        }


def is_reported(period: Period) -> bool:
    """Answer whether there are reports of a time so long ago."""
    return period.end > FIRST_REPORT_DAY


def add(slug: str, label, kind: str, when, shown: int, titled="") -> Schedule:
    """Add a schedule."""
    added = Schedule(slug, label, kind, when, shown, titled or label)
    return schedules.add(slug, added)


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
    # 上半年半年报 says it twice.
    gettext_lazy("报表"),
)
add("yearly", gettext_lazy("年报"), periods.YEAR, gettext_lazy("1 月 1 日零点"), 3)
