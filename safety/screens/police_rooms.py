from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.screens.columns import PhoneColumn
from safety.forms.police_rooms import PoliceRoomFilters, PoliceRoomForm
from safety.models import PoliceRoom
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.screens import Closing, ModelScreens, register

WARN_BEFORE = timedelta(days=30)


@register
class PoliceRoomScreens(ModelScreens):
    model = PoliceRoom
    about = _("社区民警的姓名、职务和电话，向居民公开")
    icon = "safety"
    form_class = PoliceRoomForm
    filter_class = PoliceRoomFilters
    counted_in = _("个")
    columns = (
        LinkColumn("org_unit__name", _("社区（村）")),
        Column("address"),
        Column("officer"),
        Column("officer_post"),
        PhoneColumn("phone"),
        Column("hours"),
        DateColumn("posted_until"),
    )
    closing = Closing(label=_("撤销"), hint=_("撤销后居民不再看到，记录保留。"))

    @classmethod
    def chips(cls, row):
        """Warn before a posting ends (F091)."""
        today = timezone.localdate()
        if row.posted_until is None or row.posted_until > today + WARN_BEFORE:
            return []
        if row.posted_until < today:
            return [{"text": _("任职已到期"), "tone": "bad"}]
        return [{"text": _("任职快到期"), "tone": "wait"}]
