from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Resident
from communities.scoping import scope_of
from toolkit.forms import StaffForm
from toolkit.marks import bracketed
from toolkit.permissions import permission_name
from visits.models import VisitDuty, VisitRule


class VisitDutyForm(StaffForm):
    """Put one person under one rule, with a reason."""

    class Meta:
        model = VisitDuty
        fields = ["resident", "rule", "since", "reason"]
        # The person comes from the search page: 100,000 names make no list to choose.
        widgets = {"resident": forms.HiddenInput}
        error_messages = {
            "resident": {
                "required": _("请先找到要列入的居民。"),
                "invalid_choice": _("没有找到这位居民，或不在您的工作范围。"),
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Seen in one place and enrolled in another is not enough.
        reach = scope_of(self.user, permission_name(VisitDuty, "add"))
        residents = Resident.objects.in_scope_of(self.user).registered()
        residents = residents.filter(reach.as_q(Resident.scope_path))
        self.fields["resident"].queryset = residents
        rules = VisitRule.objects.in_scope_of(self.user).current()
        self.fields["rule"].queryset = rules
        self.fields["rule"].label_from_instance = label_of
        self.fields["reason"].required = True


def label_of(rule: VisitRule) -> str:
    return f"{rule.name}{bracketed(rule.pace)}"
