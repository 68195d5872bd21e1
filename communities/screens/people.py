from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.filters.people import PopulationEventFilters, RelocationFilters
from communities.models import PopulationEvent, Relocation
from communities.screens.columns import UnitColumn
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register


@register
class PopulationEventScreens(ModelScreens):
    """Entries are made on the page of a resident and never edited."""

    model = PopulationEvent
    icon = "history"
    filter_class = PopulationEventFilters
    columns = (
        LinkColumn("resident__name", gettext_lazy("姓名")),
        Column("kind", is_lead=True),
        DateColumn("happened_on"),
        DateColumn("reported_on", is_dropped=True),
        UnitColumn(),
        Column("place"),
        Column("by__name", gettext_lazy("经办人"), is_dropped=True),
    )
    facts = (
        "resident",
        "kind",
        "happened_on",
        "reported_on",
        "place",
        "note",
        "org_unit",
        "by",
        "reverses",
    )
    sorts = {
        "happened": (
            gettext_lazy("发生日期"),
            Sort("happened_on", descending=True),
        ),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    has_create = False
    has_update = False

    @classmethod
    def get_queryset(cls):
        return PopulationEvent.objects.select_related(
            "resident", "org_unit__community", "by", "reverses", "reversal"
        )

    @classmethod
    def chips(cls, row):
        if row.reverses_id:
            return [{"text": _("撤销登记"), "tone": ""}]
        return [] if row.is_standing else [{"text": _("已撤销"), "tone": ""}]

    @classmethod
    def empty(cls, request):
        return {
            "title": _("还没有人口变动"),
            "hint": _("出生、迁入在登记居民时填写；死亡、迁出等在居民档案里登记。"),
        }


@register
class RelocationScreens(ModelScreens):
    """Written by whatever moves a resident within the street, and never edited."""

    model = Relocation
    icon = "history"
    filter_class = RelocationFilters
    columns = (
        LinkColumn("resident__name", gettext_lazy("姓名")),
        DateColumn("moved_on"),
        Column("from_unit__full_name", gettext_lazy("原社区或网格")),
        UnitColumn(gettext_lazy("转入社区或网格")),
        Column("source", is_lead=True),
        Column("by__name", gettext_lazy("经办人"), is_dropped=True),
    )
    facts = ("resident", "moved_on", "from_unit", "org_unit", "source", "by")
    sorts = {
        "moved": (gettext_lazy("转入日期"), Sort("moved_on", descending=True)),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    has_create = False
    has_update = False

    @classmethod
    def get_queryset(cls):
        return Relocation.objects.select_related(
            "resident",
            "from_unit__community",
            "org_unit__community",
            "by",
            "reverses",
            "reversal",
        )

    @classmethod
    def chips(cls, row):
        if row.reverses_id:
            return [{"text": _("撤销登记"), "tone": ""}]
        return [] if row.is_standing else [{"text": _("已撤销"), "tone": ""}]

    @classmethod
    def empty(cls, request):
        return {
            "title": _("还没有街道内迁移"),
            "hint": _("居民转户、住户迁移住址或名册改网格时自动记下。"),
        }
