import django_filters
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.forms.fields import (
    HOME_LEVELS,
    OFFICE_LEVELS,
    UnitTreeField,
    narrow_units,
    units_for,
)
from communities.models import OrgUnit
from safety.criteria import CHOICES, CRITERIA, labels_of
from safety.models import Emergency, EmergencyDay, Status
from toolkit.filters import FirstDayFilter, LastDayFilter, ScreenFilters, SearchFilter
from toolkit.forms import RowsField, StaffForm
from toolkit.marks import bracketed
from visits.filters import UnitFilter
from visits.models import VisitRule

# What the list of people was drawn up from stays as it was.
FIXED = ("org_unit", "units", "criteria", "rules", "is_drill")
PICK = "bootstrap5/yh_pick.html"
PICKS = {"units": "bootstrap5/yh_units.html", "criteria": PICK, "rules": PICK}


class ListsField(RowsField):
    """Visit lists; one named like a criterion says that it is a list."""

    def label_from_instance(self, rule):
        is_alike = rule.name in {str(one.label) for one in CRITERIA}
        return rule.name + (bracketed(_("走访名单")) if is_alike else "")


class EmergencyForm(StaffForm):
    """What the street decides before it opens an emergency."""

    # Residents read it above the shelters that are open.
    public = ("title",)

    criteria = forms.MultipleChoiceField(
        label=_("叫应对象：按年龄和居住"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("启动时从居民档案里找出在家的人，之后名单不再自动增减。"),
    )
    rules = ListsField(
        label=_("叫应对象：走访名单上的人"),
        queryset=VisitRule.objects.current(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "走访名单由社区逐人核定，和上面按档案找出的人可能不同。"
            "两组选一组或都选，重复的人只列一次。"
        ),
    )
    units = UnitTreeField(
        label=_("响应范围"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选就是启动单位的全部范围；选了社区，就是它的全部网格。"),
    )

    class Meta:
        model = Emergency
        fields = [
            "org_unit",
            "title",
            "kind",
            "level",
            "is_drill",
            "units",
            "criteria",
            "rules",
            "keep_days",
        ]
        help_texts = {"title": _("如：2026年第7号台风")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        permission = f"safety.{action}_emergency"
        narrow_units(self, permission, OFFICE_LEVELS)
        if highest := self.fields["org_unit"].queryset.first():
            self.initial.setdefault("org_unit", highest.pk)
        self.fields["units"].queryset = self.with_chosen(
            units_for(self.user, permission, HOME_LEVELS)
        )
        if self.instance.pk and not self.instance.is_draft:
            for name in FIXED:
                del self.fields[name]
        elif not self.fields["rules"].queryset.exists():
            del self.fields["rules"]
        self.helper.layout = self.layout()

    def with_chosen(self, offered):
        """Return the units offered and those chosen already.

        What could not be ticked would be dropped by saving, and no unit at all means
        all of them.
        """
        wanted = Q(pk__in=offered.values("pk"))
        if self.instance.pk:
            wanted |= Q(pk__in=self.instance.units.values("pk"))
        rows = OrgUnit.objects.filter(wanted)
        return rows.select_related("community").order_by("path")

    def clean(self):
        """Refuse an emergency that calls nobody."""
        cleaned = super().clean()
        is_fixed = "criteria" not in self.fields
        if not (is_fixed or cleaned.get("criteria") or cleaned.get("rules")):
            self.add_error("criteria", _("请选叫应对象，才知道要联系哪些人。"))
        return cleaned

    def layout(self) -> Layout:
        """Return the parts of the form; without what is fixed once it is open."""
        parts = [
            Fieldset(
                _("基本情况"),
                *self.shown("org_unit", "title", "kind", "level", "is_drill"),
                css_class="yh-section",
            )
        ]
        for name in self.shown(*PICKS):
            pick = PICKS[name]
            parts.append(Field(name, template=pick, wrapper_class="yh-section"))
        parts.append(Fieldset(_("数据保存"), "keep_days", css_class="yh-section"))
        return Layout(*parts)

    def shown(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def words(self, name, value):
        return labels_of(value) if name == "criteria" else super().words(name, value)


class EmergencyFilters(ScreenFilters):
    q = SearchFilter("title")
    kind = django_filters.ChoiceFilter(
        choices=Emergency.Kind, label=_("种类"), empty_label=_("全部")
    )
    status = django_filters.ChoiceFilter(
        choices=Status, label=_("状态"), empty_label=_("全部")
    )

    class Meta:
        model = Emergency
        fields = ["q", "kind", "status"]


class EmergencyDayFilters(ScreenFilters):
    unit = UnitFilter()
    first = FirstDayFilter("day", label=_("起始日期"))
    last = LastDayFilter("day", label=_("截止日期"))

    class Meta:
        model = EmergencyDay
        fields = ["unit", "first", "last"]
