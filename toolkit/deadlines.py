"""How a limit stands: the chip for a list, the sentence that explains it.

deadline = clocks.run(limit, received_at)
deadline.status(now)        # Status("near", "剩 2 个工作日")
deadline.why                # 10月30日受理，15个工作日为11月20日，节假日已扣除。依据：…
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from toolkit import formats
from toolkit.calendar import Calendar, calendar, china_day, china_moment
from toolkit.models import ClockLimit

Unit = ClockLimit.Unit
LATE, NEAR, RUNNING, PAUSED, DONE = "late", "near", "running", "paused", "done"
BY_THE_HOUR = frozenset({Unit.HOURS, Unit.WORKING_HOURS})
BY_THE_CALENDAR = frozenset({Unit.WORKING_DAYS, Unit.WORKING_HOURS})
HOUR = timedelta(hours=1)
_LENGTHS = {
    Unit.DAYS: gettext_noop("%(count)s天"),
    Unit.WORKING_DAYS: gettext_noop("%(count)s个工作日"),
    Unit.HOURS: gettext_noop("%(count)s小时"),
    Unit.WORKING_HOURS: gettext_noop("%(count)s个工作时"),
    Unit.MONTHS: gettext_noop("%(count)s个月"),
    Unit.MONTH_ENDS: gettext_noop("%(count)s个自然月"),
    Unit.YEARS: gettext_noop("%(count)s年"),
}
# "Near" begins so many days before the end of limits in months or years.
NEAR_DAYS = {Unit.MONTHS: 7, Unit.MONTH_ENDS: 7, Unit.YEARS: 30}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as the clock needs it; a row of ClockLimit without its table."""

    amount: int
    unit: str
    label: str = ""
    trigger: str = ""
    source: str = ""
    bound: str = ClockLimit.Bound.WITHIN
    rolls: bool = False
    code: str = ""
    step: str = ""

    @property
    def text(self) -> str:
        """15个工作日, 30天, 3年."""
        return length_text(abs(self.amount), self.unit)

    @property
    def is_minimum(self) -> bool:
        return self.bound == ClockLimit.Bound.AT_LEAST


