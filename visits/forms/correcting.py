from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from toolkit.forms import MomentField, StaffForm
from visits.actions.corrections import CORRECTABLE
from visits.forms.members import MembersField
from visits.models import Visit


class CorrectionForm(StaffForm):
    """Put a visit right; the reason goes into its history."""

    # The words of a note stay out of the history.
    sensitive = ("note",)

    reason = forms.CharField(
        label=_("更正原因"),
        max_length=200,
        help_text=_("写进这条记录的历史，不会改动原来登记的人。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    met_members = MembersField(help_text=_("没有见到人的，不用选。"))

    class Meta:
        model = Visit
        fields = [
            "method",
            "visited_at",
            "outcome",
            "met_members",
            "note",
            "follow_up_on",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        field_classes = {"visited_at": MomentField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        at = timezone.localtime(self.instance.visited_at)
        self.initial["visited_at"] = at.replace(second=0, microsecond=0)
        if self.instance.household_id:
            self.fields["met_members"].ask_about(self.instance.household, self.instance)
        else:
            del self.fields["met_members"]

    def values(self) -> dict:
        """Return the new values of the fields that were changed."""
        changed = set(self.changed_data) & set(CORRECTABLE)
        return {name: self.cleaned_data[name] for name in sorted(changed)}

    def changes(self) -> list[dict]:
        """Return the changes in words; the reason is no change."""
        return [one for one in super().changes() if one["field"] != "reason"]
