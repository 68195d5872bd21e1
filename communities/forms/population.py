"""The form of a population event of one resident, and of taking one back."""

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.actions.population import Facts, possible_kinds
from communities.forms.fields import PastDateField, staff_helper
from communities.forms.steps import CHOICE, MemberField, section
from communities.models import DEPARTURES, PopulationEvent, Resident
from toolkit.forms import TypedForm

Kind = PopulationEvent.Kind
# What each event means for the register, as small print under its name.
MEANINGS = {
    Kind.BORN: gettext_lazy("出生登记的日期是本人的出生日期；重新列入名册。"),
    Kind.DIED: gettext_lazy("从名册注销，档案保留。"),
    Kind.MOVED_OUT: gettext_lazy("户口迁出或搬离，从名册注销，档案保留。"),
    Kind.MOVED_IN: gettext_lazy("户口迁入本街道；居住状态改为在住。"),
    Kind.WENT_AWAY: gettext_lazy("人在外地，户口不动；居住状态改为外出。"),
    Kind.CAME_BACK: gettext_lazy("回到住处；居住状态改为在住。"),
    Kind.CAME_TEMPORARILY: gettext_lazy("在这里暂住；居住状态改为寄住。"),
    Kind.MISSING: gettext_lazy("下落不明；居住状态改为失踪。"),
    Kind.MISTAKEN: gettext_lazy("重复登记或本无此人，从名册注销，不计入人口变动。"),
}


class PopulationEventForm(TypedForm, forms.Form):
    """What happened, when, when it was reported; who follows a head that leaves."""

    kind = forms.ChoiceField(label=gettext_lazy("变动类型"), widget=forms.RadioSelect)
    happened_on = PastDateField(
        label=gettext_lazy("发生日期"), initial=timezone.localdate
    )
    reported_on = PastDateField(
        label=gettext_lazy("申报日期"),
        initial=timezone.localdate,
        help_text=gettext_lazy("家属或本人来报的那一天；统计按发生日期。"),
    )
    place = forms.CharField(
        label=gettext_lazy("来源地或去向"), max_length=120, required=False
    )
    note = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)
    new_head = MemberField(
        label=gettext_lazy("谁接任户主"),
        required=False,
        help_text=gettext_lazy("本人是户主，死亡、迁出或误登注销时要选。"),
    )
    closes_household = forms.BooleanField(
        label=gettext_lazy("户内已没有别人，同时销户"), required=False, initial=True
    )

    def __init__(self, *args, resident: Resident, **kwargs):
        super().__init__(*args, **kwargs)
        self.resident = resident
        self.fields["kind"].choices = [
            (kind, f"{Kind(kind).label}\n{MEANINGS[kind]}")
            for kind in possible_kinds(resident)
        ]
        self.staying = self.get_staying()
        self.fields["new_head"].queryset = self.staying
        if not (resident.is_head and self.staying):
            del self.fields["new_head"]
        if self.staying or not resident.household_id or resident.ended_on:
            del self.fields["closes_household"]
        asked = [
            Field("new_head", template=CHOICE) if name == "new_head" else name
            for name in ("new_head", "closes_household")
            if name in self.fields
        ]
        sections = [
            section(_("事项"), Field("kind", template=CHOICE)),
            section(_("日期"), "happened_on", "reported_on", "place", "note"),
        ]
        if asked:
            sections.append(section(_("本户"), *asked))
        self.helper = staff_helper(Layout(*sections))

    def get_staying(self):
        """Return the other members on the rolls of the resident's household."""
        home = self.resident.household
        if home is None:
            return Resident.objects.none()
        members = home.members.registered().exclude(pk=self.resident.pk)
        return members.order_by("birth_on", "pk")

    def clean(self):
        data = super().clean()
        happened, reported = data.get("happened_on"), data.get("reported_on")
        if happened and reported and happened > reported:
            self.add_error("happened_on", _("发生日期不能晚于申报日期。"))
        leaves = data.get("kind") in DEPARTURES
        if leaves and "new_head" in self.fields and not data.get("new_head"):
            self.add_error("new_head", _("户主离开本户，请选一位接任户主。"))
        return data

    def arguments(self) -> dict:
        """Return what record_event is called with."""
        data = self.cleaned_data
        return {
            "resident": self.resident,
            "facts": Facts(
                data["kind"],
                data["happened_on"],
                data["reported_on"],
                place=data["place"],
                note=data["note"],
            ),
            "new_head": data.get("new_head"),
            "closes_household": data.get("closes_household", False),
        }
