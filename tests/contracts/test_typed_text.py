"""No form of the staff takes a text that nobody can see, or asks in other words."""

import pytest
from django import forms

from toolkit.forms import CHOOSE, FILL_IN
from toolkit.screens.declaration import screens

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


def test_the_two_sentences():
    assert (str(FILL_IN), str(CHOOSE)) == ("请填写。", "请选择。")
