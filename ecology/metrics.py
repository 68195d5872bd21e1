from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from ecology.models import Greenery
from toolkit.metrics import metric


@metric(
    "ecology.green_area",
    label=_("新增绿化面积"),
    sentence=_("面积{number}平方米"),
    unit=_("平方米"),
    value=Sum("area"),
    decimals=1,
    meaning=_("期内完成的各处面积相加。"),
    source="F089",
    better="up",
)
@metric(
    "ecology.green_spots",
    label=_("新增绿化"),
    unit=_("处"),
    meaning=_("期内完成的处数。"),
    better="up",
)
def greenery(period):
    return Greenery.objects.planted_in(period)
