import django_filters
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from notices.models import Category, Notice
from notices.standing import STANDINGS, in_standing
from toolkit.filters import ScreenFilters, SearchFilter


class NoticeFilters(ScreenFilters):
    """Where a notice stands, what it is about, and whose turn it is."""

    keyword = SearchFilter(
        "title", "gist", "document_number", label=_("标题、要点、文号")
    )
    status = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=STANDINGS,
        method="filter_standing",
        empty_label=_("全部"),
    )
    category = django_filters.ChoiceFilter(
        label=_("类别"), choices=Category, empty_label=_("全部")
    )
    org_unit = django_filters.ModelChoiceFilter(
        label=_("发布单位"),
        queryset=OrgUnit.objects.exclude(level=OrgUnit.Level.GRID),
        empty_label=_("全部"),
    )
    waiting = django_filters.ChoiceFilter(
        label=_("当前办理人"),
        choices=(("me", _("等我审核")),),
        method="filter_waiting",
        empty_label=_("全部"),
    )

    class Meta:
        model = Notice
        fields = ["keyword", "status", "category", "org_unit", "waiting"]

    def filter_standing(self, queryset, name, value):
        return in_standing(queryset, value)

    def filter_waiting(self, queryset, name, value):
        return queryset.waiting_for(self.request.user)
