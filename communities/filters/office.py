import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import OfficeDay, OfficeLimit
from toolkit.filters import ScreenFilters, SearchFilter


def years() -> list[tuple[int, str]]:
    """The years that a clerk looks up: ten back, the coming one ahead."""
    this = timezone.localdate().year
    return [(year, str(year)) for year in range(this + 1, this - 11, -1)]


class OfficeDayFilters(ScreenFilters):
    year = django_filters.ChoiceFilter(
        field_name="date",
        lookup_expr="year",
        label=_("年份"),
        choices=years,
        empty_label=_("全部"),
    )
    kind = django_filters.ChoiceFilter(
        choices=OfficeDay.Kind.choices, label=_("安排"), empty_label=_("全部")
    )

    class Meta:
        model = OfficeDay
        fields = ["year", "kind"]


class OfficeLimitFilters(ScreenFilters):
    q = SearchFilter("code", "label", "trigger", "source")
    source_mark = django_filters.ChoiceFilter(
        choices=OfficeLimit.Mark.choices, label=_("依据种类"), empty_label=_("全部")
    )

    class Meta:
        model = OfficeLimit
        fields = ["q", "source_mark"]
