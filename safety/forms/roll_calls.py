import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, User
from communities.forms.fields import HOME_LEVELS, UnitField, units_for
from communities.models import Building
from communities.scoping import scope_of
from safety.actions.calling import refuse_note
from safety.models import Emergency, RollCall, Shelter, State
from safety.models.roll_calls import NOTE_LENGTH
from safety.steps import TOLD
from toolkit.filters import ScreenFilters
from toolkit.forms import MomentField, TypedForm, check_name
from visits.filters import UnitFilter
from volunteers.models import Team

CALL = "safety.change_rollcall"


class TellForm(TypedForm, forms.Form):
    """One tap on the roll: which state, perhaps with a shelter and a note."""

    state = forms.ChoiceField(choices=[(one.value, one.label) for one in TOLD])
    client_uuid = forms.UUIDField()
    shelter = forms.ModelChoiceField(Shelter.objects.open(), required=False)
    note = forms.CharField(max_length=NOTE_LENGTH, required=False)

    def first_fault(self) -> str:
        """Return what is wrong, in one sentence."""
        return next(iter(self.errors.values()))[0]


class NewcomerForm(TypedForm, forms.Form):
    """Somebody who is not on the roll: a resident, or a person met on the spot."""

    name = forms.CharField(
        label=_("姓名或称呼"), max_length=50, help_text=_("问不到姓名可写“红衣老人”。")
    )
    org_unit = UnitField(queryset=None, label=_("在哪个社区或网格"))
    place = forms.CharField(label=_("所在位置"), max_length=100)
    reason = forms.CharField(
        label=_("列入原因"), max_length=120, help_text=_("如：外地来探亲、刚迁入。")
    )

    def __init__(self, *args, user, resident=None, **kwargs):
        super().__init__(*args, **kwargs)
        units = units_for(user, "safety.add_rollcall", HOME_LEVELS)
        self.fields["org_unit"].queryset = units
        self.fields["name"].validators.append(check_name)
        if resident is not None:
            for name in ("name", "org_unit", "place"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        for name in ("place", "reason"):
            try:
                refuse_note_of(cleaned.get(name, ""))
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return cleaned


def refuse_note_of(text: str) -> None:
    """Raise ValidationError, for no field, where a text holds a person's numbers."""
    try:
        refuse_note(text[:NOTE_LENGTH])
    except ValidationError as refusal:
        raise ValidationError(refusal.messages) from refusal


class PostForm(forms.Form):
    """Who answers for a building: a worker, a volunteer team, or both."""

    building = forms.ModelChoiceField(queryset=None)
    worker = forms.ModelChoiceField(
        queryset=None, required=False, label=_("包干人员"), empty_label=_("不选")
    )
    team = forms.ModelChoiceField(
        queryset=None, required=False, label=_("志愿队伍"), empty_label=_("不选")
    )

    def __init__(self, *args, user, emergency: Emergency, **kwargs):
        super().__init__(*args, **kwargs)
        lines = RollCall.objects.in_scope_of(user, "change").filter(emergency=emergency)
        homes = lines.values("resident__household__building")
        self.fields["building"].queryset = Building.objects.filter(pk__in=homes)
        self.fields["worker"].queryset = callers_for(user)
        self.fields["team"].queryset = teams_for(user)


class ShelterPostForm(TypedForm, forms.Form):
    """Which team keeps which shelter, from when and until when."""

    shelter = forms.ModelChoiceField(
        queryset=None, label=_("安置点"), empty_label=_("请选择")
    )
    team = forms.ModelChoiceField(
        queryset=None, label=_("志愿队伍"), empty_label=_("请选择")
    )
    begins_at = MomentField(label=_("到岗时间"))
    ends_at = MomentField(
        label=_("结束时间"), required=False, help_text=_("不填就是到响应结束。")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        here = scope_of(user, CALL).as_q("org_unit__path")
        self.fields["shelter"].queryset = Shelter.objects.open().filter(here)
        self.fields["team"].queryset = teams_for(user)

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("begins_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("结束时间要晚于到岗时间。"))
        return cleaned


def teams_for(user):
    """Return the teams that the user may send somewhere."""
    return Team.objects.in_scope_of(user).filter(closed_on=None)


def callers_for(user):
    """Return the accounts with a post in the units where the user calls people."""
    units = units_for(user, CALL)
    app, _dot, codename = CALL.partition(".")
    posts = Assignment.objects.current().filter(
        org_unit__in=units,
        role__permissions__codename=codename,
        role__permissions__content_type__app_label=app,
    )
    people = User.objects.filter(is_active=True, pk__in=posts.values("user"))
    return people.order_by("name", "pk")


class RollCallFilters(ScreenFilters):
    emergency = django_filters.ModelChoiceFilter(
        queryset=Emergency.objects.all(), label=_("应急响应"), empty_label=_("全部")
    )
    unit = UnitFilter()
    state = django_filters.ChoiceFilter(
        choices=State, label=_("情况"), empty_label=_("全部")
    )

    class Meta:
        model = RollCall
        fields = ["emergency", "unit", "state"]
