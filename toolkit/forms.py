"""Forms of staff screens."""

from datetime import datetime

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

from toolkit import formats
from toolkit.choices import name_choices, name_of
from toolkit.names import FORMULA, NO_LETTER, flaw_of
from toolkit.privacy.detectors import find_personal_numbers
from toolkit.row_numbers import LONGEST, row_number
from toolkit.unseen import lines, one_line

DASHES = BLANK_CHOICE_DASH[0][1]
# What Django says of a field that was left empty, and what is said here.
DEMAND = forms.Field.default_error_messages["required"]
FILL_IN, CHOOSE = _("请填写。"), _("请选择。")
# The choice of a field that is stored empty.
NOT_FILLED_IN = _("未填写")
# Where one line is typed; not a password, which is what it is.
TYPED_LINES = (forms.TextInput, forms.EmailInput, forms.URLInput)
# What a moment may be in a form.
FIRST_YEAR, LAST_YEAR = 2000, 2999


class TypedForm(forms.BaseForm):
    """What every form shares into which somebody types.

    Marks that nobody sees are gone before a field is asked, so that a name of them
    alone is a missing name; what is missing is asked for in plain words.
    """

    def full_clean(self):
        for field in self.fields.values():
            word_the_demand(field)
        super().full_clean()

    def _widget_data_value(self, widget, html_name):
        """Return what was sent for a field, without marks that nobody sees."""
        value = super()._widget_data_value(widget, html_name)
        if isinstance(value, str) and isinstance(widget, TYPED_LINES):
            return one_line(value)
        if isinstance(value, str) and isinstance(widget, forms.Textarea):
            return lines(value)
        return value


class StaffForm(TypedForm, forms.ModelForm):
    """Base of every form on a staff screen.

    Choices of related rows end where the user's scope ends, so no form has to
    remember it. `sensitive` names fields whose values never reach the history,
    `people` those that hold the name of a person, `public` texts that residents read.
    """

    sensitive: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    public: tuple[str, ...] = ()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = FormHelper()
        self.helper.form_tag = False
        for name in self.people:
            self.fields[name].validators.append(check_name)
        is_stored = self.instance.pk is not None
        for name in self.public:
            # Not `initial`: on a new row that comes from the address of the page.
            check = PublicText(getattr(self.instance, name) if is_stored else None)
            self.fields[name].validators.append(check)
        for field in self.fields.values():
            word_the_empty_choice(field)
            queryset = getattr(field, "queryset", None)
            if hasattr(queryset, "in_scope_of"):
                field.queryset = queryset.in_scope_of(user)
            name_choices(field)
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(
                    attrs={"type": "date"}, format="%Y-%m-%d"
                )
        self.offer_what_is_empty()

    def offer_what_is_empty(self) -> None:
        """Let a list of choices show that nothing is stored.

        Without a choice for it a browser shows the first one, and saving stores that.
        """
        for name, field in self.fields.items():
            is_list = type(field) is forms.TypedChoiceField
            if is_list and self.has_nothing(name):
                choices = [one for one in field.choices if one[0] != ""]
                field.choices = [("", NOT_FILLED_IN), *choices]

    def _widget_data_value(self, widget, html_name):
        """Return what was sent for a field; text as it is stored if it is the same.

        A browser ends every line in its own way.
        """
        value = super()._widget_data_value(widget, html_name)
        stored = self.initial.get(html_name)
        if isinstance(widget, forms.Textarea) and isinstance(stored, str):
            is_same = (value or "").splitlines() == stored.splitlines()
            return stored if is_same else value
        return value

    def has_nothing(self, name: str) -> bool:
        """Whether the row is stored without the field."""
        return bool(self.instance.pk) and self.initial.get(name) == ""

    def _post_clean(self):
        """Ask also the constraints that name a field not shown.

        Django leaves those out, and the database would refuse the row with a 500.
        """
        super()._post_clean()
        if self.errors:
            return
        for model, constraints in self.instance.get_constraints():
            for one in constraints:
                self.ask(one, model)

    def ask(self, constraint, model) -> None:
        """Add the refusal of a constraint to the errors of the form."""
        try:
            constraint.validate(model, self.instance)
        except ValidationError as refusal:
            self.add_error(None, refusal)

    def changes(self) -> list[dict]:
        """Return what the form changes, in words; sensitive fields without values."""
        changed = []
        for name in self.changed_data:
            change = {"field": name, "label": str(self.fields[name].label or name)}
            if name not in self.sensitive and self.instance.pk:
                old = self.words(name, self.initial.get(name))
                change |= {"old": old, "new": self.words(name, self.cleaned_data[name])}
            changed.append(change)
        return changed

    def words(self, name: str, value) -> str:
        """Return a value as its reader knows it: the label of a choice, else text."""
        if value in (None, ""):
            return ""
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return formats.listed(map(name_of, value))[:200]
        if hasattr(field, "queryset"):
            key = getattr(value, "pk", value)
            row = field.queryset.model._base_manager.filter(pk=key).first()
            return field.label_from_instance(row) if row else ""
        if isinstance(value, bool):
            return formats.yes_no(value)
        labels = dict(getattr(field, "choices", None) or ())
        return str(labels.get(value, value))[:200]