@dataclass(frozen=True, slots=True)
class Status:
    """What a chip shows: its state and its words."""

    state: str
    text: str

    @property
    def tone(self) -> str:
        """The colour of the chip; none while there is time."""
        return "" if self.state == RUNNING else self.state

    def __str__(self):
        return self.text


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a limit ends, and everything that made it so.

    `due_on` is the last day in China; `due_at` the moment after which it is too late
    (24:00 of that day, 民法典 203). Both are None while the clock is paused.
    """

    limit: Limit
    starts_at: date | datetime
    due_on: date | None
    due_at: datetime | None
    # False: a year without holiday notice was counted from Monday to Friday.
    certain: bool = True
    # What pauses took out, "4天" or "3小时".
    paused: str = ""
    paused_since: date | None = None
    # Units that were left when the clock stopped.
    left: str = ""
    rolled_from: date | None = None
    done_at: date | datetime | None = None

    def status(self, now: date | datetime, days: Calendar | None = None) -> Status:
        """The chip at this moment; `days` spares the look-up of the calendar."""
        if self.done_at is not None:
            return self._finished()
        if self.due_at is None:
            return Status(PAUSED, _("已暂停"))
        if self.limit.is_minimum:
            return self._minimum(now)
        if china_moment(now) >= self.due_at:
            return Status(LATE, self._overrun(now))
        if self.limit.unit in BY_THE_HOUR:
            return self._hours_left(china_moment(now))
        return self._days_left(china_day(now), days)

    @property
    def why(self) -> str:
        """The sentences that explain the date, with the article they rest on."""
        sentences = [self._first_sentence()]
        if self.paused:
            sentences.append(_("其间暂停%(time)s，不计入。") % {"time": self.paused})
        if self.rolled_from:
            sentences.append(
                _("末日%(day)s遇休息日，顺延。")
                % {"day": formats.cn_day(self.rolled_from)}
            )
        if not self.certain:
            sentences.append(_("所跨年份的放假安排尚未录入，暂按周一至周五推算。"))
        if self.limit.source:
            sentences.append(_("依据：%(source)s。") % {"source": self.limit.source})
        return formats.sentences(sentences)

    def _first_sentence(self) -> str:
        facts = {
            "start": self._written(self.starts_at),
            "trigger": self.limit.trigger or _("起算"),
            "limit": self.limit.text,
            "left": self.left,
        }
        if self.due_at is None:
            facts["since"] = self._written(self.paused_since)
            return (
                _(
                    "%(start)s%(trigger)s，期限%(limit)s，"
                    "%(since)s起暂停，还剩%(left)s。"
                )
                % facts
            )
        facts["due"] = self._written(
            self.due_at if self.limit.unit in BY_THE_HOUR else self.due_on
        )
        if self.limit.amount < 0:
            sentence = _("%(trigger)s为%(start)s，提前%(limit)s为%(due)s。")
        elif not self.limit.amount:
            sentence = _("%(start)s%(trigger)s，应在当天办理。")
        elif self.limit.unit in BY_THE_CALENDAR:
            sentence = _("%(start)s%(trigger)s，%(limit)s为%(due)s，节假日已扣除。")
        else:
            sentence = _("%(start)s%(trigger)s，%(limit)s为%(due)s。")
        return sentence % facts

    def _written(self, moment: date | datetime) -> str:
        """The date, with its year where start and end lie in different years."""
        first, last = china_day(self.starts_at), self.due_on or self.paused_since
        plain = formats.cn_day if first.year == last.year else formats.cn_date
        if self.limit.unit in BY_THE_HOUR and isinstance(moment, datetime):
            return f"{plain(moment)} {formats.cn_time(moment)}"
        return plain(china_day(moment))

    def _finished(self) -> Status:
        if self.due_at is None or china_moment(self.done_at) < self.due_at:
            return Status(DONE, _("按期办结"))
        late = max(1, (china_day(self.done_at) - self.due_on).days)
        return Status(DONE, _("超期 %(days)s 天办结") % {"days": late})

    def _minimum(self, now: date | datetime) -> Status:
        left = (self.due_on - china_day(now)).days
        if china_moment(now) >= self.due_at:
            return Status(DONE, _("已满%(limit)s") % {"limit": self.limit.text})
        if left == 0:
            return Status(RUNNING, _("今天满期"))
        return Status(RUNNING, _("还须 %(days)s 天") % {"days": left})

    def _overrun(self, now: date | datetime) -> str:
        over = china_moment(now) - self.due_at
        if self.limit.unit in BY_THE_HOUR and over < timedelta(days=1):
            return _("超期 %(hours)s 小时") % {"hours": max(1, over // HOUR)}
        days = max(1, (china_day(now) - self.due_on).days)
        return formats.days_late(days)

    def _hours_left(self, now: datetime) -> Status:
        left = self.due_at - now
        state = NEAR if left <= max(1, self.limit.amount // 4) * HOUR else RUNNING
        if left < HOUR:
            minutes = max(1, left // timedelta(minutes=1))
            return Status(state, _("剩 %(minutes)s 分钟") % {"minutes": minutes})
        if left < timedelta(days=2):
            return Status(state, _("剩 %(hours)s 小时") % {"hours": left // HOUR})
        return Status(state, formats.days_left(left.days))

    def _days_left(self, today: date, days: Calendar | None) -> Status:
        if today == self.due_on:
            return Status(NEAR, _("今天到期"))
        if self.limit.unit == Unit.WORKING_DAYS:
            left = (days or calendar()).working_days_between(today, self.due_on)
            text = _("剩 %(days)s 个工作日") % {"days": left}
        else:
            left = (self.due_on - today).days
            text = formats.days_left(left)
        return Status(NEAR if left <= self._near_days() else RUNNING, text)

    def _near_days(self) -> int:
        """A third of the limit, but one to three days; more for months and years."""
        short = min(3, max(1, abs(self.limit.amount) // 3))
        return NEAR_DAYS.get(self.limit.unit, short)


def length_text(amount: int, unit: str) -> str:
    """A number of units in words: 15个工作日."""
    return _(_LENGTHS[unit]) % {"count": amount}
