from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.filters.registers import OrgUnitFilters
from communities.forms.units import OrgUnitForm, UnitProfileForm
from communities.left_behind import left_behind
from communities.models import OrgUnit, UnitProfile
from communities.screens.columns import PhoneColumn
from communities.screens.unit_parts import unit_sections
from toolkit.columns import Column, LinkColumn
from toolkit.paging import Sort
from toolkit.permissions import address_for
from toolkit.screens import ModelScreens, register
from toolkit.screens.details import DetailScreen
from toolkit.screens.forms import CreateScreen, UpdateScreen

TREE = gettext_lazy("社区和网格")


class OrgUnitDetailScreen(DetailScreen):
    """One unit; its place in the tree stands in the breadcrumbs."""

    def get_breadcrumbs(self):
        tree = {"label": TREE, "url": reverse("communities:unit-tree")}
        above = []
        if self.object.level == OrgUnit.Level.GRID and self.object.parent:
            parent = self.object.parent
            url = address_for(parent, self.request.user)
            above = [{"label": parent.name, "url": url}]
        return [tree, *above, {"label": self.object.name, "url": None}]


class OrgUnitCreateScreen(CreateScreen):
    """A new unit; which kinds, the form offers by where its clerk works."""

    def get_title(self, noun):
        return _("新设社区、村或网格")


@register
class OrgUnitScreens(ModelScreens):
    model = OrgUnit
    title = gettext_lazy("单位名录")
    icon = "unit"
    form_class = OrgUnitForm
    filter_class = OrgUnitFilters
    columns = (
        LinkColumn("full_name", gettext_lazy("名称")),
        Column("level", is_lead=True),
        Column("code"),
        Column("rule_profile", is_dropped=True),
        Column("lasting_text", gettext_lazy("起止时间")),
    )
    facts = ("code", "level", "parent", "rule_profile", "lasting_text")
    sorts = {
        "path": (gettext_lazy("层级"), Sort("path")),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    counted_in = gettext_lazy("个")
    detail_screen = OrgUnitDetailScreen
    create_screen = OrgUnitCreateScreen

    @classmethod
    def get_queryset(cls):
        return OrgUnit.objects.select_related("community", "parent", "profile")

    @classmethod
    def row_subtitle(cls, row):
        if row.community_id in (None, row.pk):
            return row.code
        return f"{row.community.name}　{row.code}"

    @classmethod
    def chips(cls, row):
        chips = [{"text": row.get_level_display(), "tone": ""}]
        if row.valid_to is not None:
            chips.append({"text": _("已撤销"), "tone": ""})
        return chips

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        profile = getattr(row, "profile", None)
        if profile and request.user.has_perm("communities.change_unitprofile", row):
            url = reverse("communities:unitprofile-update", args=[profile.pk])
            actions.append({"label": _("修改简介"), "url": url})
        elif not profile and request.user.has_perm("communities.add_unitprofile", row):
            url = reverse("communities:unitprofile-create")
            url = f"{url}?org_unit={row.pk}"
            actions.append({"label": _("写简介"), "url": url})
        return actions

    @classmethod
    def banners(cls, row, request):
        return left_behind(row, request.user)

    @classmethod
    def sections(cls, row, request):
        return unit_sections(row, request.user)


class UnitProfileUpdateScreen(UpdateScreen):
    """What a unit says of itself; the street is no community and has its own name."""

    def screen(self, **extra):
        if self.object.org_unit.level == OrgUnit.Level.STREET:
            tree = reverse("communities:unit-tree")
            extra = {"title": TREE, "noun": _("街道简介"), "list_url": tree} | extra
        return super().screen(**extra)


@register
class UnitProfileScreens(ModelScreens):
    model = UnitProfile
    icon = "info"
    form_class = UnitProfileForm
    columns = (
        LinkColumn("org_unit__full_name", gettext_lazy("社区（街道、村）")),
        Column("address"),
        PhoneColumn("phone"),
        PhoneColumn("duty_phone", is_dropped=True),
        Column("director"),
    )
    update_screen = UnitProfileUpdateScreen

    @classmethod
    def get_queryset(cls):
        return UnitProfile.objects.select_related("org_unit__community")
