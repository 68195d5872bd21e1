from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.test import override_settings
from django.test.utils import isolate_apps

from communities.models import Resident
from communities.turns import hold_still
from tests.communities.test_two_clerks import started
from tests.connections import on_two_connections
from tests.factories import make_resident
from toolkit.privacy.fields import SealedTextField
from toolkit.privacy.keys import KeyRing, key_ring, new_key
from toolkit.privacy.rotation import rotate_field, sealed_fields

OLD, NEW, BLIND = new_key(), new_key(), new_key()
BEFORE = {"encryption": f"k1:{OLD}", "blind": BLIND}
AFTER = {"encryption": f"k2:{NEW},k1:{OLD}", "blind": BLIND}
LOST = {"encryption": f"k2:{NEW}", "blind": BLIND}


@pytest.fixture
def note_model(db):
    """A sealed model whose rows were written under the old key."""
    with isolate_apps("toolkit"), override_settings(YUHAI_KEYS=BEFORE):

        class RotatedNote(models.Model):  # noqa: DJ008
            uid = models.UUIDField(default=uuid4, editable=False)
            number = SealedTextField(blank=True)

            class Meta:
                app_label = "toolkit"

        create, parameters = connection.schema_editor().table_sql(RotatedNote)
        with connection.cursor() as cursor:
            cursor.execute(create, parameters or None)
        RotatedNote.objects.bulk_create(RotatedNote(number=n) for n in ["1", "", "3"])
    with override_settings(YUHAI_KEYS=AFTER):
        yield RotatedNote


def rotate(model, batch=1):
    return rotate_field(model._meta.get_field("number"), key_ring(), batch)


def key_ids(model):
    tokens = model.objects.exclude(number__isnull=True)
    return {token.key_id for token in tokens.values_list("number", flat=True)}


def test_every_value_moves_to_the_current_key_and_still_opens(note_model):
    done = rotate(note_model)

    assert (done.resealed, done.broken) == (2, ())
    assert key_ids(note_model) == {"k2"}
    values = [note.number for note in note_model.objects.order_by("pk")]
    assert values == ["1", "", "3"]


def test_a_second_rotation_changes_nothing(note_model):
    rotate(note_model)
    before = list(note_model.objects.values_list("number", flat=True))

    assert rotate(note_model).resealed == 0
    assert list(note_model.objects.values_list("number", flat=True)) == before


def test_a_rotation_that_was_interrupted_goes_on(note_model):
    first = note_model.objects.order_by("pk").first()
    first.number = "new"
    first.save()

    assert rotate(note_model).resealed == 1
    assert key_ids(note_model) == {"k2"}


def test_a_value_that_does_not_open_is_named_and_left_as_it_is(note_model):
    first, last = note_model.objects.order_by("pk").exclude(number__isnull=True)
    note_model.objects.filter(pk=first.pk).update(number=tokens_of(last))

    done = rotate(note_model)

    assert done.broken == (str(first.uid),)
    assert done.resealed == 1


def tokens_of(note):
    return type(note)._meta.get_field("number").token(note)


def test_sealed_columns_of_all_installed_models_are_found():
    names = {(field.model._meta.label, field.name) for field in sealed_fields()}

    assert ("communities.Resident", "id_number") in names
    assert ("communities.Resident", "phone") in names


@override_settings(YUHAI_KEYS=BEFORE)
def test_the_command_says_in_one_line_what_it_did(donghu, capsys):
    resident = make_resident(donghu, id_number="330381190001010018")

    with override_settings(YUHAI_KEYS=AFTER):
        call_command("rotate_keys")
        resident.refresh_from_db()

        assert resident.id_number == "330381190001010018"
    assert "1 个密文已换用当前密钥" in capsys.readouterr().out


@override_settings(YUHAI_KEYS=BEFORE)
def test_the_command_fails_with_a_sentence_when_a_key_is_lost(donghu):
    make_resident(donghu, id_number="330381190001010018")

    with override_settings(YUHAI_KEYS=LOST), pytest.raises(CommandError) as failure:
        call_command("rotate_keys")

    assert failure.value.returncode == 1
    assert "打不开" in str(failure.value)
    assert "330381190001010018" not in str(failure.value)


def test_a_ring_keeps_old_keys_for_opening():
    assert set(KeyRing.parse(AFTER["encryption"], BLIND).ciphers) == {"k1", "k2"}


@pytest.mark.django_db(transaction=True)
@on_two_connections
def test_a_rotation_and_a_roster_do_not_wait_for_each_other(donghu_grid):
    with override_settings(YUHAI_KEYS=BEFORE):
        person = make_resident(donghu_grid, name="王小明", phone="13812345678")
    field, outcomes = Resident._meta.get_field("phone"), []
    with override_settings(YUHAI_KEYS=AFTER):
        with transaction.atomic():
            hold_still()
            thread = started(lambda: rotate_field(field, key_ring()).resealed, outcomes)
            Resident.objects.filter(pk=person.pk).update(name="王大明")
        thread.join()
    assert outcomes == [1]
