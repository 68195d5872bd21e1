"""The form of a boundary change with the units it took from and made."""

from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.actions.boundaries import record_successions
from communities.forms.fields import (
    Level,
    PastDateField,
    UnitField,
    narrow_units,
    staff_helper,
)
from communities.models import BoundaryChange, OrgUnit, UnitSuccession
from toolkit import formats
from toolkit.forms import StaffForm, TypedForm

ROWS = 4


class SuccessionForm(TypedForm, forms.ModelForm):
    """One line: out of which unit came which."""

    class Meta:
        model = UnitSuccession
        fields = ["predecessor", "predecessor_name", "successor"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = OrgUnit.objects.in_scope_of(user).select_related("community")
        units = units.exclude(level=Level.GRID)
        for name in ("predecessor", "successor"):
            old = self.fields[name]
            self.fields[name] = UnitField(units, label=old.label, required=old.required)

        # An empty line is no answer; a line with a word in it needs both ends.
        self.fields["successor"].required = False

    def is_empty(self) -> bool:
        """Whether nothing is in the line, neither stored nor just sent."""
        return self.instance.pk is None and not self.has_changed()

    def clean(self):
        data = super().clean()
        old, new = data.get("predecessor"), data.get("successor")
        if not new and "successor" not in self.errors:
            self.add_error("successor", _("请选调整后的社区、村或网格。"))
        if not old and not data.get("predecessor_name"):
            sentence = _("请选调整前的社区、村或网格，或写它的名称。")
            self.add_error("predecessor_name", sentence)
        if old and old == new:
            self.add_error("successor", _("调整前后不能是同一个。"))
        return data


class Lines(forms.BaseInlineFormSet):
    """The lines of a decision; of the empty ones one is open, the others wait."""

    @property
    def open_lines(self) -> list[SuccessionForm]:
        """Return the lines with an answer, and one more."""
        return [line for line in self.forms if line not in self.spare_lines]

    @cached_property
    def spare_lines(self) -> list[SuccessionForm]:
        empty = [line for line in self.forms if line.is_empty()]
        return empty[1:]


SuccessionFormSet = forms.inlineformset_factory(
    BoundaryChange,
    UnitSuccession,
    form=SuccessionForm,
    formset=Lines,
    extra=ROWS,
    can_delete=False,
    max_num=60,
    absolute_max=60,
)


class BoundaryChangeForm(StaffForm):
    """A decision with its grounds (F011) and its lines of succession (F012)."""

    decided_on = PastDateField(label=gettext_lazy("决定日期"))
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("理由"),
        choices=BoundaryChange.Ground.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ends_predecessors = forms.BooleanField(
        label=gettext_lazy("自决定之日起撤销调整前的单位"),
        required=False,
        help_text=gettext_lazy(
            "合并、撤销时勾选，网格同日撤销；档案保留，只是不再办新事。"
            "原来的住户不会自动转走，保存后按提示迁到新的网格。"
        ),
    )

    class Meta:
        model = BoundaryChange
        fields = [
            "org_unit",
            "kind",
            "decided_on",
            "precision",
            "approved_by",
            "document",
            "grounds",
            "note",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_units(self, "communities.add_boundarychange")
        self.fields["org_unit"].help_text = _("作出调整的街道，或所涉及的社区、村。")
        self.successions = SuccessionFormSet(
            self.data if self.is_bound else None,
            instance=self.instance,
            form_kwargs={"user": self.user},
        )
        self.helper = staff_helper(
            Layout(
                Fieldset(
                    _("决定"),
                    "org_unit",
                    "kind",
                    "decided_on",
                    "precision",
                    "approved_by",
                    "document",
                    css_class="yh-section",
                ),
                Fieldset(
                    _("理由和说明"),
                    Field("grounds", template="bootstrap5/yh_pick.html"),
                    "note",
                    "ends_predecessors",
                    css_class="yh-section",
                ),
            )
        )

    def words(self, name: str, value) -> str:
        if name == "grounds":
            labels = dict(BoundaryChange.Ground.choices)
            return formats.listed(labels.get(ground, ground) for ground in value or ())
        return super().words(name, value)

    def has_changed(self):
        return super().has_changed() or self.successions.has_changed()

    def is_valid(self):
        return super().is_valid() and self.successions.is_valid()

    @transaction.atomic
    def save(self, commit=True):
        change = super().save()
        self.successions.instance = change
        self.successions.save()
        record_successions(
            change=change,
            ends_predecessors=self.cleaned_data["ends_predecessors"],
            by=self.user,
        )
        return change
