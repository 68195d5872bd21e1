"""What the database refuses, people read as a sentence, and their form stays filled."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.db.models import CheckConstraint, UniqueConstraint
from django.urls import reverse

from accounts.models import Assignment
from tests.architecture.test_imports import LEVEL
from tests.factories import FACTORIES, make_role, make_user
from toolkit.models import HistoryEntry
from toolkit.screens import screens
from toolkit.screens.forms import FormScreen

OURS = [
    (model._meta.label_lower, constraint)
    for model in apps.get_models()
    if model._meta.app_label in LEVEL
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint | UniqueConstraint)
]
HAN = re.compile(r"[\u4e00-\u9fff]")
ENTERED_TWICE = (
    "services.servicepoint",
    "volunteers.team",
    "governance.body",
    "safety.policeroom",
    "communities.lane",
    "communities.building",
    "communities.organisation",
    "communities.populationsnapshot",
)
# Its rows cannot be taken away, which the test of two at once begins with.
FIXED = "communities.populationsnapshot"
every_double = pytest.mark.parametrize("label", ENTERED_TWICE)


@pytest.mark.parametrize(
    "constraint", [one for _label, one in OURS], ids=lambda one: one.name
)
def test_every_constraint_has_a_sentence_of_its_own(constraint):
    sentence = str(constraint.get_violation_error_message())
    assert str(constraint.violation_error_message) != str(
        constraint.default_violation_error_message
    )
    assert HAN.search(sentence)
    assert constraint.name not in sentence


def form_of(declaration, row, user):
    """Return what a browser would send to enter the row once more."""
    form = declaration.form_class(instance=row, user=user)
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


@pytest.fixture
def double(donghu, lin):
    """Return the screens of a model, and the form of a row that is there already."""

    def make(label):
        declaration = screens[label]
        row = FACTORIES[label](donghu)
        return declaration, row, form_of(declaration, row, lin)

    return make


@every_double
def test_what_is_there_already_is_refused_with_the_form_kept(
    label, double, browse, lin
):
    declaration, row, sent = double(label)
    answer = browse(lin).post(declaration.url("create"), sent)
    assert answer.status_code == 422
    told = answer.context["form"].errors
    assert sum(map(len, told.values())) == 1, told
    assert declaration.model.objects.count() == 1


def someone_is_faster(monkeypatch, entry):
    """Let another write between the moment a form is asked and the one it is saved."""
    write = FormScreen.write

    def overtaken(screen, form):
        entry()
        return write(screen, form)

    monkeypatch.setattr(FormScreen, "write", overtaken)


@pytest.mark.parametrize("label", [one for one in ENTERED_TWICE if one != FIXED])
def test_of_two_at_the_same_moment_the_second_reads_the_same(
    label, double, browse, lin, monkeypatch
):
    declaration, row, sent = double(label)
    model, pk = declaration.model, row.pk
    model.objects.filter(pk=pk).delete()
    someone_is_faster(monkeypatch, lambda: row.save(force_insert=True))
    answer = browse(lin).post(declaration.url("create"), sent)
    assert answer.status_code == 422
    told = answer.context["form"].non_field_errors()
    assert len(told) == 1
    assert HAN.search(told[0])
    assert [one.pk for one in model.objects.all()] == [pk]
    assert not HistoryEntry.objects.exists()


def test_a_change_that_comes_too_late_is_told_too(donghu, browse, lin, monkeypatch):
    declaration, make = screens["volunteers.team"], FACTORIES["volunteers.team"]
    row = make(donghu, name="巡河队")
    sent = form_of(declaration, row, lin) | {"name": "护绿队"}
    someone_is_faster(monkeypatch, lambda: make(donghu, name="护绿队"))
    answer = browse(lin).post(declaration.url("update", row.pk), sent)
    assert answer.status_code == 422
    assert answer.context["form"]["name"].value() == "护绿队"
    row.refresh_from_db()
    assert row.name == "巡河队"


def test_what_no_constraint_explains_is_told_all_the_same(
    donghu, browse, lin, monkeypatch
):
    def fail():
        raise IntegrityError("some other rule of the database")

    declaration = screens["volunteers.team"]
    sent = form_of(declaration, FACTORIES["volunteers.team"](donghu), lin)
    someone_is_faster(monkeypatch, fail)
    answer = browse(lin).post(declaration.url("create"), sent | {"name": "护绿队"})
    assert answer.status_code == 422
    assert "刚才有人写入了" in answer.context["form"].non_field_errors()[0]


def test_the_end_of_a_post_is_refused_where_it_stands(donghu, browse, lin):
    role = make_role()
    sent = {"user": make_user().pk, "role": role.pk, "org_unit": donghu.pk}
    sent |= {"starts_on": "2026-11-02", "ends_on": "2026-11-01"}
    answer = browse(lin).post(reverse("accounts:assignment-create"), sent)
    assert answer.status_code == 422
    told = answer.context["form"].errors
    assert list(told) == ["ends_on"]
    assert "assignment" not in str(told["ends_on"])


def test_a_post_given_twice_is_refused_in_words(donghu, browse, lin):
    role, user = make_role(), make_user()
    there = Assignment.objects.create(user=user, role=role, org_unit=donghu)
    sent = {"user": user.pk, "role": role.pk, "org_unit": donghu.pk}
    sent |= {"starts_on": there.starts_on.isoformat(), "ends_on": ""}
    answer = browse(lin).post(reverse("accounts:assignment-create"), sent)
    assert answer.status_code == 422
    told = answer.context["form"].non_field_errors()
    assert len(told) == 1
    assert "one_open" not in told[0]
