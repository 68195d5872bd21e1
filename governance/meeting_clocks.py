"""How early a meeting is called (T05); which unit has not met in time (T05, T06)."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.checks import FAULT, NEAR, Finding, body_check
from governance.models import Body, Meeting, Member
from toolkit import clocks, formats
from toolkit.deadlines import Deadline, Limit

Kind = Meeting.Kind


def notice_of(meeting: Meeting) -> Deadline | None:
    """Return until when a meeting must be called, None where no law sets a day."""
    if not meeting.is_assembly:
        return None
    limit = clocks.limit("T05", "notice", meeting.unit.rule_profile)
    return clocks.run(limit, timezone.localdate(meeting.starts_at))


def why_too_late(meeting: Meeting, today: date) -> str:
    """Return why a meeting cannot be called any more, "" if it can."""
    notice = notice_of(meeting)
    if notice is None or meeting.urgency or today <= notice.due_on:
        return ""
    facts = {
        "length": notice.limit.text,
        "day": formats.cn_date(notice.due_on),
        "source": notice.limit.source,
    }
    words = _(
        "通知太晚：会议要提前%(length)s通知，最迟%(day)s。请改期；遇有特殊情况临时通知的，写明情况。依据：%(source)s。"
    )
    return words % facts


def last_held(body: Body, kinds: tuple[str, ...]) -> date | None:
    """Return the day of the last meeting of a body to which enough people came."""
    held = Meeting.objects.held().filter(body__org_unit=body.org_unit, kind__in=kinds)
    last = held.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return last and timezone.localdate(last)


@body_check(Body.Kind.CONGRESS)
def meets_in_time(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """Representatives meet every half year, in villages every quarter (T06)."""
    limit = clocks.limit("T06", profile=body.org_unit.rule_profile)
    yield from overdue(limit, last_held(body, (Kind.CONGRESS,)))


@body_check(Body.Kind.COMMITTEE)
def calls_the_assembly(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """Villagers meet at least once a year (T05); the other law sets no time."""
    profile = body.org_unit.rule_profile
    last = last_held(body, (Kind.ADULTS, Kind.HOUSEHOLDS))
    if profile == "village" and last:
        yield from overdue(clocks.limit("T05", "yearly", profile), last)


def overdue(limit: Limit, last: date | None) -> Iterator[Finding]:
    """Yield what is to be said of meetings that come too seldom."""
    source = _("依据：%(source)s。") % {"source": limit.source}
    if last is None:
        yield Finding(NEAR, _("还没有登记过会议。") + source)
        return
    due_on, today = clocks.run(limit, last).due_on, timezone.localdate()
    if due_on < today:
        facts = {
            "last": formats.cn_date(last),
            "length": limit.text,
            "due": formats.cn_date(due_on),
            "days": (today - due_on).days,
        }
        words = _(
            "上次会议是%(last)s，每%(length)s要开一次，应不晚于%(due)s，已过%(days)d天。"
        )
        yield Finding(FAULT, words % facts + source)
