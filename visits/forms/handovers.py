from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import OrgUnit
from toolkit.forms import RowsField, StaffForm
from visits.guards import mains_in
from visits.models import Caseload, HandOver
from visits.models.handovers import sorted_units
from visits.responsibility import units_to_hand_over, workers_in

WHAT = ("units", "kind", "takes_effect_on", "last_day")


class HandOverForm(StaffForm):
    """Which grids pass to whom, from when on; whose they are follows from the grids.

    A worker hands over his own; whoever arranges the caseloads also those of others,
    and those that have nobody.
    """

    # What is to be known of people is for the receiver, not for every list of changes.
    sensitive = ("note",)

    units = RowsField(
        label=_("交接的网格"),
        queryset=OrgUnit.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择要交接的网格。")},
    )

    class Meta:
        model = HandOver
        fields = [*WHAT, "to_worker", "note"]
        widgets = {"kind": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "takes_effect_on": _("对方晚于这天接收的，从接收当天算起。"),
            "last_day": _("到这天为止，第二天自动还给原责任人。"),
            "note": _("接手的人要知道的：谁家要慢慢敲门，哪户养狗，正在办什么事。"),
        }

    def __init__(self, *args, within: OrgUnit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            within = self.instance.org_unit.community
        self.within = within
        self.limit_choices()
        pick = "bootstrap5/yh_pick.html"
        self.helper.layout = Layout(
            Field("units", template=pick, wrapper_class="yh-section"),
            Field("kind", template=pick, wrapper_class="yh-section"),
            Fieldset(
                _("什么时候"),
                "takes_effect_on",
                Field("last_day", wrapper_class="yh-stand-in"),
                css_class="yh-section",
            ),
            Fieldset(
                _("交给谁"),
                "to_worker",
                Field("note", wrapper_class="yh-wide"),
                css_class="yh-section",
            ),
        )

    def limit_choices(self) -> None:
        """Offer the units that this person may hand over, and who can take them."""
        units = offered_units(self.user, self.within)
        if self.instance.pk:
            chosen = Q(pk__in=self.instance.units.values("pk"))
            units = OrgUnit.objects.filter(chosen | Q(pk__in=units.values("pk")))
        rows = units.select_related("community").order_by("path")
        self.fields["units"].queryset = rows
        today = timezone.localdate()
        names = names_of_mains(list(rows), today)
        self.fields["units"].label_from_instance = lambda unit: names[unit.pk]
        workers = workers_in(self.within, today) if self.within else []
        keys = {worker.pk for worker in workers} | {self.instance.to_worker_id}
        field = self.fields["to_worker"]
        field.queryset = field.queryset.model.objects.filter(pk__in=keys)
        field.label_from_instance = label_of

    def clean_takes_effect_on(self):
        """Return the first day; one that has passed stays only where it was stored."""
        day = self.cleaned_data["takes_effect_on"]
        if "takes_effect_on" in self.changed_data and day < timezone.localdate():
            raise ValidationError(_("不能早于今天：过去的日子由谁负责不再改动。"))
        return day

    def clean(self):
        data = super().clean()
        if data.get("kind") == HandOver.Kind.PERMANENT:
            # Asked only of a substitution; what was typed before is not seen any more.
            data["last_day"] = None
        units, day = data.get("units"), data.get("takes_effect_on")
        if units and day:
            self.place(sorted_units(units), max(day, timezone.localdate()))
        return data

    def place(self, units: list[OrgUnit], day) -> None:
        """Note in which unit all of them lie, and whose they are on the day."""
        communities = {unit.community_id for unit in units}
        if len(communities) > 1:
            self.add_error("units", _("一张交接单只交一个社区的网格。"))
            return
        mains = mains_in(units, day)
        owners = {mains.get(unit.pk) for unit in units}
        if len(owners) > 1:
            self.add_error("units", _("这几个网格的责任人不是同一个人，请分开交接。"))
            return
        self.instance.from_worker_id = owners.pop()
        self.instance.org_unit = units[0] if len(units) == 1 else units[0].community

    def save(self, commit=True):
        if not self.instance.pk:
            self.instance.proposed_by = self.user
        return super().save(commit)


def offered_units(user, within: OrgUnit | None):
    """Return the units in a community that the user may hand over."""
    if within is None:
        return OrgUnit.objects.none()
    return units_to_hand_over(user).within(within)


def names_of_mains(units: list[OrgUnit], day) -> dict[int, str]:
    """Return each unit with whose it is: 01网格（吴丽君）, 02网格（无人负责）."""
    rows = Caseload.objects.in_force(day).filter(org_unit__in=units, kind="main")
    names = {row.org_unit_id: row.worker for row in rows.select_related("worker")}
    words = _("%(unit)s（%(name)s）")
    return {
        unit.pk: words % {"unit": unit, "name": names.get(unit.pk) or _("无人负责")}
        for unit in units
    }


def label_of(worker) -> str:
    words = _("%(unit)s（%(name)s）")
    return words % {"unit": worker, "name": worker.post} if worker.post else str(worker)
