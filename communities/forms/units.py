"""Forms of the unit tree and of what is known about units."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.actions.boundaries import end_grids
from communities.forms.checks import check_phones
from communities.forms.fields import (
    Level,
    PastDateField,
    UnitField,
    narrow_units,
    units_for,
)
from communities.models import (
    COMMUNITY_LEVELS,
    FIRST_REPORT_DAY,
    ConversionCondition,
    Honour,
    OrgUnit,
    PopulationSnapshot,
    UnitProfile,
)
from toolkit import formats
from toolkit.forms import StaffForm

UNIT_CODE, GRID_CODE = 12, 15


class OrgUnitForm(StaffForm):
    """A unit; code and parent stand in every path below it, so they never change."""

    class Meta:
        model = OrgUnit
        fields = [
            "level",
            "parent",
            "name",
            "code",
            "rule_profile",
            "valid_from",
            "valid_from_precision",
            "valid_to",
            "valid_to_precision",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old = self.fields["parent"]
        above = units_for(self.user, "communities.add_orgunit")
        above = above.exclude(level=Level.GRID)
        self.fields["parent"] = UnitField(above, label=old.label)
        # Whoever works in a community has grids to add, no other unit.
        is_streets = above.filter(level=Level.STREET).exists()
        offered = (*COMMUNITY_LEVELS, Level.GRID) if is_streets else (Level.GRID,)
        self.fields["level"].choices = [(one.value, one.label) for one in offered]
        self.fields["code"].help_text = _(
            "社区、村12位（居委会后三位001—199，村200—399）；网格为社区编码加3位。"
        )
        if self.instance.pk:
            for name in ("level", "parent", "code"):
                self.fields[name].disabled = True
                self.fields[name].required = False
            self.fields["parent"].queryset = OrgUnit.objects.all()
            self.fields["level"].choices = Level.choices

    def clean(self):
        data = super().clean()
        if not self.instance.pk and data.get("parent") and data.get("code"):
            self.check_place(data)
        begins, ends = data.get("valid_from"), data.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error("valid_to", _("撤销日期要晚于设立日期。"))
        if ends and self.instance.goes_on_below(ends):
            self.add_error("valid_to", _("街道下面还有社区、村没有撤销，请先撤销。"))
        return data

    def _post_clean(self):
        super()._post_clean()
        # Only here does the unit bear what was sent.
        if self.instance.outlasts_its_parent() and "valid_to" not in self.errors:
            day = formats.cn_date(self.instance.parent.valid_to)
            sentence = _("上级单位已于%(day)s撤销，撤销日期不能晚于这一天。")
            self.add_error("valid_to", sentence % {"day": day})

    @transaction.atomic
    def save(self, commit=True):
        unit = super().save(commit)
        if unit.valid_to and "valid_to" in self.changed_data:
            told = {"verb": "changed", "label": _("随上级撤销"), "by": self.user}
            end_grids(unit, **told)
        return unit

    def check_place(self, data: dict) -> None:
        """Refuse a unit in the wrong place or with a code that is not its parent's."""
        level, parent, code = data.get("level"), data["parent"], data["code"]
        if level == Level.GRID:
            right, size, stem = parent.level in COMMUNITY_LEVELS, GRID_CODE, 12
        else:
            right, size, stem = parent.level == Level.STREET, UNIT_CODE, 9
        if not right:
            self.add_error("parent", _("网格属于社区或村，社区和村属于街道。"))
        elif not (code.isascii() and code.isdecimal() and len(code) == size):
            self.add_error("code", _("编码应为%(size)d位数字。") % {"size": size})
        elif code[:stem] != parent.code[:stem]:
            self.add_error("code", _("前%(stem)d位应与上级相同。") % {"stem": stem})


class UnitProfileForm(StaffForm):
    """What a unit says of itself; from when on reports are made, the street says."""

    public = ("address", "office_hours", "director", "formed_from")
    reports_since = PastDateField(
        label=gettext_lazy("报表起始日"),
        required=False,
        help_text=gettext_lazy("从这一天起每期自动出报表。"),
        validators=[
            MinValueValidator(FIRST_REPORT_DAY, gettext_lazy("不能早于2000年1月1日。"))
        ],
    )

    class Meta:
        model = UnitProfile
        fields = [
            "org_unit",
            "address",
            "phone",
            "duty_phone",
            "office_hours",
            "director",
            "area_km2",
            "founded_on",
            "legal_basis",
            "formed_from",
            "theme",
            "about",
            "reports_since",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.change_unitprofile")
        if self.instance.pk:
            self.fields["org_unit"].disabled = True
        if self.instance.pk and self.instance.org_unit.level != Level.STREET:
            del self.fields["reports_since"]
        for name in ("phone", "duty_phone"):
            self.fields[name].help_text = _("对居民公开，可写两个号码，用“、”隔开。")

    def clean_phone(self):
        return check_phones(self.cleaned_data["phone"])

    def clean_duty_phone(self):
        return check_phones(self.cleaned_data["duty_phone"])

    def clean(self):
        data = super().clean()
        unit = data.get("org_unit")
        if data.get("reports_since") and unit and unit.level != Level.STREET:
            self.add_error("reports_since", _("由街道填写，社区、村和网格请留空。"))
        return data


class PopulationSnapshotForm(StaffForm):
    """A count of people on a day; it is entered once and then stands."""

    as_of = PastDateField(label=gettext_lazy("截至日期"))

    class Meta:
        model = PopulationSnapshot
        fields = ["org_unit", "as_of", "kind", "people", "households", "source"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_populationsnapshot")
        self.fields["source"].help_text = _("如：第七次人口普查、派出所户籍统计。")


class HonourForm(StaffForm):
    public = ("title", "awarded_by")
    awarded_on = PastDateField(label=gettext_lazy("授予日期"))

    class Meta:
        model = Honour
        fields = [
            "org_unit",
            "title",
            "level",
            "awarded_by",
            "awarded_on",
            "valid_until",
            "reassess_on",
            "document",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_honour")

    def clean(self):
        data = super().clean()
        awarded = data.get("awarded_on")
        for name in ("valid_until", "reassess_on"):
            if awarded and data.get(name) and data[name] < awarded:
                self.add_error(name, _("不能早于授予日期。"))
        return data


class ConversionConditionForm(StaffForm):
    met_on = PastDateField(label=gettext_lazy("达成日期"), required=False)

    class Meta:
        model = ConversionCondition
        fields = ["org_unit", "text", "met_on", "evidence"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.change_conversioncondition", (Level.VILLAGE,))

    def clean(self):
        data = super().clean()
        if data.get("met_on") and not data.get("evidence"):
            raise ValidationError({"evidence": _("已达成的，请写明依据。")})
        return data
