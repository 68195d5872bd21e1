from django import forms

from communities.models import Household
from toolkit.forms import NoteForm, StaffForm


class HouseholdForm(StaffForm):
    """What may be corrected without a step: number and kind."""

    class Meta:
        model = Household
        fields = ["number", "kind"]

    def save(self, commit=True):
        self.instance.number = self.instance.number.strip()
        return super().save(commit)


class UndoForm(NoteForm):
    """Why a step is taken back, and which one the page has shown."""

    step = forms.CharField(widget=forms.HiddenInput)
