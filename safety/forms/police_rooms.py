from communities.filters.places import CommunityFilter
from communities.forms.checks import check_phones
from communities.forms.fields import OFFICE_LEVELS, narrow_units
from safety.models import PoliceRoom
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm


class PoliceRoomForm(StaffForm):
    people = ("officer",)
    public = ("address", "hours", "officer", "officer_post")

    class Meta:
        model = PoliceRoom
        fields = [
            "org_unit",
            "address",
            "hours",
            "officer",
            "officer_post",
            "badge",
            "phone",
            "posted_since",
            "posted_until",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "safety.add_policeroom", OFFICE_LEVELS)

    def clean_phone(self):
        return check_phones(self.cleaned_data["phone"])


class PoliceRoomFilters(ScreenFilters):
    q = SearchFilter("officer", "address")
    community = CommunityFilter()

    class Meta:
        model = PoliceRoom
        fields = ["q", "community"]
