from uuid import uuid4

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.models import Q
from django.forms import CharField, modelform_factory
from django.test.utils import isolate_apps

from toolkit.privacy.fields import SealedTextField
from toolkit.privacy.sealing import SealBroken, Sealer, Token

NUMBER = "330381190001010018"


@pytest.fixture
def note_model(db):
    """A model with one sealed column, and its table for the length of a test."""
    with isolate_apps("toolkit"):

        class SealedNote(models.Model):  # noqa: DJ008
            uid = models.UUIDField(default=uuid4, editable=False)
            title = models.CharField(max_length=20, blank=True)
            number = SealedTextField(blank=True, max_length=18)

            class Meta:
                app_label = "toolkit"

        create, parameters = connection.schema_editor().table_sql(SealedNote)
        with connection.cursor() as cursor:
            cursor.execute(create, parameters or None)
        yield SealedNote


def stored(note):
    rows = type(note).objects.filter(pk=note.pk)
    return rows.values_list("number", flat=True).get()


def test_the_instance_speaks_plaintext_and_the_column_holds_a_token(note_model):
    note = note_model.objects.create(number=NUMBER)

    assert note.number == NUMBER
    assert note_model.objects.get().number == NUMBER
    assert isinstance(stored(note), Token)
    assert NUMBER not in stored(note)


def test_a_saved_instance_keeps_no_plaintext(note_model):
    note = note_model.objects.create(number=NUMBER)

    assert NUMBER not in vars(note).values()


def test_many_rows_are_sealed_at_once(note_model):
    note_model.objects.bulk_create(note_model(number=f"{n}") for n in range(5))

    assert [note.number for note in note_model.objects.order_by("pk")] == list("01234")
    assert not set(note_model.objects.values_list("number", flat=True)) & set("01234")


def test_an_empty_value_is_null_in_the_column_and_empty_on_the_instance(note_model):
    note = note_model.objects.create(number="")

    assert stored(note) is None
    assert note_model.objects.get().number == ""
    assert note_model.objects.filter(number__isnull=True).count() == 1


def test_a_deferred_value_is_fetched_when_it_is_read(note_model):
    note_model.objects.create(number=NUMBER)

    assert note_model.objects.defer("number").get().number == NUMBER
    assert note_model.objects.only("number").get().number == NUMBER


def test_saving_an_unchanged_value_keeps_its_token(note_model):
    note = note_model.objects.create(number=NUMBER)
    before = stored(note)

    again = note_model.objects.get()
    again.number = NUMBER
    again.save()

    assert stored(note) == before


def test_a_changed_value_gets_a_new_token(note_model):
    note = note_model.objects.create(number=NUMBER)

    note.number = "E12345678"
    note.save()

    assert note_model.objects.get().number == "E12345678"


def test_a_token_copied_into_another_row_does_not_open(note_model):
    ours = note_model.objects.create(number=NUMBER)
    theirs = note_model.objects.create()

    note_model.objects.filter(pk=theirs.pk).update(number=stored(ours))

    with pytest.raises(SealBroken):
        note_model.objects.get(pk=theirs.pk).number  # noqa: B018


@pytest.mark.parametrize("lookup", ["number", "number__contains", "number__in"])
def test_a_sealed_column_cannot_be_searched(note_model, lookup):
    with pytest.raises(FieldError, match="blind index"):
        note_model.objects.filter(**{lookup: NUMBER})


def test_a_plaintext_never_reaches_the_column_by_a_side_door(note_model):
    note = note_model.objects.create(number=NUMBER)
    note.number = "E12345678"

    with pytest.raises(TypeError, match="plaintext"):
        note_model.objects.update(number="E12345678")
    with pytest.raises(TypeError, match="plaintext"):
        note_model.objects.bulk_update([note], ["number"])


def test_a_token_of_a_sealer_may_be_written_directly(note_model):
    note = note_model.objects.create()
    sealer = Sealer(note_model._meta.db_table, "number")

    note_model.objects.update(number=sealer.seal(note.uid, NUMBER))

    assert note_model.objects.get().number == NUMBER


def test_a_form_shows_and_checks_it_like_any_text(note_model):
    form_class = modelform_factory(note_model, fields=["title", "number"])
    note = note_model.objects.create(number=NUMBER)

    assert isinstance(form_class().fields["number"], CharField)
    assert form_class(instance=note).initial["number"] == NUMBER
    assert "number" in form_class({"number": "1" * 19}).errors

    saved = form_class({"title": "甲", "number": "E12345678"}, instance=note).save()
    assert note_model.objects.get().number == saved.number == "E12345678"


def test_the_model_checks_the_length_of_the_plaintext(note_model):
    note_model(number=NUMBER).full_clean()
    with pytest.raises(ValidationError):
        note_model(number=f"{NUMBER}0").full_clean()


def test_a_fixture_holds_the_token(note_model):
    note = note_model.objects.create(number=NUMBER)

    field = note_model._meta.get_field("number")

    assert field.value_to_string(note_model.objects.get()) == stored(note)


@isolate_apps("toolkit")
def test_a_careless_model_fails_the_system_check():
    class Careless(models.Model):  # noqa: DJ008
        number = SealedTextField(unique=True)

        class Meta:
            app_label = "toolkit"
            constraints = [
                models.CheckConstraint(
                    condition=Q(number__isnull=False), name="careless_has_a_number"
                )
            ]

    found = {error.id for error in Careless.check()}

    assert {"toolkit.E101", "toolkit.E102", "toolkit.E103"} <= found
