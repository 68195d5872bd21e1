"""Form fields of the registry: units, households, houses by address, dates."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.addresses import Address, building_at, tidy
from communities.models import Building, Household, OrgUnit
from communities.roster.cells import EARLIEST
from communities.scoping import scope_of
from toolkit import formats
from toolkit.forms import RowsField, TypedForm

Level = OrgUnit.Level
# Where people and houses belong: never directly to the street.
HOME_LEVELS = (Level.COMMUNITY, Level.VILLAGE, Level.GRID)
# Those with an office that residents know, and a page on the public site.
OFFICE_LEVELS = (Level.STREET, Level.COMMUNITY, Level.VILLAGE)

# What a clerk types to say that there is none.
NONE_WORD = "无"


def replaces(masked: str) -> str:
    """Say below an empty field which sealed value stays unless another is typed."""
    words = _("现为%(value)s。不改请留空；填“无”表示删去。")
    return words % {"value": masked}


def units_for(user, permission: str, levels=tuple(Level.values)):
    """Return the units of today in which the user holds the permission."""
    reach = scope_of(user, permission).as_q("path")
    units = OrgUnit.objects.current().filter(reach, level__in=levels)
    return units.select_related("community").order_by("path")


class UnitField(forms.ModelChoiceField):
    """One unit, named with its community."""

    def __init__(self, queryset, **kwargs):
        kwargs.setdefault("empty_label", gettext_lazy("请选择"))
        super().__init__(queryset, **kwargs)

    def label_from_instance(self, unit):
        return unit.full_name


class ByCommunity(ModelChoiceIterator):
    """The units of a field under the name of their community, which comes first."""

    def __iter__(self):
        groups: dict[str, list] = {}
        for unit in self.queryset:
            name = (unit.community or unit).name
            groups.setdefault(name, []).append(self.choice(unit))
        yield from groups.items()


class UnitTree(forms.BoundField):
    """The choices of a UnitTreeField as its template draws them."""

    @cached_property
    def branches(self) -> list[dict]:
        """Return each community with its own choice and those of its grids."""
        widget, attrs = self.field.widget, self.build_widget_attrs({"id": self.auto_id})
        chosen = widget.format_value(self.value())
        groups = widget.optgroups(self.html_name, chosen, attrs)
        return [
            {
                "name": name,
                "head": options[0],
                "grids": options[1:],
                "chosen": sum(one["selected"] for one in options[1:]),
            }
            for name, options, _index in groups
        ]

    @property
    def has_grids(self) -> bool:
        return any(one["grids"] for one in self.branches)

    @property
    def has_chosen_grids(self) -> bool:
        return any(one["chosen"] for one in self.branches)


class UnitTreeField(RowsField):
    """Several units: whole communities, or single grids of one.

    Show it with Field("units", template="bootstrap5/yh_units.html").
    """

    iterator = ByCommunity

    def get_bound_field(self, form, field_name):
        return UnitTree(form, self, field_name)

    def label_from_instance(self, unit):
        return unit.full_name

    def clean(self, value):
        """Return the units; a grid goes without saying where its community is in."""
        units = super().clean(value)
        whole = units.exclude(level=Level.GRID).values("pk")
        return units.exclude(level=Level.GRID, community__in=whole)


def narrow_units(form, permission: str, levels=tuple(Level.values)) -> None:
    """Let the unit field of a form offer the units where the user may act."""
    old = form.fields["org_unit"]
    homes = gettext_lazy("社区或网格")
    units = units_for(form.user, permission, levels)
    form.fields["org_unit"] = UnitField(
        units,
        label=homes if levels == HOME_LEVELS else old.label,
        help_text=old.help_text,
        required=old.required,
    )
    if not form.initial.get("org_unit") and len(found := list(units[:2])) == 1:
        form.initial["org_unit"] = found[0].pk


class PastDateField(forms.DateField):
    """A day up to today, and not before the first that a roster takes."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def get_bound_field(self, form, field_name):
        # The field is older than the day of the page.
        today = timezone.localdate()
        limits = {"min": EARLIEST.isoformat(), "max": today.isoformat()}
        self.widget.attrs |= limits
        return super().get_bound_field(form, field_name)

    def clean(self, value):
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise ValidationError(_("日期不能晚于今天。"))
        if day and day < EARLIEST:
            first = {"day": formats.cn_date(EARLIEST)}
            raise ValidationError(_("日期不能早于%(day)s，请核对年份。") % first)
        return day


class SuggestField(forms.CharField):
    """Text with suggestions from the server; without script it is plain text."""

    def __init__(self, *, url_name: str, list_id: str, **kwargs):
        super().__init__(**kwargs)
        self.list_id = list_id
        self.widget.attrs |= {"list": list_id, "autocomplete": "off"}
        self.url_name = url_name

    def get_bound_field(self, form, field_name):
        self.widget.attrs |= {
            "hx-get": reverse(self.url_name),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{self.list_id}",
            "hx-swap": "innerHTML",
            "hx-params": field_name,
        }
        return super().get_bound_field(form, field_name)


class HouseholdField(SuggestField):
    """An open household by its number; `households` is the scope to look in.

    A number that two units use needs the unit behind it: 0036-0412（东门社区03网格）.
    """

    default_error_messages = {
        "missing": gettext_lazy(
            "在您的工作范围内没有户号“%(number)s”。请核对，或先立户。"
        ),
        "several": gettext_lazy("有几户都是这个户号，请从提示里选一户，或写明网格。"),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("户号"))
        super().__init__(
            url_name="communities:household-suggest",
            list_id="household-options",
            max_length=120,
            **kwargs,
        )
        self.households = Household.objects.none()

    def clean(self, value):
        text = tidy(super().clean(value))
        if not text:
            return None
        number, _bracket, rest = text.partition("(")
        found = list(
            self.households.filter(number=number)
            .select_related("org_unit__community")
            .order_by("pk")[:20]
        )
        if rest and len(found) > 1:
            unit = rest.rstrip(")")
            found = [home for home in found if home.org_unit.full_name == unit]
        if not found:
            self.fail("missing", number=number)
        if len(found) > 1:
            self.fail("several")
        return found[0]

    def fail(self, code: str, **words):
        raise ValidationError(self.error_messages[code], code=code, params=words)


def option_of(household: Household) -> str:
    """Return the text by which HouseholdField knows the household again."""
    return f"{household.number}（{household.org_unit.full_name}）"


class AddressFields(TypedForm, forms.Form):
    """The three parts of an address, and the house they name in the register."""

    place = SuggestField(
        label=gettext_lazy("街巷门牌"),
        max_length=80,
        url_name="communities:building-suggest",
        list_id="building-options",
        help_text=gettext_lazy("写到门牌或幢，如凤山巷12号、云江路8号3幢。"),
    )
    staircase = forms.CharField(
        label=gettext_lazy("单元"), max_length=10, required=False
    )
    room = forms.CharField(
        label=gettext_lazy("室"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("如302；没有室号的老屋可写后间、阁楼，或留空。"),
    )

    def address(self) -> Address:
        """Return the address that was entered; its house within the user's scope."""
        place = tidy(self.cleaned_data["place"])
        houses = Building.objects.in_scope_of(self.user)
        return Address(
            place,
            building_at(place, houses),
            self.cleaned_data["staircase"],
            self.cleaned_data["room"],
        )


def staff_helper(layout=None) -> FormHelper:
    """Return the crispy helper of a form that a page wraps itself."""
    helper = FormHelper()
    helper.form_tag = False
    if layout is not None:
        helper.layout = layout
    return helper
