from datetime import date

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.filters.places import CommunityFilter
from communities.finding import Refused, find_residents
from communities.finding.questions import LONGEST_QUESTION
from communities.forms.fields import OFFICE_LEVELS, narrow_units
from communities.models import Resident
from governance.models import Body, KinTie, Member, ResidentGroup, Term
from toolkit.filters import ScreenFilters, SearchFilter
from toolkit.forms import StaffForm
from toolkit.row_numbers import row_number

# A member is of age: 居委会法 16, 村委会法 16.
OF_AGE = 18
PERSON_ERRORS = {
    "invalid_choice": _("没有找到这位居民，或不在您的工作范围。"),
}


class MemberForm(StaffForm):
    """Somebody of a term; a resident of the street is tied to his record."""

    people = ("name",)

    class Meta:
        model = Member
        fields = [
            "term",
            "post",
            "name",
            "sex",
            "birth_year",
            "education",
            "group",
            "resident",
        ]
        # From the person's own page: 100,000 names make no list to choose.
        widgets = {"resident": forms.HiddenInput}
        help_texts = {
            "name": _("本街道居民请从其档案页点“登记任职”，外来的成员直接填写。"),
            "group": _("只有代表选。"),
        }
        error_messages = {"resident": PERSON_ERRORS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Of each body the newest term, also one that is only about to begin.
        terms = Term.objects.in_scope_of(self.user, "change").last_begun_on(date.max)
        terms = terms.filter(body__closed_on=None).select_related("body__org_unit")
        self.fields["term"].queryset = terms
        self.fields["resident"].queryset = Resident.objects.in_scope_of(self.user)
        groups = ResidentGroup.objects.in_scope_of(self.user).filter(closed_on=None)
        self.fields["group"].queryset = groups
        self.fill_in(self.initial.get("resident"))
        # "Unknown" is always an answer.
        for name in ("sex", "education"):
            self.fields[name].required = False
        if self.instance.pk:
            del self.fields["term"]

    def fill_in(self, key) -> None:
        """Offer what the record of the person says."""
        number = None if self.instance.pk else row_number(key)
        residents = self.fields["resident"].queryset
        person = number and residents.filter(pk=number).first()
        if not person:
            return
        known = {"name": person.name, "sex": person.sex, "education": person.education}
        known["birth_year"] = person.birth_on and person.birth_on.year
        self.initial = known | self.initial

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year and year > timezone.localdate().year - OF_AGE:
            raise ValidationError(_("成员要年满十八周岁。"))
        return year

    def clean(self):
        data = super().clean()
        term = data.get("term") or (self.instance.pk and self.instance.term)
        group = data.get("group")
        if group and term:
            if term.body.kind != Body.Kind.CONGRESS:
                raise ValidationError({"group": _("只有代表会议的代表属于小组。")})
            if group.org_unit_id != term.body.org_unit_id:
                raise ValidationError({"group": _("小组要在同一个社区（村）。")})
        return data


class MemberFilters(ScreenFilters):
    q = SearchFilter("name", "term__body__name")
    community = CommunityFilter("term__body__org_unit")
    kind = django_filters.ChoiceFilter(
        "term__body__kind", choices=Body.Kind, label=_("组织类别")
    )
    post = django_filters.ChoiceFilter(choices=Member.Post, label=_("职务"))

    class Meta:
        model = Member
        fields = ["q", "community", "kind", "post"]


class ResidentGroupForm(StaffForm):
    class Meta:
        model = ResidentGroup
        fields = ["org_unit", "name", "households"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        narrow_units(self, f"governance.{action}_residentgroup", OFFICE_LEVELS[1:])


class ResidentGroupFilters(ScreenFilters):
    q = SearchFilter("name")
    community = CommunityFilter()

    class Meta:
        model = ResidentGroup
        fields = ["q", "community"]


class KinTieForm(StaffForm):
    """Two residents of whom it was declared that they are near relatives.

    The first comes from his own page, the second is searched for in the same box as
    anywhere.
    """

    class Meta:
        model = KinTie
        fields = ["first", "relation", "declared_on"]
        widgets = {"first": forms.HiddenInput}
        error_messages = {
            "first": PERSON_ERRORS
            | {"required": _("请从一方的居民档案页点“申报近亲属”。")}
        }

    other = forms.CharField(
        label=_("另一方"),
        max_length=LONGEST_QUESTION,
        help_text=_("姓名；同名的写身份证号码或电话。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        residents = Resident.objects.in_scope_of(self.user)
        self.fields["first"].queryset = residents
        key = row_number(self.initial.get("first", ""))
        person = key and residents.filter(pk=key).first()
        if person:
            words = _("%(name)s的近亲属")
            self.fields["other"].label = words % {"name": person.name}
        if self.instance.pk:
            del self.fields["first"], self.fields["other"]
        else:
            self.order_fields(["first", "other"])

    def clean_other(self) -> Resident:
        """Return the one resident whom the words mean; refuse none and several."""
        try:
            found = find_residents(self.user, self.cleaned_data["other"], limit=2).rows
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        if len(found) != 1:
            raise ValidationError(
                _("有同名的居民，请写身份证号码或电话。")
                if found
                else _("没有找到这位居民，或不在您的工作范围。")
            )
        return Resident.objects.get(pk=found[0].pk)

    def clean(self):
        """Put the two in the order in which they are stored."""
        data = super().clean()
        first, other = data.get("first"), data.get("other")
        if first and other:
            pair = sorted((first, other), key=lambda one: one.pk)
            data["first"], self.instance.second = pair
        return data


class KinTieFilters(ScreenFilters):
    q = SearchFilter("first__name", "second__name")

    class Meta:
        model = KinTie
        fields = ["q"]
