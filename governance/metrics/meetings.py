"""Figures of meetings and of what became of their motions."""

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from governance.models import Meeting, Motion
from toolkit.metrics import metric


@metric(
    "governance.meeting_attendance",
    label=_("到会人次"),
    unit=_("人次"),
    value=Sum("present"),
    meaning=_("期内召开、到会人数符合规定的会议的实到人次。"),
)
@metric(
    "governance.meetings_held",
    label=_("召开会议"),
    sentence=_("召开会议{number}次"),
    unit=_("次"),
    meaning=_("期内召开、到会人数符合规定、已散会的会议次数。"),
    source="F016",
    better="up",
)
def meetings_held(period):
    return Meeting.objects.held_in(period)


@metric(
    "governance.congress_meetings",
    label=_("召开代表会议"),
    unit=_("次"),
    meaning=_("期内召开、到会人数符合规定的居民（村民）代表会议次数。"),
    source="F017",
    better="up",
)
def congress_meetings(period):
    return Meeting.objects.held_in(period).filter(kind=Meeting.Kind.CONGRESS)


@metric(
    "governance.motions_passed",
    label=_("通过议案"),
    sentence=_("通过议案{number}项"),
    unit=_("项"),
    meaning=_("期内的会议表决通过的议案数，表决无效的不计。"),
    source="F017",
)
def motions_passed(period):
    return Motion.objects.passed_in(period)


@metric(
    "governance.motions_done",
    label=_("落实议案"),
    sentence=_("落实议案{number}项"),
    unit=_("项"),
    meaning=_("期内落实办结的议案数，按落实日期计。"),
    source="F016",
    better="up",
)
def motions_done(period):
    return Motion.objects.done_in(period)


@metric(
    "governance.motions_late",
    label=_("议案落实超期"),
    unit=_("项"),
    meaning=_("期内到期、没有按期落实的议案数，到期后才落实的也计。"),
    better="down",
)
def motions_late(period):
    return Motion.objects.missed_in(period)
