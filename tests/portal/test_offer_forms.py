"""What staff enter for the public site belongs to a unit that has a page there."""

import pytest
from django.urls import reverse

from learning.forms import SchoolSessionForm
from safety.forms import PoliceRoomForm
from safety.models import PoliceRoom

every_form = pytest.mark.parametrize("form", [SchoolSessionForm, PoliceRoomForm])


@every_form
def test_a_grid_is_not_offered(form, mei, street, donghu, donghu_grid, xihu):
    offered = form(user=mei).fields["org_unit"].queryset
    assert set(offered) == {street, donghu, xihu}


@every_form
def test_the_units_of_others_are_not_offered(form, lin, donghu, donghu_grid, xihu):
    assert set(form(user=lin).fields["org_unit"].queryset) == {donghu}


def test_the_number_of_a_policeman_is_one(browse, mei, donghu):
    sent = {"org_unit": donghu.pk, "address": "凤山巷2号", "posted_since": "2026-01-05"}
    visitor, url = browse(mei), reverse("safety:policeroom-create")
    assert visitor.post(url, sent | {"phone": "见公告栏"}).status_code == 422
    assert visitor.post(url, sent | {"phone": "65810110"}).status_code == 302
    assert PoliceRoom.objects.get().phone == "0577-65810110"
