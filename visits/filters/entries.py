"""Filters of the lists of ledgers and of what phones handed in."""

import django_filters
from django.utils.translation import gettext_lazy as _

from toolkit.filters import (
    DayFilter,
    ScreenFilters,
)
from visits.declared import ledgers
from visits.filters.visits import UnitFilter
from visits.models import (
    HandedIn,
    LedgerEntry,
)

STRUCK, DECIDED = "struck", "decided"


def ledger_choices() -> list[tuple[str, str]]:
    return [(one.slug, one.label) for one in ledgers.values()]


class LedgerEntryFilters(ScreenFilters):
    unit = UnitFilter()
    ledger = django_filters.ChoiceFilter(
        label=_("台账"), empty_label=_("全部"), choices=ledger_choices
    )
    happened_from = DayFilter("happened_on", lookup_expr="gte", label=_("起始日期"))
    happened_to = DayFilter("happened_on", lookup_expr="lte", label=_("截止日期"))
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        empty_label=_("有效"),
        method="in_state",
        choices=[(STRUCK, _("已作废"))],
    )

    class Meta:
        model = LedgerEntry
        fields = ["unit", "ledger", "happened_from", "happened_to", "state"]

    def filter_queryset(self, queryset):
        """Struck entries are shown only to whoever asks for them."""
        queryset = super().filter_queryset(queryset)
        is_struck = self.form.cleaned_data.get("state") == STRUCK
        return queryset if is_struck else queryset.standing()

    def in_state(self, queryset, name, state):
        return queryset.exclude(struck_on=None)


class HandedInFilters(ScreenFilters):
    """What waits, unless something else is asked for."""

    unit = UnitFilter()
    result = django_filters.ChoiceFilter(
        choices=[
            (HandedIn.Result.CONFLICT.value, HandedIn.Result.CONFLICT.label),
            (HandedIn.Result.HANDOVER.value, _("转所在社区或现责任网格")),
        ],
        label=_("为什么核对"),
        empty_label=_("全部"),
    )
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        empty_label=_("待核对"),
        method="in_state",
        choices=[
            (HandedIn.Status.TAKEN.value, HandedIn.Status.TAKEN.label),
            (HandedIn.Status.SET_ASIDE.value, HandedIn.Status.SET_ASIDE.label),
            (DECIDED, _("已核对")),
        ],
    )

    class Meta:
        model = HandedIn
        fields = ["unit", "result", "state"]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        is_decided = self.form.cleaned_data.get("state")
        return queryset if is_decided else queryset.waiting()

    def in_state(self, queryset, name, state):
        if state == DECIDED:
            return queryset.exclude(status=HandedIn.Status.WAITING)
        return queryset.filter(status=state)
