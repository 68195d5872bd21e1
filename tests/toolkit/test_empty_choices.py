"""A list of choices shows that nothing is stored, and only then."""

from communities.models import Resident
from tests.factories import make_resident
from toolkit.forms import NOT_FILLED_IN, StaffForm


class Registration(StaffForm):
    class Meta:
        model = Resident
        fields = ["registration"]


def first_choice(form):
    return list(form.fields["registration"].choices)[0]


def test_what_is_not_stored_is_the_first_choice(donghu, mei):
    resident = make_resident(donghu)
    Resident.objects.filter(pk=resident.pk).update(registration="")
    resident.refresh_from_db()
    form = Registration(instance=resident, user=mei)
    assert first_choice(form) == ("", NOT_FILLED_IN)


def test_a_new_row_is_asked_for_its_value(mei):
    form = Registration(user=mei, initial={"registration": ""})
    assert first_choice(form) != ("", NOT_FILLED_IN)
