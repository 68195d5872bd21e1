from communities.filters.places import CommunityFilter
from communities.forms.checks import check_phones
from communities.forms.fields import OFFICE_LEVELS, narrow_units
from safety.models import Shelter
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm


class ShelterForm(StaffForm):
    people = ("contact",)
    public = ("name", "address", "contact", "about")

    class Meta:
        model = Shelter
        fields = [
            "org_unit",
            "name",
            "address",
            "capacity",
            "contact",
            "phone",
            "about",
            "is_public",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "safety.add_shelter", OFFICE_LEVELS)

    def clean_phone(self):
        return check_phones(self.cleaned_data["phone"])


class ShelterFilters(ScreenFilters):
    q = SearchFilter("name", "address")
    community = CommunityFilter()

    class Meta:
        model = Shelter
        fields = ["q", "community"]
