"""Filters of the lists of visits, duties and owed visits."""

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit, Resident
from toolkit.filters import (
    DayFilter,
    FirstDayFilter,
    LastDayFilter,
    ScreenFilters,
)
from visits.help import HELP, still_wanting
from visits.models import (
    DueVisit,
    Visit,
    VisitDuty,
    VisitRule,
)

LATE, TODAY, MISSED, ENDED = "late", "today", "missed", "ended"


class UnitFilter(django_filters.ModelChoiceFilter):
    """Keep rows of a unit and of everything below it."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=OrgUnit.objects.all(),
            to_field_name="code",
            label=_("社区或网格"),
            empty_label=_("全部"),
            **kwargs,
        )

    def filter(self, queryset, unit):
        return queryset if unit is None else queryset.within(unit)


class VisitFilters(ScreenFilters):
    unit = UnitFilter()
    outcome = django_filters.ChoiceFilter(
        choices=Visit.Outcome, label=_("情况"), empty_label=_("全部")
    )
    method = django_filters.ChoiceFilter(
        choices=Visit.Method, label=_("方式"), empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(
        label=_("需要帮助"),
        empty_label=_("全部"),
        method="in_state",
        choices=[(HELP, _("还没有再去的"))],
    )
    visited_from = FirstDayFilter("visited_at", label=_("起始日期"))
    visited_to = LastDayFilter("visited_at", label=_("截止日期"))
    # Set by the page of a person, not by hand.
    resident = django_filters.ModelChoiceFilter(
        queryset=Resident.objects.all(),
        label=_("居民"),
        widget=forms.HiddenInput,
        method="with_person",
    )

    def with_person(self, queryset, name, resident):
        return queryset.with_person(resident)

    def in_state(self, queryset, name, state):
        return still_wanting(queryset)

    class Meta:
        model = Visit
        fields = [
            "unit",
            "outcome",
            "method",
            "state",
            "visited_from",
            "visited_to",
            "resident",
        ]


class VisitDutyFilters(ScreenFilters):
    unit = UnitFilter()
    rule = django_filters.ModelChoiceFilter(
        queryset=VisitRule.objects.all(), label=_("人员类别"), empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        empty_label=_("在册"),
        method="in_state",
        choices=[
            (LATE, _("超期未访")),
            (TODAY, _("今天要去")),
            (MISSED, _("连续三次未见")),
            (ENDED, _("已结束")),
        ],
    )

    class Meta:
        model = VisitDuty
        fields = ["unit", "rule", "state"]

    def filter_queryset(self, queryset):
        """Ended duties are shown only to whoever asks for them."""
        queryset = super().filter_queryset(queryset)
        is_ended = self.form.cleaned_data.get("state") == ENDED
        return queryset if is_ended else queryset.open()

    def in_state(self, queryset, name, state):
        today = timezone.localdate()
        kept = {
            LATE: lambda: queryset.overdue(today),
            TODAY: lambda: queryset.wanted(today),
            MISSED: queryset.alarming,
            ENDED: lambda: queryset.filter(until__isnull=False),
        }
        return kept[state]()


class DueVisitFilters(ScreenFilters):
    unit = UnitFilter()
    rule = django_filters.ModelChoiceFilter(
        field_name="duty__rule",
        queryset=VisitRule.objects.all(),
        label=_("人员类别"),
        empty_label=_("全部"),
    )
    due_from = DayFilter("due_on", lookup_expr="gte", label=_("起始日期"))
    due_to = DayFilter("due_on", lookup_expr="lte", label=_("截止日期"))

    class Meta:
        model = DueVisit
        fields = ["unit", "rule", "due_from", "due_to"]


class VisitRuleFilters(ScreenFilters):
    tier = django_filters.ChoiceFilter(
        choices=VisitRule.Tier, label=_("层级"), empty_label=_("全部")
    )
    with_ended = django_filters.BooleanFilter(
        label=_("包括已停用"), method="ended_too", widget=forms.CheckboxInput
    )

    class Meta:
        model = VisitRule
        fields = ["tier", "with_ended"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        is_wanted = self.form.cleaned_data.get("with_ended")
        return queryset if is_wanted else queryset.current()

    def ended_too(self, queryset, name, value):
        return queryset
