"""Filters of the lists of caseloads, hand-overs and extra rounds."""

import django_filters
from django.utils.translation import gettext_lazy as _

from toolkit.filters import (
    ScreenFilters,
    SearchFilter,
)
from visits.filters.visits import UnitFilter
from visits.models import (
    Caseload,
    ExtraRound,
    ExtraVisit,
    HandOver,
    HandOverStatus,
    RoundStatus,
)

MINE, MET, NOT_MET = "me", "met", "not-met"


class CaseloadFilters(ScreenFilters):
    unit = UnitFilter()
    kind = django_filters.ChoiceFilter(
        choices=Caseload.Kind, label=_("类别"), empty_label=_("全部")
    )
    worker = SearchFilter("worker__name", label=_("责任人姓名"))

    class Meta:
        model = Caseload
        fields = ["unit", "kind", "worker"]


class HandOverFilters(ScreenFilters):
    unit = UnitFilter()
    status = django_filters.ChoiceFilter(
        choices=HandOverStatus, label=_("状态"), empty_label=_("全部")
    )
    kind = django_filters.ChoiceFilter(
        choices=HandOver.Kind, label=_("交接方式"), empty_label=_("全部")
    )
    turn = django_filters.ChoiceFilter(
        label=_("当前办理人"),
        choices=[(MINE, _("等我接收"))],
        method="whose_turn",
        empty_label=_("全部"),
    )

    class Meta:
        model = HandOver
        fields = ["unit", "status", "kind", "turn"]

    def whose_turn(self, queryset, name, value):
        return queryset.waiting_for(self.request.user)


class ExtraRoundFilters(ScreenFilters):
    unit = UnitFilter()
    occasion = django_filters.ChoiceFilter(
        choices=ExtraRound.Occasion, label=_("事由"), empty_label=_("全部")
    )
    status = django_filters.ChoiceFilter(
        choices=RoundStatus, label=_("状态"), empty_label=_("全部")
    )

    class Meta:
        model = ExtraRound
        fields = ["unit", "occasion", "status"]


class ExtraVisitFilters(ScreenFilters):
    unit = UnitFilter()
    round = django_filters.ModelChoiceFilter(
        queryset=ExtraRound.objects.all(), label=_("加访"), empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(
        label=_("结果"),
        empty_label=_("全部"),
        method="in_state",
        choices=[(MET, _("已见")), (NOT_MET, _("没有见到"))],
    )

    class Meta:
        model = ExtraVisit
        fields = ["unit", "round", "state"]

    def in_state(self, queryset, name, state):
        return queryset.counted().filter(met_on__isnull=state == NOT_MET)
