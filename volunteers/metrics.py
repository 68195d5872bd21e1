from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from toolkit.metrics import metric
from volunteers.models import Team


@metric(
    "volunteers.members",
    label=_("志愿者登记"),
    sentence=_("登记志愿者{number}人次"),
    unit=_("人次"),
    value=Sum("members_then"),
    meaning=_(
        "各队期末的登记人数相加，一人参加两队算两次；以后改的人数从修改当天算起。"
    ),
)
@metric(
    "volunteers.teams",
    label=_("志愿队伍"),
    unit=_("支"),
    meaning=_("期末在册的队伍数。"),
)
def teams(period):
    day = period.last_day
    return Team.objects.active_on(day).with_members_on(day)


@metric(
    "volunteers.teams_founded",
    label=_("新成立队伍"),
    unit=_("支"),
    meaning=_("期内成立的队伍数。"),
)
def teams_founded(period):
    return Team.objects.filter(founded_on__gte=period.start, founded_on__lt=period.end)
