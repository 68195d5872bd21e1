import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.base import ALL, CLOSED, ENDED, Choice, UnitFilters
from communities.models import (
    HEAD,
    Household,
    Lane,
    PopulationEvent,
    Relocation,
    Resident,
)
from communities.relations import UNKNOWN
from communities.sections import categories
from toolkit.filters import DayFilter


class ResidentFilters(UnitFilters):
    category = Choice(label=_("人员类别"), method="in_category")
    living = Choice(choices=Resident.Living, label=_("居住状态"))
    registration = Choice(choices=Resident.Registration, label=_("户籍"))
    rolls = Choice(
        label=_("名册"),
        method="on_rolls",
        empty_label=_("在册"),
        choices=[(ENDED, _("已注销")), (ALL, _("在册和已注销"))],
    )
    home = Choice(
        label=_("住户情况"),
        method="by_home",
        choices=[
            ("none", _("没有住户")),
            ("head", _("户主")),
            ("unknown", _("与户主关系待补")),
        ],
    )

    class Meta:
        model = Resident
        fields = [
            "unit",
            "grid",
            "category",
            "living",
            "registration",
            "rolls",
            "home",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(slug, one.label) for slug, one in categories.items()]
        self.filters["category"].extra["choices"] = known

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        # The rows behind a figure are those of its period: who has left since stays in.
        is_figure = self.data.get("figure")
        if self.form.cleaned_data.get("rolls") or is_figure:
            return queryset
        return queryset.registered()

    def on_rolls(self, queryset, name, value):
        return queryset.exclude(ended_on=None) if value == ENDED else queryset

    def in_category(self, queryset, name, value):
        return categories[value].rows(queryset, timezone.localdate())

    def by_home(self, queryset, name, value):
        if value == "none":
            return queryset.filter(household=None)
        relation = HEAD if value == "head" else UNKNOWN
        return queryset.filter(relation=relation, household__isnull=False)


class HouseholdFilters(UnitFilters):
    number = django_filters.CharFilter(lookup_expr="startswith", label=_("户号"))
    kind = Choice(choices=Household.Kind, label=_("户别"))
    lane = django_filters.ModelChoiceFilter(
        field_name="building__lane",
        queryset=Lane.objects.all(),
        label=_("街巷"),
        empty_label=_("全部"),
    )
    state = Choice(
        label=_("状态"),
        method="in_state",
        empty_label=_("未销户"),
        choices=[(CLOSED, _("已销户")), (ALL, _("全部"))],
    )

    class Meta:
        model = Household
        fields = ["unit", "grid", "number", "lane", "kind", "state"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state") or self.data.get("figure"):
            return queryset
        return queryset.open()

    def in_state(self, queryset, name, value):
        return queryset.exclude(closed_on=None) if value == CLOSED else queryset


class PopulationEventFilters(UnitFilters):
    kind = Choice(choices=PopulationEvent.Kind, label=_("事项"))
    since = DayFilter("happened_on", lookup_expr="gte", label=_("起始日期"))
    until = DayFilter("happened_on", lookup_expr="lte", label=_("截止日期"))
    state = Choice(
        label=_("登记"),
        method="in_state",
        empty_label=_("有效登记"),
        choices=[(ALL, _("连同撤销的"))],
    )

    class Meta:
        model = PopulationEvent
        fields = ["unit", "grid", "kind", "since", "until", "state"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        is_all = self.form.cleaned_data.get("state") == ALL
        return queryset if is_all else queryset.standing()

    def in_state(self, queryset, name, value):
        return queryset


class RelocationFilters(UnitFilters):
    since = DayFilter("moved_on", lookup_expr="gte", label=_("起始日期"))
    until = DayFilter("moved_on", lookup_expr="lte", label=_("截止日期"))
    state = Choice(
        label=_("登记"),
        method="in_state",
        empty_label=_("有效登记"),
        choices=[(ALL, _("连同撤销的"))],
    )

    class Meta:
        model = Relocation
        fields = ["unit", "grid", "since", "until", "state"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        is_all = self.form.cleaned_data.get("state") == ALL
        return queryset if is_all else queryset.standing()

    def in_unit(self, queryset, name, code):
        """Moves into the unit and moves out of it."""
        if name == "unit" and self.data.get("figure"):
            return queryset
        path = self.paths[code]
        return queryset.filter(
            Q(org_unit__path__startswith=path) | Q(from_unit__path__startswith=path)
        )

    def in_state(self, queryset, name, value):
        return queryset
