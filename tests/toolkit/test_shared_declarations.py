"""What all requests share is the same after each of them."""

import pytest
from django.test import RequestFactory

from communities.filters.people import HouseholdFilters, ResidentFilters


def asked_by(user, filters):
    """Return the conditions that the page of a list offers the user."""
    request = RequestFactory().get("/")
    request.user = user
    asked = filters({}, filters._meta.model.objects.all(), request=request)
    assert asked.form.fields
    return asked


@pytest.mark.parametrize("filters", [HouseholdFilters, ResidentFilters])
def test_the_choices_of_one_reader_stay_his_own(filters, donghu, donghu_grid, mei, lin):
    declared = {name: dict(one.extra) for name, one in filters.base_filters.items()}
    asked_by(mei, filters)
    own = asked_by(lin, filters)
    assert "西湖" not in str(own.filters["grid"].extra["choices"])
    assert {n: dict(o.extra) for n, o in filters.base_filters.items()} == declared
    # A condition is looked for on the filter set of this request.
    assert all(one.parent is own for one in own.filters.values())
    assert own.filters["grid"].filter.f is own.filters["grid"]