def check_name(name: str) -> None:
    """Raise ValidationError for a name of a person that is none.

    Digits are left to those who know whom they have before them.
    """
    flaw = flaw_of(name)
    if flaw == NO_LETTER:
        raise ValidationError(_("姓名里至少要有一个字，请核对。"), code="name")
    if flaw == FORMULA:
        raise ValidationError(_("姓名不能以“=”“+”“-”“@”开头，请核对。"), code="name")


class PublicText:
    """Raises ValidationError for a text with the number of a person in it.

    What residents read on the page of a unit has no second reader before them
    (个人信息保护法 25); a phone that is meant for them has a field of its own. A text
    that stays as it is stored does not keep the rest of the form from being saved.
    """

    def __init__(self, stored: str | None):
        self.stored = stored

    def __call__(self, text: str) -> None:
        for hit in find_personal_numbers(text) if text != self.stored else ():
            words = _("这一栏对居民公开，里面有%(label)s（%(masked)s），请去掉。")
            told = {"label": hit.label, "masked": hit.masked}
            raise ValidationError(words, params=told, code="personal")


def word_the_demand(field: forms.Field) -> None:
    """Ask for what is missing in plain words, unless the field has its own."""
    if field.error_messages["required"] == DEMAND:
        is_choice = isinstance(field, forms.ChoiceField | forms.FileField)
        field.error_messages["required"] = CHOOSE if is_choice else FILL_IN


def word_the_empty_choice(field: forms.Field) -> None:
    """Write words where Django offers a row of dashes as the choice of nothing."""
    words = _("请选择") if field.required else _("不选")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        field.choices = [
            (value, words if label == DASHES else label)
            for value, label in field.choices
        ]


class MomentInput(forms.DateTimeInput):
    """A day and a time, as the browser asks for them."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A day and a time in the years for which an office writes.

    At the edges of the calendar the next time zone, or the next working day, is a
    date that Python does not have.
    """

    widget = MomentInput

    def has_changed(self, initial, data):
        # A page shows a moment to the minute.
        if isinstance(initial, datetime):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)

    def to_python(self, value):
        moment = super().to_python(value)
        if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(
                _("年份须在 %(first)s 至 %(last)s 之间。"),
                code="year",
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return moment


class NoteForm(TypedForm, forms.Form):
    """A reason in one's own words, for steps that need one."""

    note = forms.CharField(
        label=_("原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows to choose from; a number no row can have is a wrong choice.

    Django hands it to the database, and SQLite answers with an OverflowError.
    """

    def _check_values(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if row_number(key) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": str(key)[:LONGEST]},
                )
        return super()._check_values(value)
