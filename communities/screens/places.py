from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.translation import gettext_lazy as _

from communities import sections
from communities.filters.registers import (
    BuildingFilters,
    LaneFilters,
    OrganisationFilters,
)
from communities.forms.places import BuildingForm, LaneForm, OrganisationForm
from communities.models import Building, Lane, Organisation
from communities.screens.columns import MaskColumn, UnitColumn
from communities.screens.households import with_heads
from toolkit.columns import Column, LinkColumn, NumberColumn
from toolkit.paging import Sort
from toolkit.privacy.masks import mask_phone
from toolkit.screens import Closing, ModelScreens, register

# Lane, number, block as one text: a list is sorted by one field.
NUMBER = LPad(Cast("order", CharField()), 6, Value("0"))
WALK = Concat("lane__pinyin", Value(" "), NUMBER, Value(" "), "block")
NEWEST = (_("最近登记"), Sort("pk", descending=True))


@register
class LaneScreens(ModelScreens):
    model = Lane
    icon = "pin"
    form_class = LaneForm
    filter_class = LaneFilters
    columns = (LinkColumn("name"), UnitColumn())
    sorts = {"name": (_("拼音"), Sort("pinyin")), "newest": NEWEST}

    @classmethod
    def get_queryset(cls):
        return Lane.objects.select_related("org_unit__community")

    @classmethod
    def sections(cls, row, request):
        houses = row.buildings.in_scope_of(request.user).order_by("order", "block")
        return [
            {
                "title": _("楼幢"),
                "note": _("%(count)d 幢") % {"count": len(houses)},
                "template": "communities/_buildings.html",
                "context": {"buildings": houses},
            }
        ]


@register
class BuildingScreens(ModelScreens):
    model = Building
    icon = "home"
    form_class = BuildingForm
    filter_class = BuildingFilters
    columns = (
        LinkColumn("address", _("地址")),
        UnitColumn(),
        Column("lane__name", _("街巷")),
        NumberColumn("floors", unit=_("层")),
    )
    counted_in = _("幢")
    sorts = {"walk": (_("街巷、门牌"), Sort("walk")), "newest": NEWEST}

    @classmethod
    def get_queryset(cls):
        rows = Building.objects.select_related("lane", "org_unit__community")
        return rows.annotate(walk=WALK)

    @classmethod
    def sections(cls, row, request):
        homes = row.households.open().in_scope_of(request.user)
        homes = with_heads(homes).order_by("address_key", "pk")
        return [
            {
                "title": _("住户"),
                "note": _("%(count)d 户") % {"count": len(homes)},
                "template": "communities/_households.html",
                "context": {"households": homes},
            }
        ]


@register
class OrganisationScreens(ModelScreens):
    model = Organisation
    icon = "governance"
    form_class = OrganisationForm
    filter_class = OrganisationFilters
    columns = (
        LinkColumn("name"),
        UnitColumn(),
        Column("kind"),
        Column("address"),
        Column("contact", is_dropped=True),
        MaskColumn("phone", mask_phone, is_dropped=True),
    )
    sealed = {"phone": mask_phone}
    purposes = (
        ("contact", _("联系单位")),
        ("inspection", _("安全检查")),
        ("emergency", _("紧急情况")),
    )
    records_reading = True
    is_dossier = True
    closing = Closing()
    counted_in = _("家")

    @classmethod
    def get_queryset(cls):
        return Organisation.objects.select_related("org_unit__community")

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        actions += sections.offered("organisation", "action", row, request.user)
        return sorted(actions, key=lambda action: bool(action.get("primary")))
