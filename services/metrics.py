from django.utils.translation import gettext_lazy as _

from services.models import ServicePoint
from toolkit.metrics import metric


@metric(
    "services.service_points",
    label=_("便民服务点"),
    unit=_("个"),
    meaning=_("期末已设立、未撤销的服务点数。"),
    source="F044",
    better="up",
)
def service_points(period):
    return ServicePoint.objects.open_on(period.last_day)
