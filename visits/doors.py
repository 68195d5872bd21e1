"""One door of the day's list: who lives there, why to go, and where it stands.

Walking order is lane, house, block, staircase, floor and room, each by its number: 2号
before 12号, the second floor before the tenth.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models.places import leading_number
from communities.models.residents import age_on
from toolkit import formats
from visits.models import VisitDuty
from visits.models.duties import Standing
from visits.steps import advice
from visits.whom import Whom

LATE, NEAR, SOON = "late", "near", ""


class Occasion(NamedTuple):
    """An extra round in words, put together once for all its people."""

    last_day: date
    called: str
    # With the last day: 台风加访，11月30日前.
    until: str


@dataclass(slots=True)
class Owed(Standing):
    """An open duty as far as a list tells of it; its rule by number and in words."""

    number: int
    reason: str
    pk: int
    next_due_on: date
    next_due_at: datetime | None
    why: str
    misses: int
    last_miss: str
    last_missed_at: datetime | None
    retry_on: date | None
    until: None = None


# What is read of a duty, in the order of an Owed, behind its rule.
OF_DUTY = ("pk", "next_due_on", "next_due_at", "why")
OF_DUTY += ("misses", "last_miss", "last_missed_at", "retry_on")


@dataclass
class Door:
    """A person, household or unit to be visited, with everything that asks for it."""

    whom: Whom
    duties: list[Owed] = field(default_factory=list)
    # The days that were agreed, and the extra rounds.
    appointments: list[date] = field(default_factory=list)
    rounds: list[Occasion] = field(default_factory=list)
    today: date = field(default_factory=timezone.localdate)

    @property
    def home(self) -> Hashable:
        """What counts as one household: two people behind one door are one."""
        home = self.whom.household
        return ("household", home) if home else self.whom.key

    @property
    def lane(self) -> tuple[str, str]:
        """Sort key and name of the lane."""
        if not self.whom.building:
            # Behind every lane: who has no house in the register.
            return "~", _("没有登记楼幢的")
        return self.whom.lane_pinyin or self.whom.lane, self.whom.lane

    @property
    def house(self) -> str:
        """The heading above the doors of one staircase: 12号3幢　2单元."""
        home = self.whom
        if not home.building:
            return home.address or _("地址不详")
        block = f"{home.block}幢" if home.block else ""
        tail = f"　{home.staircase}单元" if home.staircase else ""
        return f"{home.number}号{block}{tail}"

    @property
    def where(self) -> str:
        """Lane and house, for a door that stands alone: 菜巷5号."""
        return self.lane[1] + self.house if self.whom.building else self.house

    @cached_property
    def walk(self) -> tuple:
        """What sorts doors in walking order within a lane."""
        home = self.whom
        if not home.building:
            return 0, "", "", 0, "", 0, self.house, home.name
        return (
            home.order,
            home.number,
            padded(home.block),
            leading_number(home.staircase),
            home.staircase,
            home.room_order,
            home.room,
            home.name,
        )

    @property
    def sign(self) -> str:
        """What is on the door, the largest thing in the list: 302, or 平房."""
        if self.whom.kind == "organisation":
            return _("单位")
        return self.whom.room or _("平房")

    @property
    def name(self) -> str:
        """Name and age: 陈阿娥　85 岁."""
        whom = self.whom
        if whom.kind == "household":
            return _("整户　户号%(number)s") % {"number": whom.name}
        age = age_on(whom.birth_on, whom.ended_on or self.today)
        return whom.name if age is None else f"{whom.name}　" + years_old(age)

    @cached_property
    def due_on(self) -> date:
        """The earliest day by which something is owed here; when all is gathered."""
        days = [duty.next_due_on for duty in self.duties]
        return min(days + self.appointments + [one.last_day for one in self.rounds])

    def days_late(self, today: date) -> int:
        return max(0, (today - self.due_on).days)

    def is_due(self, today: date) -> bool:
        """Whether something is to be done today, and not merely on the way."""
        return bool(self.rounds) or self.is_due_today(today)

    def is_due_today(self, today: date) -> bool:
        """Whether it cannot be left for tomorrow."""
        return self.due_on <= today or any(
            duty.retry_on and duty.retry_on <= today for duty in self.duties
        )

    def clock(self, today: date) -> dict:
        """Return text and tone of the clock: 超期 2 天, 已过时限, 今天, 本周内."""
        late = self.days_late(today)
        if late:
            return {"text": formats.days_late(late), "tone": LATE}
        if any(duty.is_past_hour for duty in self.duties):
            return {"text": _("已过时限"), "tone": LATE}
        if self.is_due_today(today):
            return {"text": _("今天"), "tone": NEAR}
        if self.rounds:
            words = _("%(day)s前") % {"day": formats.cn_day(self.due_on)}
            return {"text": words, "tone": NEAR}
        return {"text": _("本周内，顺路"), "tone": SOON}

    def reason(self) -> str:
        """Why to go, in one line: rules, what was agreed, what to do differently."""
        duties = sorted(self.duties, key=lambda duty: (duty.number, duty.pk))
        words = [formats.clauses(dict.fromkeys(duty.reason for duty in duties))]
        changed = [duty for duty in duties if duty.why == VisitDuty.Why.CHANGE]
        if changed:
            words.append(min(changed, key=Standing.due_order).occasion)
        if self.is_agreed:
            words.append(_("约好再去"))
        # The last day only where the clock does not tell it anyway.
        words += [
            one.called if one.last_day == self.due_on else one.until
            for one in self.rounds
        ]
        words.append(self.advice())
        return formats.in_short(words)

    @property
    def is_agreed(self) -> bool:
        agreed = (duty.why == VisitDuty.Why.AGREED for duty in self.duties)
        return bool(self.appointments) or any(agreed)

    def advice(self) -> str:
        """What to do differently after a try in vain."""
        missed = [duty for duty in self.duties if duty.misses]
        if not missed:
            return ""
        last = max(missed, key=lambda duty: duty.last_missed_at)
        return advice(last.last_miss, last.last_missed_at)

    @property
    def misses(self) -> int:
        """How often in a row the person was not met."""
        return max((duty.misses for duty in self.duties), default=0)

    @property
    def is_alarming(self) -> bool:
        return any(duty.is_alarming for duty in self.duties)


def years_old(age: int) -> str:
    """Return 85岁."""
    return _("%(age)d岁") % {"age": age}


def padded(text: str) -> tuple[int, str]:
    """Sort "2" before "12" and both before names."""
    return leading_number(text), text
