from django.utils.translation import gettext_lazy as _

from notices.models import Notice, Status
from toolkit.metrics import metric


@metric(
    "notices.published",
    label=_("发布通知公告"),
    unit=_("条"),
    meaning=_("时段内公开发布的通知公告，后来撤下的也算。"),
)
def published(period):
    """Notices that became public in the period, those withdrawn since included."""
    sealed = Notice.objects.filter(status__in=(Status.PUBLISHED, Status.WITHDRAWN))
    return sealed.filter(period.at("publish_at"))
