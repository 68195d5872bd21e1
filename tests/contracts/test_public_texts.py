"""What residents read of a unit, one person writes: no numbers of people in it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from tests.factories import FACTORIES
from toolkit.screens import screens

# What the public site shows of a unit beside its notices.
SHOWN = (
    "communities.honour",
    "communities.unitprofile",
    "learning.schoolsession",
    "safety.policeroom",
)
# Fields for numbers, which have a check of their own.
PHONES = {"phone", "duty_phone"}
SHORTEST = 11
FORMS = {
    declaration.model._meta.label_lower: declaration.form_class
    for declaration in screens.values()
    if declaration.has_update
}
PUBLIC = [(label, name) for label, form in FORMS.items() for name in form.public]


def texts_of(model) -> list[models.Field]:
    """Return the fields into which a clerk writes words of his own."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
        and field.name not in PHONES
        # A phone has eleven digits.
        and (field.max_length or SHORTEST) >= SHORTEST
    ]


@pytest.mark.parametrize("label", [label for label in FORMS if label in FACTORIES])
def test_every_text_that_residents_read_is_checked(label, donghu, client):
    row = FACTORIES[label](donghu)
    if hasattr(row, "org_unit"):
        row.org_unit = donghu
    marks = {}
    for number, field in enumerate(texts_of(type(row))):
        marks[field.name] = f"字{number:02d}号"
        setattr(row, field.name, marks[field.name])
    if hasattr(row, "held_on"):
        row.held_on = timezone.localdate() + timedelta(days=1)
    row.save()
    page = client.get(reverse("portal:unit", args=[donghu.code])).content.decode()
    page += client.get(reverse("portal:home")).content.decode()
    shown = {name for name, mark in marks.items() if mark in page}
    if label in SHOWN:
        assert shown == set(FORMS[label].public)
    assert shown <= set(FORMS[label].public)


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


def test_an_old_text_does_not_keep_the_rest_from_being_saved(mei, donghu):
    profile = FACTORIES["communities.unitprofile"](donghu)
    profile.director = "林秀芬13800138000"
    field = FORMS["communities.unitprofile"](instance=profile, user=mei).fields
    assert field["director"].clean(profile.director) == profile.director
    with pytest.raises(ValidationError, match="这一栏对居民公开"):
        field["address"].clean("东湖巷1号13800138000")


def test_the_address_of_a_new_row_is_no_stored_text(browse, lin, donghu):
    place = "找张三13800138000"
    sent = {"org_unit": donghu.pk, "title": "用电安全", "topic": "safety"}
    sent |= {"held_on": "2026-01-04", "place": place}
    url = reverse("learning:schoolsession-create", query={"place": place})
    answer = browse(lin).post(url, sent)
    assert answer.status_code == 422
    assert "这一栏对居民公开" in answer.content.decode()
