import django_filters
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from toolkit.filters import ScreenFilters, SearchFilter, YesNoFilter
from toolkit.forms import StaffForm
from volunteers.actions import save_team
from volunteers.models import Team


class TeamForm(StaffForm):
    people = ("leader",)

    class Meta:
        model = Team
        fields = [
            "org_unit",
            "name",
            "kind",
            "founded_on",
            "leader",
            "members",
            "about",
        ]

    def save(self, commit=True):
        save_team(self.instance, by=self.user)
        return self.instance


class TeamFilters(ScreenFilters):
    q = SearchFilter("name", "leader")
    community = CommunityFilter()
    kind = django_filters.ChoiceFilter(choices=Team.Kind, label=_("类型"))
    active = YesNoFilter("closed_on", lookup_expr="isnull", label=_("在册"))

    class Meta:
        model = Team
        fields = ["q", "community", "kind", "active"]
