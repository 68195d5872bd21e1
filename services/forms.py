import django_filters
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from services.models import ServicePoint
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm


class ServicePointForm(StaffForm):
    class Meta:
        model = ServicePoint
        fields = [
            "org_unit",
            "name",
            "need",
            "address",
            "hours",
            "phone",
            "discount",
            "opened_on",
        ]


class ServicePointFilters(ScreenFilters):
    q = SearchFilter("name", "address")
    community = CommunityFilter()
    need = django_filters.ChoiceFilter(choices=ServicePoint.Need, label=_("服务类别"))

    class Meta:
        model = ServicePoint
        fields = ["q", "community", "need"]
