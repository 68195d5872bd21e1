from django.utils.translation import gettext_lazy as _

from ecology.forms import GreeneryFilters, GreeneryForm
from ecology.models import Greenery
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register


@register
class GreeneryScreens(ModelScreens):
    model = Greenery
    plural = "greenery"
    about = _("见缝插绿：新增了哪里、多少平方米、谁来管")
    icon = "ecology"
    form_class = GreeneryForm
    filter_class = GreeneryFilters
    counted_in = _("处")
    sorts = {"planted": (_("完成日期"), Sort("planted_on", descending=True))}
    columns = (
        LinkColumn("place"),
        Column("org_unit__name", _("社区（村）")),
        Column("kind"),
        NumberColumn("area", _("面积"), unit=_("平方米")),
        DateColumn("planted_on"),
        Column("keeper"),
    )
