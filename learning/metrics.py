from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from learning.models import SchoolSession
from toolkit.metrics import metric


@metric(
    "learning.school_attendance",
    label=_("参加市民学校"),
    sentence=_("参加{number}人次"),
    unit=_("人次"),
    value=Sum("attendance"),
    meaning=_("各期参加人次相加，一人来两次算两人次。"),
    better="up",
)
@metric(
    "learning.school_units",
    label=_("已办市民学校的社区（村）"),
    sentence=_("覆盖{number}个社区（村）"),
    unit=_("个"),
    value=Count("org_unit__community", distinct=True),
    meaning=_("期内至少办过一期的社区（村）数，每月都应办。"),
    source="F065",
    better="up",
)
@metric(
    "learning.school_sessions",
    label=_("市民学校"),
    sentence=_("举办市民学校{number}期"),
    unit=_("期"),
    meaning=_("期内举办的期数。"),
    source="F065",
    better="up",
)
def school_sessions(period):
    return SchoolSession.objects.held_in(period)
