"""What residents read of a unit, one person writes: no numbers of people in it."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import FACTORIES
from toolkit.screens import screens

# What the public site shows of a unit beside its notices.
SHOWN = {
    "communities.honour",
    "communities.unitprofile",
    "learning.schoolsession",
    "safety.policeroom",
    "services.servicepoint",
}
FORMS = {
    declaration.model._meta.label_lower: declaration.form_class
    for declaration in screens.values()
    if declaration.has_update
}
PUBLIC = [(label, name) for label, form in FORMS.items() for name in form.public]


def test_every_form_of_what_is_public_names_its_texts():
    assert {label for label, _name in PUBLIC} == SHOWN


@pytest.mark.parametrize(("label", "name"), PUBLIC)
@pytest.mark.parametrize("number", ["138-5771-2345", "330381 19000101 0018"])
def test_a_number_of_a_person_is_refused(label, name, number, mei, donghu):
    row = FACTORIES[label](donghu)
    field = FORMS[label](instance=row, user=mei).fields[name]
    with pytest.raises(ValidationError, match="这一栏对居民公开"):
        field.clean(f"找张三{number}")


@pytest.mark.parametrize(("label", "name"), PUBLIC)
def test_an_office_may_be_named(label, name, mei, donghu):
    row = FACTORIES[label](donghu)
    field = FORMS[label](instance=row, user=mei).fields[name]
    assert field.clean("东湖巷1号，0577-65810000") == "东湖巷1号，0577-65810000"
