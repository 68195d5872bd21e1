from django.utils.translation import gettext_lazy as _

from communities.screens.columns import PhoneColumn
from services.forms import ServicePointFilters, ServicePointForm
from services.models import ServicePoint
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.screens import Closing, ModelScreens, register


@register
class ServicePointScreens(ModelScreens):
    model = ServicePoint
    about = _("衣、食、住、行、医、学，家门口在哪里办")
    icon = "services"
    form_class = ServicePointForm
    filter_class = ServicePointFilters
    counted_in = _("个")
    columns = (
        LinkColumn("name"),
        Column("org_unit__name", _("社区（村）")),
        Column("need"),
        Column("address"),
        Column("hours"),
        PhoneColumn("phone"),
        DateColumn("opened_on"),
    )
    closing = Closing(label=_("撤销"), hint=_("撤销后居民不再看到，记录保留。"))
