"""No form of the staff takes a text that nobody can see, or asks in other words."""

import pytest
from django import forms
from django.urls import get_resolver

from tests.architecture.test_imports import LEVEL
from toolkit.forms import CHOOSE, FILL_IN, TypedForm
from toolkit.screens.declaration import screens

# Where words are typed; days and moments have kinds of their own.
LINES = (forms.TextInput, forms.EmailInput, forms.URLInput)
# A code of the second factor is compared and kept nowhere.
CODES = {"CodeForm", "CodeAgainForm"}
UNSEEN = "\u200b\u3164\ufeff"


def staff_forms():
    """Return the form of every screen that has one."""
    found = {one.form_class for one in screens.values() if one.form_class}
    return sorted(found, key=lambda form: form.__module__ + form.__name__)


def sent_with(form_class, user, text):
    """Return the form, filled with the text wherever there is one to type."""
    names = form_class(user=user).fields
    return form_class(dict.fromkeys(names, text), user=user)


def typed(form):
    """Return the required fields into which text is typed."""
    return [
        name
        for name, field in form.fields.items()
        if field.required and isinstance(field.widget, forms.TextInput | forms.Textarea)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("form_class", staff_forms(), ids=lambda form: form.__name__)
def test_text_that_nobody_sees_is_no_text(form_class, lin):
    form = sent_with(form_class, lin, UNSEEN)
    form.is_valid()
    faults = {name: form.errors.get(name) for name in typed(form)}
    assert all(faults.values()), faults


@pytest.mark.django_db
@pytest.mark.parametrize("form_class", staff_forms(), ids=lambda form: form.__name__)
def test_what_is_missing_is_asked_for_in_plain_words(form_class, lin):
    form = sent_with(form_class, lin, "")
    form.is_valid()
    told = {sentence for faults in form.errors.values() for sentence in faults}
    assert "该字段是必填项。" not in told
    for name in typed(form):
        assert form.errors[name], name


def kinds_of(form_class):
    """Yield the classes below a form."""
    for kind in form_class.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_every_form_of_ours_into_which_one_types_takes_out_what_nobody_sees():
    # With the addresses come the views, and with these their forms.
    assert get_resolver().url_patterns
    ours = [
        form
        for form in kinds_of(forms.BaseForm)
        if form.__module__.split(".")[0] in LEVEL
    ]
    typed_into = [
        form
        for form in ours
        for field in getattr(form, "base_fields", {}).values()
        if isinstance(field.widget, forms.Textarea) or type(field.widget) in LINES
    ]
    assert typed_into
    other = {form.__name__ for form in typed_into if not issubclass(form, TypedForm)}
    assert other <= CODES


def test_the_two_sentences():
    assert (str(FILL_IN), str(CHOOSE)) == ("请填写。", "请选择。")
