"""What staff enter for the public site belongs to a unit that has a page there."""

import pytest

from learning.forms import SchoolSessionForm
from safety.forms import PoliceRoomForm

every_form = pytest.mark.parametrize("form", [SchoolSessionForm, PoliceRoomForm])


@every_form
def test_a_grid_is_not_offered(form, mei, street, donghu, donghu_grid, xihu):
    offered = form(user=mei).fields["org_unit"].queryset
    assert set(offered) == {street, donghu, xihu}


@every_form
def test_the_units_of_others_are_not_offered(form, lin, donghu, donghu_grid, xihu):
    assert set(form(user=lin).fields["org_unit"].queryset) == {donghu}
