from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.filters.registers import (
    BoundaryChangeFilters,
    ConversionConditionFilters,
    HonourFilters,
    PopulationSnapshotFilters,
)
from communities.forms.boundaries import BoundaryChangeForm
from communities.forms.units import (
    ConversionConditionForm,
    HonourForm,
    PopulationSnapshotForm,
)
from communities.left_behind import left_behind
from communities.models import (
    BoundaryChange,
    ConversionCondition,
    Honour,
    OrgUnit,
    PopulationSnapshot,
)
from communities.screens.columns import UnitColumn
from toolkit import formats
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register


@register
class HonourScreens(ModelScreens):
    model = Honour
    icon = "honour"
    form_class = HonourForm
    filter_class = HonourFilters
    columns = (
        LinkColumn("title"),
        Column("level", is_lead=True),
        UnitColumn(),
        Column("awarded_by"),
        DateColumn("awarded_on"),
        DateColumn("valid_until", is_dropped=True),
        DateColumn("reassess_on", is_dropped=True),
    )
    sorts = {
        "awarded": (gettext_lazy("授予日期"), Sort("awarded_on", descending=True)),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    counted_in = gettext_lazy("项")

    @classmethod
    def get_queryset(cls):
        return Honour.objects.select_related("org_unit__community")


class CountColumn(NumberColumn):
    """A number of people or households with thousands."""

    def show(self, row) -> str:
        return formats.count(self.raw(row))


@register
class PopulationSnapshotScreens(ModelScreens):
    """Entered once; a correction is another row with its own source."""

    model = PopulationSnapshot
    icon = "people"
    form_class = PopulationSnapshotForm
    filter_class = PopulationSnapshotFilters
    columns = (
        LinkColumn("org_unit__full_name", gettext_lazy("所属社区或网格")),
        DateColumn("as_of"),
        Column("kind", is_lead=True),
        CountColumn("people"),
        CountColumn("households"),
        Column("source"),
    )
    facts = ("org_unit", "as_of", "kind", "people", "households", "source")
    sorts = {
        "as_of": (gettext_lazy("截至日期"), Sort("as_of", descending=True)),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    has_update = False

    @classmethod
    def get_queryset(cls):
        return PopulationSnapshot.objects.select_related("org_unit__community")


@register
class ConversionConditionScreens(ModelScreens):
    model = ConversionCondition
    icon = "check"
    form_class = ConversionConditionForm
    filter_class = ConversionConditionFilters
    columns = (
        LinkColumn("text"),
        UnitColumn(),
        DateColumn("met_on", is_lead=True),
        Column("evidence"),
    )

    @classmethod
    def get_queryset(cls):
        return ConversionCondition.objects.select_related("org_unit__community")


@register
class BoundaryChangeScreens(ModelScreens):
    model = BoundaryChange
    icon = "unit"
    form_class = BoundaryChangeForm
    filter_class = BoundaryChangeFilters
    columns = (
        LinkColumn("decided_text", gettext_lazy("决定日期")),
        Column("kind", is_lead=True),
        UnitColumn(gettext_lazy("作出调整的单位")),
        Column("approved_by"),
        Column("document"),
    )
    facts = (
        "org_unit",
        "kind",
        "decided_text",
        "approved_by",
        "document",
        "grounds_text",
        "note",
    )
    sorts = {
        "decided": (gettext_lazy("决定日期"), Sort("decided_on", descending=True)),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }

    @classmethod
    def get_queryset(cls):
        return BoundaryChange.objects.select_related("org_unit__community")

    @classmethod
    def banners(cls, row, request):
        lines = row.successions.all()
        units = OrgUnit.objects.filter(successions__in=lines).distinct()
        found = [left_behind(unit, request.user) for unit in units]
        return list(chain.from_iterable(found))

    @classmethod
    def sections(cls, row, request):
        lines = row.successions.select_related("predecessor", "successor__community")
        lines = lines.order_by("pk")
        return [
            {
                "title": _("沿革"),
                "note": _("调整前和调整后"),
                "template": "communities/_successions.html",
                "context": {"lines": list(lines)},
            }
        ]
