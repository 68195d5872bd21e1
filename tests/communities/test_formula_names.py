"""What begins as a formula is neither a name nor a household number, typed or read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import HEAD, Household, Resident
from tests.communities.test_resident_forms import sent
from tests.factories.communities import make_family

TODAY = timezone.localdate().isoformat()


@pytest.mark.parametrize("field", ["name", "emergency_name"])
@pytest.mark.parametrize("name", ["=张三", '@HYPERLINK("x")', "+张三", "张三2"])
def test_a_resident_bears_no_formula(field, name, browse, lin, donghu_grid):
    url = reverse("communities:resident-create")
    answer = browse(lin).post(url, sent(donghu_grid, id_kind="999", **{field: name}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Resident.objects.exists()


def test_a_contact_may_be_none(browse, lin, donghu_grid):
    url = reverse("communities:resident-create")
    told = sent(donghu_grid, id_kind="999", emergency_name="")
    assert browse(lin).post(url, told).status_code == 302


@pytest.mark.parametrize("number", ["=1+1", "@A1", "-1", "+1"])
def test_a_household_number_is_no_formula(number, browse, lin, donghu_grid):
    family = make_family(donghu_grid, ("林大山", HEAD), ("陈阿娥", "12"))
    visitor = browse(lin)
    url = reverse("communities:household-update", args=[family.pk])
    form = visitor.post(url, {"number": number, "kind": family.kind}).context["form"]
    assert list(form.errors) == ["number"]
    url = reverse("communities:household-step", args=[family.pk, "split"])
    leaves = Resident.objects.get(name="陈阿娥").pk
    told = {"members_leaving": [leaves], "new_head": leaves, "number": number}
    told |= {"org_unit": family.org_unit_id, "place": "x", "happened_on": TODAY}
    assert "number" in visitor.post(url, told).context["form"].errors
    assert Household.objects.get().number == family.number


@pytest.mark.parametrize("number", ["=1+1", "@A1", "-1", "+1"])
def test_no_household_is_founded_under_a_formula(number, browse, lin, donghu_grid):
    told = {"number": number, "kind": "family", "org_unit": donghu_grid.pk}
    told |= {"place": "菜巷5号", "happened_on": TODAY, "stage": "confirm"}
    answer = browse(lin).post(reverse("communities:household-found"), told)
    assert "number" in answer.context["form"].errors
    assert not Household.objects.exists()


def test_blanks_around_a_number_are_taken_away(browse, lin, donghu_grid):
    family = make_family(donghu_grid, ("林大山", HEAD))
    url = reverse("communities:household-update", args=[family.pk])
    told = {"number": " 0036-0412 ", "kind": family.kind}
    assert browse(lin).post(url, told).status_code == 302
    assert Household.objects.get().number == "0036-0412"
