"""Into which ledgers a visit is entered, and what those ask; the rest asks nothing."""

from decimal import Decimal

from django import forms
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from toolkit.forms import TypedForm
from visits.actions.entries import Answer
from visits.declared import Ledger, Question
from visits.validation import check_text

CENT = Decimal("0.01")
NUMBER = {
    "invalid": _("请填数字。"),
    "min_value": _("不能小于 %(limit_value)s。"),
    "max_value": _("不能大于 %(limit_value)s，请核对。"),
}
CENTS = NUMBER | {
    "max_decimal_places": _("金额最多两位小数。"),
    "max_digits": _("金额太大，请核对。"),
    "max_whole_digits": _("金额太大，请核对。"),
}
PICK = {"required": _("请选一项。"), "invalid_choice": _("请选一项。")}
LONG = {"max_length": _("最多写%(limit_value)d个字。")}


def field_of(question: Question) -> forms.Field:
    """Return the field that asks a question."""
    known = {
        "label": labelled(question),
        "required": question.is_required,
        "help_text": question.hint,
        "initial": question.first or None,
    }
    if question.choices:
        return forms.ChoiceField(
            choices=question.choices,
            widget=forms.RadioSelect,
            error_messages=PICK,
            **known,
        )
    if question.column == "amount":
        return forms.DecimalField(
            min_value=CENT,
            max_value=question.most,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages=CENTS,
            **known,
        )
    if question.unit:
        return forms.IntegerField(
            min_value=1,
            max_value=question.most,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages=NUMBER,
            **known,
        )
    return forms.CharField(
        max_length=question.most,
        validators=[check_text],
        error_messages=LONG,
        **known,
    )


def labelled(question: Question) -> str:
    """Return what is asked, with the unit of the answer: 慰问金（元）."""
    if not question.unit:
        return question.label
    named = {"label": question.label, "unit": question.unit}
    return format_lazy(_("{label}（{unit}）"), **named)


class EntryForm(TypedForm, forms.Form):
    """What one ledger asks."""

    # A browser would not send the page for what an untapped ledger asks out of sight.
    use_required_attribute = False

    def __init__(self, *args, ledger: Ledger, **kwargs):
        super().__init__(*args, **kwargs)
        self.ledger = ledger
        for question in ledger.asks:
            self.fields[question.column] = field_of(question)

    def clean(self):
        data = super().clean()
        for column, sentence in self.ledger.check(data).items():
            if column not in self.errors:
                self.add_error(column, sentence)
        return data

    @property
    def answer(self) -> Answer:
        """What was told, ready for the action."""
        return Answer(self.ledger, self.cleaned_data)


class Part:
    """One ledger on the form: the box to tap, and what it asks once it is tapped."""

    def __init__(self, ledger: Ledger, form: EntryForm, *, is_asked: bool):
        self.ledger, self.form = ledger, form
        # An answer counts if the box was tapped and the ledger is in sight.
        self.is_asked = is_asked
        self.option = None


class LedgersForm(TypedForm, forms.Form):
    """The ledgers on offer, none of them forced; `is_vain` where nobody was met."""

    ledgers = forms.MultipleChoiceField(
        label=_("记入台账"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=PICK,
    )

    def __init__(self, *args, offered: list[Ledger], is_vain: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered, self.is_vain = offered, is_vain
        self.fields["ledgers"].choices = [(one.slug, one.label) for one in offered]

    @cached_property
    def parts(self) -> list[Part]:
        """The ledgers with their boxes; what was not tapped is asked nothing."""
        field = self["ledgers"]
        tapped = set(field.value() or ()) if self.is_bound else set()
        parts = [self.part(one, is_tapped=one.slug in tapped) for one in self.offered]
        for part, option in zip(parts, field.subwidgets, strict=True):
            part.option = option
        return parts

    def part(self, ledger: Ledger, *, is_tapped: bool) -> Part:
        # What needs a meeting is out of sight where nobody was met.
        is_asked = is_tapped and not (self.is_vain and ledger.needs_meeting)
        form = EntryForm(
            self.data if is_asked else None,
            ledger=ledger,
            prefix=f"ledger-{ledger.slug.replace('.', '-')}",
        )
        return Part(ledger, form, is_asked=is_asked)

    @property
    def asked(self) -> list[EntryForm]:
        """What the chosen ledgers ask."""
        return [part.form for part in self.parts if part.is_asked]

    def is_valid(self) -> bool:
        # Every one is asked, so that all that is missing is told at once.
        valid = [super().is_valid(), *(form.is_valid() for form in self.asked)]
        return all(valid)

    def answers(self) -> list[Answer]:
        return [form.answer for form in self.asked]

    def faults(self) -> list[dict]:
        """Return name and address of each field that is to be filled in anew."""
        found = [self["ledgers"]] if self.is_bound and self.errors else []
        found += [form[name] for form in self.asked for name in form.errors]
        return [{"label": one.label, "id": first_id(one)} for one in found]


def first_id(field: forms.BoundField) -> str:
    """Return the id to jump to: that of the first of several choices."""
    choices = (one.id_for_label for one in field.subwidgets)
    return field.id_for_label or next(choices, field.auto_id)
