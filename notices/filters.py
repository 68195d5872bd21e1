import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from notices.models import Category, Notice, Status
from toolkit.filters import ScreenFilters, SearchFilter


class NoticeFilters(ScreenFilters):
    """Where a notice stands, what it is about, and whose turn it is."""

    SHOWN = (
        ("now", _("正在显示")),
        ("later", _("定时未到")),
        ("over", _("已经到期")),
    )

    keyword = SearchFilter(
        "title", "gist", "document_number", label=_("标题、要点、文号")
    )
    status = django_filters.ChoiceFilter(
        label=_("状态"), choices=Status, empty_label=_("全部")
    )
    category = django_filters.ChoiceFilter(
        label=_("类别"), choices=Category, empty_label=_("全部")
    )
    org_unit = django_filters.ModelChoiceFilter(
        label=_("发布单位"),
        queryset=OrgUnit.objects.exclude(level=OrgUnit.Level.GRID),
        empty_label=_("全部"),
    )
    shown = django_filters.ChoiceFilter(
        label=_("居民是否看得到"),
        choices=SHOWN,
        method="filter_shown",
        empty_label=_("全部"),
    )
    waiting = django_filters.ChoiceFilter(
        label=_("轮到谁"),
        choices=(("me", _("等我审核")),),
        method="filter_waiting",
        empty_label=_("全部"),
    )

    class Meta:
        model = Notice
        fields = ["keyword", "status", "category", "org_unit", "shown", "waiting"]

    def filter_shown(self, queryset, name, value):
        now = timezone.now()
        if value == "now":
            return queryset.published(now)
        sealed = queryset.filter(status=Status.PUBLISHED)
        if value == "later":
            return sealed.filter(publish_at__gt=now)
        return sealed.filter(expires_at__lte=now)

    def filter_waiting(self, queryset, name, value):
        return queryset.waiting_for(self.request.user)
