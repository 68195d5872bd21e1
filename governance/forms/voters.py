import django_filters
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from communities.models import OrgUnit
from governance.election_guards import (
    fault_of_objection,
    why_not_change_list,
)
from governance.forms.election_parts import (
    OfElectionForm,
    person_field,
    resident_for,
)
from governance.models import Election, ElectionStatus, Objection, Voter
from governance.registration import fault_of_voter
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import TypedForm


class VoterForm(OfElectionForm):
    """One voter: found among the residents, or somebody from elsewhere by name."""

    people = ("name",)
    notes = ("reason",)

    class Meta:
        model = Voter
        fields = [
            "election",
            "name",
            "basis",
            "declared_on",
            "since",
            "agreed_on",
            "is_delegate",
            "reason",
        ]
        help_texts = {
            "name": _("在这里工作、没有居民档案的，直接写姓名。"),
            "declared_on": _("社区选民和在外居住的村民填写。"),
            "since": _("社区工作者、居住或工作满一年的外来人员填写。"),
            "agreed_on": _("村里外来人员参加选举，要经会议同意。"),
            "is_delegate": _("采取每户派代表或居民代表方式时勾选。"),
            "reason": _("名单公布后补登的，要写原因。"),
        }

    person = person_field(_("本街道居民"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        if self.instance.pk:
            for name in ("person", "name", "reason"):
                del self.fields[name]
        else:
            self.order_fields(["election", "person", "name"])

    def clean(self):
        data = super().clean()
        if self.instance.pk or not self.election:
            return data
        if words := data.get("person"):
            try:
                self.instance.resident = resident_for(self.user, words)
            except ValidationError as refusal:
                self.add_error("person", refusal)
                return data
            data["name"] = self.instance.resident.name
        elif not data.get("name"):
            self.add_error("person", _("请填写。"))
        is_listed = self.election.status == ElectionStatus.LISTED
        if is_listed and not data.get("reason"):
            self.add_error("reason", _("名单已经公布，请填写补登的原因。"))
        return data

    def fault(self) -> str:
        voter = self.instance
        if voter.pk and not self.has_changed():
            return ""
        return why_not_change_list(voter.election) or fault_of_voter(voter)


class VoterFilters(ScreenFilters):
    q = SearchFilter("name")
    community = CommunityFilter()
    election = django_filters.ModelChoiceFilter(
        queryset=Election.objects.select_related("body"), label=_("选举")
    )
    basis = django_filters.ChoiceFilter(choices=Voter.Basis, label=_("登记依据"))

    class Meta:
        model = Voter
        fields = ["q", "community", "election", "basis"]


class RegisterForm(TypedForm, forms.Form):
    """Which part of the unit is registered, and when its people said they take part."""

    unit = forms.ModelChoiceField(
        queryset=OrgUnit.objects.none(), label=_("登记范围"), empty_label=None
    )
    declared_on = forms.DateField(
        label=_("登记日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("已上门登记、本人表示参加的日期；没有表示参加的，登记后请删除。"),
    )

    def __init__(self, *args, election: Election, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        units = OrgUnit.objects.current().within(election.org_unit)
        self.fields["unit"].queryset = units
        self.initial.setdefault("unit", election.org_unit_id)
        self.initial.setdefault("declared_on", timezone.localdate())

    def clean_declared_on(self):
        day = self.cleaned_data["declared_on"]
        if day > timezone.localdate():
            raise ValidationError(_("登记日期不能晚于今天。"))
        return day


class ObjectionForm(OfElectionForm):
    """An objection to the list: by whom, about whom, why."""

    people = ("by_name",)
    notes = ("reason",)

    class Meta:
        model = Objection
        fields = ["election", "by_name", "wish", "reason", "received_on"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    person = person_field(_("涉及的居民"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", timezone.localdate())
        if self.instance.pk:
            del self.fields["person"]
        else:
            self.order_fields(["election", "by_name", "person"])

    def clean_person(self):
        return resident_for(self.user, self.cleaned_data["person"])

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError(_("收到日期不能晚于今天。"))
        return day

    def clean(self):
        data = super().clean()
        if data.get("person"):
            self.instance.resident = data["person"]
        return data

    def fault(self) -> str:
        return fault_of_objection(self.instance)


class ObjectionFilters(ScreenFilters):
    q = SearchFilter("by_name")
    community = CommunityFilter()
    status = django_filters.ChoiceFilter(choices=Objection.Status, label=_("状态"))

    class Meta:
        model = Objection
        fields = ["q", "community", "status"]
