import django_filters
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from ecology.models import Greenery
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm


class GreeneryForm(StaffForm):
    class Meta:
        model = Greenery
        fields = ["org_unit", "place", "kind", "area", "planted_on", "keeper"]


class GreeneryFilters(ScreenFilters):
    q = SearchFilter("place", "keeper")
    community = django_filters.ModelChoiceFilter(
        "org_unit__community", queryset=Community.objects.all(), label=_("社区（村）")
    )
    kind = django_filters.ChoiceFilter(choices=Greenery.Kind, label=_("类别"))

    class Meta:
        model = Greenery
        fields = ["q", "community", "kind"]
