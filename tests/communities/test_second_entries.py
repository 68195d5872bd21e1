"""One person is entered once: without a number he is known by home, name and birth."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from communities.actions.residents import register_resident
from communities.models import Resident
from tests.factories.communities import make_family

BORN = date(2026, 11, 1)
CARD = "330381202611010013"


@pytest.fixture
def home(donghu_grid):
    return make_family(donghu_grid, number="0036-0412")


def register(unit, household=None, **fields):
    values = {"name": "张小宝", "birth_on": BORN, "relation": "20"} | fields
    newcomer = Resident(org_unit=unit, **values)
    return register_resident(resident=newcomer, household=household)


def is_refused(unit, household=None, **fields) -> bool:
    try:
        register(unit, household, **fields)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ({}, {}, True),
        ({}, {"birth_on": None}, True),
        ({"birth_on": None}, {}, True),
        ({}, {"id_number": CARD}, True),
        ({"id_number": CARD}, {}, True),
        ({}, {"birth_on": date(2026, 11, 2)}, False),
        ({}, {"name": "张小贝"}, False),
        ({"id_number": CARD}, {"id_number": "330381202611010021"}, False),
    ],
)
def test_the_same_person_of_a_household_is_entered_once(first, second, refused, home):
    register(home.org_unit, home, **first)
    assert is_refused(home.org_unit, home, **second) is refused


def test_a_namesake_in_another_household_is_another_person(home):
    register(home.org_unit, home)
    assert not is_refused(home.org_unit, make_family(home.org_unit))


def test_who_is_off_the_rolls_does_not_stand_in_the_way(home):
    first = register(home.org_unit, home)
    Resident.objects.filter(pk=first.pk).update(ended_on=BORN, ended_by="mistaken")
    assert not is_refused(home.org_unit, home)


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        ({}, True),
        ({"birth_on": None}, False),
        ({"birth_on": date(2026, 11, 2)}, False),
        ({"id_number": CARD}, False),
    ],
)
def test_without_a_household_the_unit_tells(second, refused, donghu_grid):
    register(donghu_grid, relation="00")
    assert is_refused(donghu_grid, relation="00", **second) is refused


def test_the_form_sent_twice_names_the_record(home, browse, lin):
    url = reverse("communities:resident-create")
    sent = {"name": "张小宝", "household": "0036-0412", "birth_on": BORN.isoformat()}
    sent |= {"relation": "20", "arrival": "born", "id_kind": "000", "health": "0"}
    assert browse(lin).post(url, sent).status_code == 302
    child = Resident.objects.get(name="张小宝")
    answer = browse(lin).post(url, sent)
    assert answer.status_code == 422
    [told] = answer.context["form"].errors["name"]
    assert "2026年11月1日" in told
    assert f"档案号{child.pk}" in told
    assert home.members.count() == 2
