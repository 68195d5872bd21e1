"""Forms of accounts: who signs in, who works where, how a page looks."""

import django_filters
from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import keeping
from accounts.models import Assignment, RoleProfile, Trail, User
from communities.models import OrgUnit
from toolkit.audit_words import all_verbs
from toolkit.filters import (
    FirstDayFilter,
    LastDayFilter,
    ScreenFilters,
    SearchFilter,
    YesNoFilter,
)
from toolkit.forms import StaffForm

PAGE_SIZES = (20, 50, 100)
ADMINISTRATION = RoleProfile.Kind.ADMINISTRATION


class UserForm(StaffForm):
    people = ("name",)

    class Meta:
        model = User
        fields = ["username", "name", "post", "email", "is_active"]
        help_texts = {
            "username": _("登录用，不要用姓名或电话。"),
            "is_active": _("停用后不能登录。人员离岗时停用账号，不要删除。"),
        }

    def _get_validation_exclusions(self):
        """Leave a name alone that stays: it may be older than the rule for names."""
        stays = set() if "username" in self.changed_data else {"username"}
        return super()._get_validation_exclusions() | stays

    def clean_is_active(self):
        """Leave the door open for the one who is at it."""
        is_active = self.cleaned_data["is_active"]
        if not is_active and self.instance.pk == self.user.pk:
            raise ValidationError(_("不能停用自己的账号，请另一位系统管理员来办。"))
        return is_active

    def save(self, commit=True):
        """Leave somebody who can give out roles."""
        if self.cleaned_data["is_active"]:
            return super().save(commit)
        with keeping.somebody_left():
            return super().save(commit)


class UserFilters(ScreenFilters):
    q = SearchFilter("name", "username")
    is_active = YesNoFilter(label=_("状态"), words=User.STANDINGS)

    class Meta:
        model = User
        fields = ["q", "is_active"]


class AssignmentForm(StaffForm):
    """Give a person a role in a unit; nobody assigns himself."""

    class Meta:
        model = Assignment
        fields = ["user", "role", "org_unit", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Whoever gives out roles must find every account and every unit.
        self.fields["user"].queryset = User.objects.filter(is_active=True)
        self.fields["org_unit"].queryset = OrgUnit.objects.current()
        self.fields["role"].queryset = Group.objects.exclude(profile=None)

    def clean(self):
        data = super().clean()
        begin, end = data.get("starts_on"), data.get("ends_on")
        if begin and end and end < begin:
            self.add_error("ends_on", _("离任日期不能早于任职日期。"))
        user, role, unit = (data.get(name) for name in ("user", "role", "org_unit"))
        if user is None or role is None or unit is None:
            return data
        if user == self.user:
            raise ValidationError(_("不能给自己安排岗位。"))
        keeping.refuse_own_end(self.instance, self.user)
        if unit.level != role.profile.level and not self.fits(role, unit):
            label = role.profile.get_level_display()
            raise ValidationError(_("这个岗位应安排在：%(level)s。") % {"level": label})
        self.check_separation(user, role)
        return data

    @staticmethod
    def fits(role, unit) -> bool:
        """A role of communities may also be held in a village."""
        levels = {OrgUnit.Level.COMMUNITY, OrgUnit.Level.VILLAGE}
        return role.profile.level in levels and unit.level in levels

    def check_separation(self, user, role) -> None:
        """Keep the three administrators apart from each other and from business."""
        begin, end = (self.cleaned_data.get(day) for day in ("starts_on", "ends_on"))
        others = user.assignments.meeting(begin, end).exclude(pk=self.instance.pk)
        held = set(others.values_list("role__profile__kind", flat=True))
        roles = set(others.values_list("role", flat=True)) - {role.pk}
        is_admin = role.profile.kind == ADMINISTRATION
        if (is_admin and roles) or (not is_admin and ADMINISTRATION in held):
            raise ValidationError(
                _("系统、安全、审计三种管理岗位不能与其他岗位由一人兼任。")
            )

    @transaction.atomic
    def save(self, commit=True):
        """Ask once more with the person locked: two may assign at the same moment."""
        user = User.objects.select_for_update().get(pk=self.cleaned_data["user"].pk)
        self.check_separation(user, self.cleaned_data["role"])
        with keeping.somebody_left():
            return super().save(commit)


class AssignmentFilters(ScreenFilters):
    q = SearchFilter("user__name", "user__username", label=_("人员"))
    role = django_filters.ModelChoiceFilter(
        queryset=Group.objects.exclude(profile=None), label=_("岗位")
    )

    class Meta:
        model = Assignment
        fields = ["q", "role"]


def verb_choices() -> list:
    """Return the acts that the trail can hold, in words."""
    return list(all_verbs().items())


class TrailFilters(ScreenFilters):
    q = SearchFilter("actor_name", label=_("操作人"))
    verb = django_filters.ChoiceFilter(
        choices=verb_choices, label=_("动作"), empty_label=_("全部")
    )
    subject_id = django_filters.NumberFilter(label=_("对象编号"))
    since = FirstDayFilter("at", label=_("起始日期"))
    until = LastDayFilter("at", label=_("截止日期"))

    class Meta:
        model = Trail
        fields = ["q", "verb", "subject_id", "since", "until"]


class PreferencesForm(forms.ModelForm):
    """How pages look to this person."""

    class Meta:
        model = User
        fields = ["theme", "large_type", "page_size"]
        labels = {"theme": _("颜色"), "large_type": _("大字，全部文字放大三成")}
        help_texts = {"theme": _("“跟随系统”：手机或电脑用深色时，这里也用深色。")}
        widgets = {"page_size": forms.Select(choices=[(n, n) for n in PAGE_SIZES])}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_page_size(self):
        size = self.cleaned_data["page_size"]
        if size not in PAGE_SIZES:
            raise ValidationError(_("每页可选 20、50、100 行。"))
        return size

    def save(self, commit=True):
        """Write these fields alone: the account may have been disabled meanwhile."""
        user = super().save(commit=False)
        if commit:
            user.save(update_fields=self._meta.fields)
        return user
