from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from safety.models import Emergency, EmergencyDay, PoliceRoom
from toolkit.metrics import metric


@metric(
    "safety.police_rooms",
    label=_("有民警在岗的警务室"),
    unit=_("个"),
    meaning=_("期末未撤销、民警任职未到期的警务室数，每个社区都应有。"),
    source="F090",
    better="up",
)
def police_rooms(period):
    return PoliceRoom.objects.staffed_on(period.last_day)


@metric(
    "safety.emergencies",
    label=_("启动应急响应"),
    unit=_("次"),
    meaning=_("时段内街道启动的应急响应次数，演练不算。"),
    source="F040",
)
def emergencies(period):
    return Emergency.objects.opened_in(period)


@metric(
    "safety.people_moved",
    label=_("应急转移"),
    sentence=_("应急转移{number}人"),
    unit=_("人"),
    value=Sum("moved_then"),
    meaning=_(
        "应急响应中首次转移在时段内的人数；每次响应一人只算一次，演练不算。"
        "名单销毁后按留存的汇总数计。"
    ),
    source="F040",
)
@metric(
    "safety.people_contacted",
    label=_("应急叫应"),
    sentence=_("应急叫应{number}人"),
    unit=_("人"),
    value=Sum("contacted_then"),
    meaning=_(
        "应急响应中首次联系上在时段内的人数，含拒绝转移的；每次响应一人只算一次，"
        "演练不算。名单销毁后按留存的汇总数计。"
    ),
    source="F040",
)
def days_of_emergencies(period):
    """The days of emergencies, each with its figures."""
    return EmergencyDay.objects.of_period(period)
