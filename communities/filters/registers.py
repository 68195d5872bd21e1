import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.base import ALL, CLOSED, ENDED, Choice, Level, UnitFilters
from communities.models import (
    BoundaryChange,
    Building,
    ConversionCondition,
    Honour,
    Lane,
    Organisation,
    OrgUnit,
    PopulationSnapshot,
)
from toolkit.filters import SearchFilter

MET, UNMET = "met", "unmet"


class LaneFilters(UnitFilters):
    name = SearchFilter("name", label=_("街巷名称"))
    has_grids = False

    class Meta:
        model = Lane
        fields = ["unit", "name"]


class BuildingFilters(UnitFilters):
    lane = django_filters.ModelChoiceFilter(
        queryset=Lane.objects.all(), label=_("街巷"), empty_label=_("全部")
    )
    number = django_filters.CharFilter(label=_("门牌号"))

    class Meta:
        model = Building
        fields = ["unit", "grid", "lane", "number"]


class OrganisationFilters(UnitFilters):
    name = SearchFilter("name", label=_("单位名称"))
    kind = Choice(choices=Organisation.Kind, label=_("类别"))
    state = Choice(
        label=_("状态"),
        method="in_state",
        empty_label=_("在册"),
        choices=[(CLOSED, _("已注销")), (ALL, _("全部"))],
    )

    class Meta:
        model = Organisation
        fields = ["unit", "grid", "name", "kind", "state"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        is_open = not self.form.cleaned_data.get("state")
        return queryset.filter(closed_on=None) if is_open else queryset

    def in_state(self, queryset, name, value):
        return queryset.exclude(closed_on=None) if value == CLOSED else queryset


class HonourFilters(UnitFilters):
    level = Choice(choices=Honour.Level, label=_("级别"))
    has_grids = False

    class Meta:
        model = Honour
        fields = ["unit", "level"]


class PopulationSnapshotFilters(UnitFilters):
    kind = Choice(choices=PopulationSnapshot.Kind, label=_("口径"))
    has_grids = False

    class Meta:
        model = PopulationSnapshot
        fields = ["unit", "kind"]


class BoundaryChangeFilters(UnitFilters):
    kind = Choice(choices=BoundaryChange.Kind, label=_("类别"))
    has_grids = False

    class Meta:
        model = BoundaryChange
        fields = ["unit", "kind"]


class ConversionConditionFilters(UnitFilters):
    state = Choice(
        label=_("进度"),
        method="in_state",
        choices=[(MET, _("已达成")), (UNMET, _("未达成"))],
    )
    has_grids = False

    class Meta:
        model = ConversionCondition
        fields = ["unit", "state"]

    def in_state(self, queryset, name, value):
        return queryset.filter(met_on__isnull=value == UNMET)


class OrgUnitFilters(UnitFilters):
    level = Choice(choices=Level, label=_("层级"))
    name = SearchFilter("name", label=_("名称"))
    state = Choice(
        label=_("状态"),
        method="in_state",
        empty_label=_("现有"),
        choices=[(ENDED, _("已撤销")), (ALL, _("全部"))],
    )
    has_grids = False

    class Meta:
        model = OrgUnit
        fields = ["unit", "level", "name", "state"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return queryset
        return queryset.current()

    def in_state(self, queryset, name, value):
        if value == ENDED:
            return queryset.filter(valid_to__lte=timezone.localdate())
        return queryset
