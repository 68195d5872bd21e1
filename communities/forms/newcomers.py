"""Entering a person who was not in the register: how he came, and into which home."""

from crispy_forms.layout import HTML, Field, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import codes, relations
from communities.actions.population import Facts
from communities.actions.residents import register_resident
from communities.forms.fields import HouseholdField, PastDateField
from communities.forms.residents import ResidentForm
from communities.models import HEAD, Household, PopulationEvent

Kind = PopulationEvent.Kind


class NewResidentForm(ResidentForm):
    """Entering a person: found here, born, moved in, or here for a time."""

    ARRIVALS = [
        ("", gettext_lazy("原住户补登")),
        (Kind.BORN, gettext_lazy("出生")),
        (Kind.MOVED_IN, gettext_lazy("迁入")),
        (Kind.CAME_TEMPORARILY, gettext_lazy("暂住")),
    ]

    household = HouseholdField(
        required=False,
        help_text=gettext_lazy("输入户号或地址会有提示；没有住户的留空，以后可编入。"),
    )
    arrival = forms.ChoiceField(
        label=gettext_lazy("登记方式"),
        choices=ARRIVALS,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("原住户补登不计入人口变动，下面不用填。"),
    )
    arrived_on = PastDateField(
        label=gettext_lazy("发生日期"),
        required=False,
        help_text=gettext_lazy("出生、迁入或来住的那一天；出生的可以不填。"),
    )
    reported_on = PastDateField(label=gettext_lazy("申报日期"), required=False)
    arrived_from = forms.CharField(
        label=gettext_lazy("来源地"), max_length=120, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["household"].households = Household.objects.open().in_scope_of(
            self.user, "change"
        )
        self.fields["relation"].choices = relations.choices(with_head=True)
        self.fields["id_number"].help_text = _(
            "填了身份证号码，性别和出生日期可以不填。"
        )
        self.fields["org_unit"].required = False
        self.fields["org_unit"].help_text = _("填了户号就按住户所在的网格，不用选。")
        self.fields["health"].initial = codes.HEALTH.unknown

    def layout(self) -> Layout:
        layout = super().layout()
        layout.append(
            Fieldset(
                _("登记事由"),
                Field("arrival", template="bootstrap5/yh_pick.html"),
                "arrived_on",
                "reported_on",
                "arrived_from",
                css_class="yh-section",
            )
        )
        layout.append(HTML('<datalist id="household-options"></datalist>'))
        return layout

    def home_fields(self) -> list:
        return ["household", *super().home_fields()]

    def clean(self):
        data = super().clean()
        home = data.get("household")
        if home is not None:
            data["org_unit"] = home.org_unit
        elif not data.get("org_unit") and "household" not in self.errors:
            self.add_error("org_unit", _("请填户号，或选社区、网格。"))
        if data.get("relation") == HEAD and home is None:
            self.add_error("relation", _("没有住户的人不能登记为户主。"))
        if data.get("arrival"):
            self.check_arrival(data)
        return data

    def check_arrival(self, data: dict) -> None:
        """See that the arrival has a day, in order with birth and report."""
        if "birth_on" in self.errors:
            return
        if data["arrival"] == Kind.BORN:
            data["arrived_on"] = data.get("arrived_on") or data.get("birth_on")
            if data["arrived_on"] and data["arrived_on"] != data.get("birth_on"):
                self.add_error("arrived_on", _("出生登记的日期应是本人的出生日期。"))
        day, reported = data.get("arrived_on"), data.get("reported_on")
        if not day and "arrived_on" not in self.errors:
            self.add_error("arrived_on", _("请填写发生日期。"))
        elif day and data.get("birth_on") and day < data["birth_on"]:
            self.add_error("arrived_on", _("发生日期早于本人出生日期。"))
        elif day and reported and reported < day:
            self.add_error("reported_on", _("申报日期不能早于发生日期。"))

    def arrival_facts(self) -> Facts | None:
        """Return how the person came, None for one who was here before."""
        data = self.cleaned_data
        if not data["arrival"]:
            return None
        return Facts(
            data["arrival"],
            data["arrived_on"],
            data.get("reported_on") or timezone.localdate(),
            place=data["arrived_from"],
        )

    def save(self, commit=True):
        self.instance.org_unit = self.cleaned_data["org_unit"]
        self.write_sealed()
        return register_resident(
            resident=self.instance,
            household=self.cleaned_data["household"],
            arrival=self.arrival_facts(),
            by=self.user,
        )
