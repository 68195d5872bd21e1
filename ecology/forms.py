import django_filters
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from ecology.models import Greenery
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm


class GreeneryForm(StaffForm):
    class Meta:
        model = Greenery
        fields = ["org_unit", "place", "kind", "area", "planted_on", "keeper"]


class GreeneryFilters(ScreenFilters):
    q = SearchFilter("place", "keeper")
    community = CommunityFilter()
    kind = django_filters.ChoiceFilter(choices=Greenery.Kind, label=_("类别"))

    class Meta:
        model = Greenery
        fields = ["q", "community", "kind"]
