from django import forms

from communities.forms.checks import check_number
from communities.models import Household
from toolkit.forms import NoteForm, StaffForm


class HouseholdForm(StaffForm):
    """What may be corrected without a step: number and kind."""

    class Meta:
        model = Household
        fields = ["number", "kind"]

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        check_number(number)
        return number


class UndoForm(NoteForm):
    """Why a step is taken back, and which one the page has shown."""

    step = forms.CharField(widget=forms.HiddenInput)
