from communities.models import Household
from toolkit.forms import StaffForm


class HouseholdForm(StaffForm):
    """What may be corrected without a step: number and kind."""

    class Meta:
        model = Household
        fields = ["number", "kind"]

    def save(self, commit=True):
        self.instance.number = self.instance.number.strip()
        return super().save(commit)
