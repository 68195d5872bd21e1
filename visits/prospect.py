"""When the next visit will be due, said before the form is sent, with the reason."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.formats import cn_day, days_late
from visits.models import VisitDuty


def prospect(duties: list[VisitDuty], now: datetime, *, is_home: bool = False) -> dict:
    """Return the next day for each kind of outcome, and the sentence behind it.

    `normal`, `changed` and `missed` are the labels of the first choice; `hint` says by
    which rule. A person under no rule gets no day unless something has changed, and in
    a household it depends on who was met.
    """
    today = timezone.localdate(now)
    first = min(
        ((duty.rule.next_after(today), duty.rule) for duty in duties),
        key=lambda one: one[0],
        default=None,
    )
    extra = min(
        (duty.rule.extra_within_hours for duty in duties if has_extra(duty)), default=24
    )
    again = timezone.localdate(now + timedelta(hours=extra))
    tomorrow = today + timedelta(days=1)
    return {
        "normal": cn_day(first[0]) if first and not is_home else _("不另约"),
        "changed": cn_day(min(again, first[0]) if first else again),
        "missed": cn_day(tomorrow) if first else _("不另约"),
        "hint": hint(first, today, is_home),
        "changed_hint": _("有变化、要帮助的，%(hours)d小时内再去。") % {"hours": extra},
        "missed_hint": missed_hint(first, tomorrow),
    }


def owed(duty: VisitDuty, today: date) -> dict:
    """Return a duty as the form tells it: 最晚 11月29日，已超期 1 天."""
    due = _("最晚 %(day)s") % {"day": cn_day(duty.next_due_on)}
    late = (today - duty.next_due_on).days
    if late > 0:
        due = _("%(due)s，已%(late)s") % {"due": due, "late": days_late(late)}
    return {
        "whom": str(duty.resident),
        "name": duty.rule.name,
        "pace": duty.rule.pace,
        "last_on": duty.last_visited_on,
        "due": due,
    }


def missed_hint(first: tuple | None, tomorrow: date) -> str:
    """Return the sentence under the choice where nobody is met."""
    if first is None:
        return _("不在走访名单里，不另约就不再提醒。")
    words = _("没见到，%(day)s前再去，换个时间。")
    return words % {"day": cn_day(tomorrow)}


def has_extra(duty: VisitDuty) -> bool:
    return bool(duty.rule.extra_within_hours)


def hint(first: tuple | None, today: date, is_home: bool) -> str:
    """Return the sentence under the choice: 按规则每周一次，所以是 11月30日。"""
    if first and is_home:
        return _("见到的人在走访名单里的，下次按各自的规则。")
    if first is None:
        return _("不在走访名单里，不另约就不再提醒。")
    day, rule = first
    return _("按规则%(pace)s，所以是%(day)s。") % {
        "pace": rule.pace,
        "day": cn_day(day),
    }
