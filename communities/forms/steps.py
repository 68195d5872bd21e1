"""Forms of the steps of a household. Each knows its action and what it passes to it."""

from collections.abc import Callable

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import relations
from communities.forms.fields import (
    HOME_LEVELS,
    AddressFields,
    HouseholdField,
    PastDateField,
    UnitField,
    staff_helper,
    units_for,
)
from communities.models import HEAD, Household, Resident
from toolkit.forms import RowsField, TypedForm

CHOICE = "bootstrap5/yh_choice.html"
RELATIONS = relations.choices(with_head=False)
# The question that a refusal of an action is about, by the code of the refusal.
ASKED_IN = {
    "nobody_parts": "members_leaving",
    "head_stays": "new_head",
    "no_head": "remaining_head",
    "same_home": "into",
    "second_head": "relation",
}
DATALISTS = HTML(
    '<datalist id="household-options"></datalist>'
    '<datalist id="building-options"></datalist>'
)


def describe_member(resident: Resident) -> str:
    """Return name and, as small print, relation, sex and age."""
    age = resident.age
    told = [
        resident.get_relation_display(),
        resident.get_sex_display(),
        _("%(age)d岁") % {"age": age} if age is not None else "",
    ]
    return f"{resident.name}\n{'　'.join(str(word) for word in told if word)}"


class MemberField(forms.ModelChoiceField):
    """One member, as a radio button with name, relation and age."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(Resident.objects.none(), empty_label=None, **kwargs)

    def label_from_instance(self, resident):
        return describe_member(resident)


class MembersField(RowsField):
    """Several members, as boxes to tick."""

    def __init__(self, **kwargs):
        widget = forms.CheckboxSelectMultiple
        super().__init__(Resident.objects.none(), widget=widget, **kwargs)

    def label_from_instance(self, resident):
        return describe_member(resident)


class RelationField(forms.ChoiceField):
    """What somebody is to the head; that it is not known is an answer to be chosen."""

    def __init__(self, *, with_head=False, **kwargs):
        offered = relations.choices(with_head=with_head)
        kwargs.setdefault("help_text", gettext_lazy("不清楚的选“未说明”。"))
        super().__init__(choices=[("", gettext_lazy("请选择")), *offered], **kwargs)


class StepForm(TypedForm, forms.Form):
    """Base: the day of the step, its reason, and the household it is about."""

    slug = ""
    label = ""
    about = ""
    action: Callable
    happened_on = PastDateField(
        label=gettext_lazy("发生日期"), initial=timezone.localdate
    )
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200, required=False)

    def __init__(self, *args, user, household=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.household = user, household
        self.members = self.get_members()
        for field in self.fields.values():
            if isinstance(field, MemberField | MembersField):
                field.queryset = self.members
            if isinstance(field, HouseholdField):
                field.households = self.open_households()
        self.prepare()
        self.helper = staff_helper(Layout(*self.sections(), self.last(), DATALISTS))

    def get_members(self):
        if self.household is None:
            return Resident.objects.none()
        members = self.household.members.registered()
        head_first = Case(When(relation=HEAD, then=0), default=1)
        return members.order_by(head_first, "birth_on", "pk")

    def open_households(self):
        return Household.objects.open().in_scope_of(self.user, "change")

    def prepare(self) -> None:
        """Adapt the fields to the household."""

    def sections(self) -> list[Fieldset]:
        return []

    def last(self) -> Fieldset:
        return section(_("时间和原因"), "happened_on", "reason")

    def arguments(self) -> dict:
        """Return what the action is called with, apart from who and what was seen."""
        return {
            "household": self.household,
            "happened_on": self.cleaned_data["happened_on"],
            "reason": self.cleaned_data["reason"],
        }

    @property
    def head(self) -> Resident | None:
        return next((m for m in self.members if m.relation == HEAD), None)

    def field_of(self, refusal: ValidationError) -> str | None:
        """Return the field that a refusal of the action is about, None for no one."""
        name = ASKED_IN.get(getattr(refusal, "code", ""))
        return name if name in self.fields else None

    def ask_for_remaining_head(self) -> None:
        """Drop the question who follows where there is no choice to be made."""
        field = self.fields["remaining_head"]
        field.required = False
        if self.head is None or len(self.members) < 2:
            del self.fields["remaining_head"]
        else:
            field.queryset = self.members.exclude(pk=self.head.pk)


def section(legend, *fields) -> Fieldset:
    return Fieldset(legend, *fields, css_class="yh-section")


class DoorForm(StepForm, AddressFields):
    """Base of the steps that name an address: in which unit, at which door."""

    org_unit = UnitField(None, label=gettext_lazy("社区或网格"))

    def prepare(self):
        permission = "communities.change_household"
        self.fields["org_unit"].queryset = units_for(self.user, permission, HOME_LEVELS)
        if self.household is not None:
            self.initial.setdefault("org_unit", self.household.org_unit_id)

    def door(self, legend) -> Fieldset:
        return section(legend, "org_unit", "place", "staircase", "room")

    def arguments(self):
        return super().arguments() | {
            "org_unit": self.cleaned_data["org_unit"],
            "address": self.address(),
        }
