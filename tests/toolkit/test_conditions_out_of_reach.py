"""Who asks a list for a unit or person out of his reach is refused, and it is told."""

import pytest

from tests.factories import make_org_unit, make_resident
from toolkit.models import AuditEvent

RESIDENTS = "/communities/residents/"
LISTS = (
    RESIDENTS,
    f"{RESIDENTS}export/",
    f"{RESIDENTS}print/",
    "/api/v1/communities/residents/",
)


@pytest.fixture
def refused():
    return lambda: [
        (one.actor.username, one.subject_type, one.subject_id, one.purpose)
        for one in AuditEvent.objects.filter(verb="refused")
    ]


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("name", ["unit", "grid"])
def test_a_unit_out_of_reach_is_a_refusal(
    url, name, browse, chen, donghu, donghu_grid, xihu, refused
):
    make_org_unit("grid", "330381002902001", parent=xihu)
    unit = donghu if name == "unit" else donghu_grid
    asked = browse(chen).get(url, {name: unit.code})
    none = browse(chen).get(url, {name: "330381002999"})
    assert (asked.status_code, none.status_code) == (400, 400)
    right = "export" if url in LISTS[1:3] else "view"
    told = ("chen", "communities.orgunit", unit.pk, f"communities.{right}_resident")
    assert refused() == [told]


def test_a_person_out_of_reach_is_a_refusal(browse, chen, donghu_grid, refused):
    person = make_resident(donghu_grid)
    asked = browse(chen).get("/visits/visits/", {"resident": person.pk})
    assert asked.status_code == 400
    told = ("chen", "communities.resident", person.pk, "visits.view_visit")
    assert refused() == [told]


@pytest.mark.parametrize("text", ["x", "-1", "99999999999999999999", "é"])
def test_nonsense_is_no_refusal(text, browse, chen, refused):
    asked = browse(chen).get("/visits/visits/", {"resident": text, "unit": text})
    assert asked.status_code == 400
    assert refused() == []


def test_a_unit_in_reach_is_no_refusal(browse, lin, donghu_grid, refused):
    for name in ("unit", "grid"):
        browse(lin).get(RESIDENTS, {name: donghu_grid.code})
    browse(lin).get(RESIDENTS, {"unit": donghu_grid.code, "living": "nonsense"})
    assert refused() == []
