"""When the next visit will be due, said before the form is sent, with the reason."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.formats import cn_day, days_late
from visits.models import VisitDuty


def prospect(
    duties: list[VisitDuty], now: datetime, *, is_home: bool = False
) -> list[dict]:
    """Return for each kind of outcome when the next visit is due, and by which rule.

    `day` and `hint` hold for a visit of just now. What counts from the day of a visit
    that is entered afterwards is told without a date, in `past_day` and `past_hint`. A
    person under no rule gets no day unless something has changed, and in a household
    it depends on who was met.
    """
    today = timezone.localdate(now)
    first = min(
        ((duty.rule.next_after(today), duty.rule) for duty in duties),
        key=lambda one: one[0],
        default=None,
    )
    return [
        {"outcome": "normal"} | when_normal(first, is_home),
        {"outcome": "changed"} | when_changed(duties, first, now),
        {"outcome": "missed"} | when_missed(first, today + timedelta(days=1)),
    ]


def owed(duty: VisitDuty, today: date) -> dict:
    """Return a duty as the form tells it: 最晚 11月29日，已超期 1 天."""
    due = duty.occasion
    late = (today - duty.next_due_on).days
    if late > 0:
        due = _("%(due)s，已%(late)s") % {"due": due, "late": days_late(late)}
    elif duty.is_past_hour:
        due = _("%(due)s，已过时限") % {"due": due}
    return {
        "whom": str(duty.resident),
        "name": duty.rule.name,
        "pace": duty.rule.pace,
        "last_on": duty.last_visited_on,
        "due": due,
    }


def when_normal(first: tuple | None, is_home: bool) -> dict:
    """Return what follows when all is well: 按规则每周一次，所以是11月30日。"""
    if first is None:
        return undated(_("不在走访名单里，不另约就不再提醒。"))
    if is_home:
        return undated(_("见到的人在走访名单里的，下次按各自的规则。"))
    day, rule = first
    words = {"pace": rule.pace, "day": cn_day(day)}
    return {
        "day": cn_day(day),
        "hint": _("按规则%(pace)s，所以是%(day)s。") % words,
        "past_day": _("按规则"),
        "past_hint": _("按规则%(pace)s，从走访当天算起。") % words,
    }


def when_changed(duties: list[VisitDuty], first: tuple | None, now: datetime) -> dict:
    """Return what follows when something has changed or help is needed."""
    hours = min(
        (duty.rule.extra_within_hours for duty in duties if has_extra(duty)), default=24
    )
    again = timezone.localdate(now + timedelta(hours=hours))
    words = {"hours": hours}
    return {
        "day": cn_day(min(again, first[0]) if first else again),
        "hint": _("有变化、需要帮助的，%(hours)d小时内再去。") % words,
        "past_day": _("按规则"),
        "past_hint": _("有变化、需要帮助的，从走访时算起，%(hours)d小时内再去。")
        % words,
    }


def when_missed(first: tuple | None, tomorrow: date) -> dict:
    """Return what follows when nobody is met."""
    if first is None:
        return undated(_("不在走访名单里，不另约就不再提醒。"))
    words = _("没见到，%(day)s再去，换个时间。")
    return {
        "day": cn_day(tomorrow),
        "hint": words % {"day": cn_day(tomorrow)},
        "past_day": _("按规则"),
        "past_hint": _("没见到，从走访当天算起，次日再去，换个时间。"),
    }


def undated(hint: str) -> dict:
    """Return what follows where no rule sets a day, whenever the visit was."""
    nothing = _("不另约")
    return {"day": nothing, "hint": hint, "past_day": nothing, "past_hint": hint}


def has_extra(duty: VisitDuty) -> bool:
    return bool(duty.rule.extra_within_hours)
