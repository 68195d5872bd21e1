from django.utils.translation import gettext_lazy as _

from safety.models import PoliceRoom
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
