from django.utils.translation import gettext_lazy as _

from governance.forms import UpgradeFilters, UpgradeForm
from governance.models import Upgrade
from governance.screens.document_parts import documents_section
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.screens import ModelScreens, register


@register
class UpgradeScreens(ModelScreens):
    model = Upgrade
    about = _("党支部升党总支、党总支升党委的日期和批复")
    icon = "governance"
    form_class = UpgradeForm
    filter_class = UpgradeFilters
    counted_in = _("次")
    has_update = False
    columns = (
        LinkColumn("body__name", _("党组织")),
        Column("body__org_unit__name", _("社区（村）")),
        Column("before"),
        Column("after"),
        DateColumn("upgraded_on"),
        Column("document_number"),
    )
    facts = (
        "body",
        "before",
        "after",
        "former_name",
        "upgraded_on",
        "document_number",
    )

    @classmethod
    def belongs_to(cls, pillar):
        """Not on the first page of the pillar: each body tells its own upgrades."""
        return False

    @classmethod
    def create_label(cls):
        return _("登记升格")

    @classmethod
    def sections(cls, row, request):
        return [documents_section(row, request.user)]
