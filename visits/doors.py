"""One door of the day's list: who lives there, why to go, and where it stands.

Walking order is lane, house, block, staircase, floor and room, each by its number: 2号
before 12号, the second floor before the tenth.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from communities.models import Household, Organisation, Resident
from communities.models.places import leading_number
from toolkit import formats
from visits.models import ExtraRound, ExtraVisit, Visit, VisitDuty
from visits.steps import advice

LATE, NEAR, SOON = "late", "near", ""


@dataclass
class Door:
    """A person, household or unit to be visited, with everything that asks for it."""

    subject: Resident | Household | Organisation
    duties: list[VisitDuty] = field(default_factory=list)
    appointments: list[Visit] = field(default_factory=list)
    extras: list[ExtraVisit] = field(default_factory=list)

    @property
    def key(self) -> Hashable:
        return key_of(self.subject)

    @property
    def household(self) -> Household | None:
        if isinstance(self.subject, Resident):
            return self.subject.household
        return self.subject if isinstance(self.subject, Household) else None

    @property
    def building(self):
        return self.household.building if self.household else None

    @property
    def home(self) -> Hashable:
        """What counts as one household: two people behind one door are one."""
        return key_of(self.household) if self.household else self.key

    @property
    def lane(self) -> tuple[str, str]:
        """Sort key and name of the lane."""
        if self.building is None:
            # Behind every lane: who has no house in the register.
            return "~", _("没有登记楼幢的")
        lane = self.building.lane
        return lane.pinyin or lane.name, lane.name

    @property
    def house(self) -> str:
        """The heading above the doors of one staircase: 12号3幢　2单元."""
        if self.building is None:
            return self.subject.address or _("地址不详")
        block = f"{self.building.block}幢" if self.building.block else ""
        stairs = self.household.staircase
        tail = f"　{stairs}单元" if stairs else ""
        return f"{self.building.number}号{block}{tail}"

    @property
    def where(self) -> str:
        """Lane and house, for a door that stands alone: 菜巷5号."""
        return self.house if self.building is None else self.lane[1] + self.house

    @property
    def walk(self) -> tuple:
        """What sorts doors in walking order within a lane."""
        if self.building is None:
            return 0, "", "", 0, "", 0, self.house, str(self.subject)
        home = self.household
        return (
            self.building.order,
            self.building.number,
            padded(self.building.block),
            leading_number(home.staircase),
            home.staircase,
            home.room_order,
            home.room,
            str(self.subject),
        )

    @property
    def sign(self) -> str:
        """What is on the door, the largest thing in the list: 302, or 平房."""
        if isinstance(self.subject, Organisation):
            return _("单位")
        return (self.household.room if self.household else "") or _("平房")

    @property
    def name(self) -> str:
        """Name and age: 陈阿娥　85 岁."""
        if isinstance(self.subject, Household):
            return _("整户　户号%(number)s") % {"number": self.subject.number}
        age = getattr(self.subject, "age", None)
        if age is None:
            return str(self.subject)
        return f"{self.subject}　" + _("%(age)d岁") % {"age": age}

    def due_on(self) -> date:
        """The earliest day by which something is owed here."""
        return min(
            [duty.next_due_on for duty in self.duties]
            + [visit.follow_up_on for visit in self.appointments]
            + [extra.round.last_day for extra in self.extras]
        )

    def days_late(self, today: date) -> int:
        return max(0, (today - self.due_on()).days)

    def is_due(self, today: date) -> bool:
        """Whether something is to be done today, and not merely on the way."""
        return bool(self.extras) or self.is_due_today(today)

    def is_due_today(self, today: date) -> bool:
        """Whether it cannot be left for tomorrow."""
        return self.due_on() <= today or any(
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
        if self.extras:
            words = _("%(day)s前") % {"day": formats.cn_day(self.due_on())}
            return {"text": words, "tone": NEAR}
        return {"text": _("本周内，顺路"), "tone": SOON}

    def reason(self) -> str:
        """Why to go, in one line: rules, what was agreed, what to do differently."""
        duties = sorted(self.duties, key=lambda duty: (duty.rule.number, duty.pk))
        words = [formats.clauses(dict.fromkeys(duty.rule.reason for duty in duties))]
        changed = [duty for duty in duties if duty.why == VisitDuty.Why.CHANGE]
        if changed:
            words.append(min(changed, key=VisitDuty.due_order).occasion)
        if self.is_agreed:
            words.append(_("约好再去"))
        words += [self.occasion(extra.round) for extra in self.extras]
        words.append(self.advice())
        return formats.in_short(words)

    def occasion(self, extra: ExtraRound) -> str:
        """Name a round; its last day only where the clock does not tell it anyway."""
        is_told = extra.last_day == self.due_on()
        return extra.called if is_told else extra.occasion_words

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


def key_of(subject) -> Hashable:
    return subject._meta.model_name, subject.pk


def padded(text: str) -> tuple[int, str]:
    """Sort "2" before "12" and both before names."""
    return leading_number(text), text
