"""Which reports there are, are being made, or are missing: one block a schedule."""

from datetime import date, datetime
from itertools import islice

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import FIRST_REPORT_DAY
from reports.actions import key_of, reports_since
from reports.models import Report
from reports.schedules import Schedule, schedules
from reports.units import existed, units_for
from toolkit import formats, periods
from toolkit.models import Job
from toolkit.periods import Period

MADE, PARTLY, UNDER_WAY, FAILED, MISSING = "made", "partly", "wait", "failed", "missing"
RUNNING = "running"
UNDER_WAY_STATES = (Job.State.WAITING, Job.State.RUNNING)


def short_label(period: Period) -> str:
    """Return the name of a period where its year is plain: 10月, 第47周, 第三季度."""
    start = period.start
    if period.kind == periods.WEEK:
        return _("第%(week)s周") % {"week": start.isocalendar().week}
    if period.kind == periods.MONTH:
        return formats.month_words(start)
    if period.kind == periods.QUARTER:
        names = (_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度"))
        return names[(start.month - 1) // 3]
    if period.kind == periods.HALF:
        return _("上半年") if start.month == 1 else _("下半年")
    return _("%(year)s年") % {"year": year_of(period)}


def year_of(period: Period) -> int:
    """Return the year to which a period belongs; a week's is that of its Thursday."""
    is_week = period.kind == periods.WEEK
    return period.start.isocalendar().year if is_week else period.start.year


class ReportCalendar:
    """The reports that a user may see, by schedule and period."""

    def __init__(self, user, now: datetime):
        self.now, self.since = now, reports_since()
        self.units = units_for(user)
        mine = Report.objects.in_scope_of(user).order_by()
        counted = mine.values_list("schedule", "period_start").annotate(
            Count("pk"), Max("produced_at")
        )
        self.made = {row[:2]: row[2:] for row in counted}
        jobs = Job.objects.filter(kind="report").exclude(state=Job.State.DONE)
        self.jobs = dict(jobs.values_list("key", "state"))

    @property
    def is_empty(self) -> bool:
        return not self.made and not self.jobs

    def blocks(self, chosen: Schedule | None = None) -> list[dict]:
        """Return a block for each schedule; for a chosen one all of its periods."""
        if chosen is not None:
            return [self.block(chosen, None)]
        return [self.block(schedule, schedule.shown) for schedule in schedules.values()]

    def block(self, schedule: Schedule, limit: int | None) -> dict:
        running = schedule.current(self.now)
        ended = self.ended(schedule, running)
        cells = [self.running_cell(running)]
        cells += [self.cell(schedule, one) for one in islice(ended, limit)]
        return {
            "schedule": schedule,
            "years": by_year(cells),
            "has_more": limit is not None and next(ended, None) is not None,
        }

    def ended(self, schedule: Schedule, running: Period):
        """Yield the ended periods of a schedule, the newest first."""
        first = self.first_day(schedule)
        period = running.previous()
        while first is not None and period.end > first:
            # What ended before the first report day and was never made is not missing.
            if self.is_owed(period) or (schedule.slug, period.start) in self.made:
                yield period
            period = period.previous()

    def is_owed(self, period: Period) -> bool:
        return self.since is not None and period.end > self.since

    def first_day(self, schedule: Schedule) -> date | None:
        """Return the day from which there are or should be reports of the schedule."""
        days = [
            start
            for slug, start in self.made
            if slug == schedule.slug and start >= FIRST_REPORT_DAY
        ]
        return min([*days, *([self.since] if self.since else [])], default=None)

    def running_cell(self, running: Period) -> dict:
        is_far = running.end.year != self.now.year
        day = formats.cn_date(running.end) if is_far else formats.cn_day(running.end)
        return {
            "period": running,
            "label": short_label(running),
            "state": RUNNING,
            "text": _("进行中，%(day)s生成") % {"day": day},
            "url": "",
        }

    def cell(self, schedule: Schedule, period: Period) -> dict:
        state, moment = self.state_of(schedule, period)
        day = formats.cn_day(moment)
        is_week = schedule.kind == periods.WEEK
        days = formats.day_span(period.start, period.last_day)
        made = days if is_week else _("%(day)s生成") % {"day": day}
        words = {
            MADE: made,
            PARTLY: _("缺部分单位"),
            UNDER_WAY: _("正在生成"),
            FAILED: _("没有生成成功"),
            MISSING: _("还没有生成"),
        }
        args = [schedule.slug, period.slug]
        return {
            "period": period,
            "label": short_label(period),
            "state": state,
            "text": words[state],
            "url": reverse("reports:period", args=args),
        }

    def state_of(self, schedule: Schedule, period: Period) -> tuple:
        """Return the state of a period and when its last report was made."""
        count, moment = self.made.get((schedule.slug, period.start), (0, None))
        expected = sum(existed(unit, period) for unit in self.units)
        job = self.jobs.get(key_of(schedule, period))
        if count and count >= expected:
            return MADE, moment
        if job in UNDER_WAY_STATES:
            return UNDER_WAY, moment
        if job == Job.State.FAILED:
            return FAILED, moment
        return (PARTLY if count else MISSING), moment


def by_year(cells: list[dict]) -> list[dict]:
    """Return the cells under their years, the newest year first."""
    years: dict[int, list[dict]] = {}
    for cell in cells:
        years.setdefault(year_of(cell["period"]), []).append(cell)
    return [
        {"year": _("%(year)s年") % {"year": year}, "cells": found}
        for year, found in years.items()
    ]
