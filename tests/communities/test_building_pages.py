"""The page of a building: who lives behind its doors."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import HEAD
from tests.factories import make_assignment, make_building
from tests.factories.communities import make_family


def test_each_household_has_its_head_and_its_people(donghu_grid, browse, lin):
    building = make_building(donghu_grid)
    gone = {"ended_on": "2026-01-01", "ended_by": "died"}
    make_family(
        donghu_grid,
        ("林大山", HEAD),
        ("陈阿娥", "12"),
        ("林老太", "52", gone),
        building=building,
        room="101",
    )
    visitor, url = browse(lin), building.get_absolute_url()
    page = visitor.get(url).content.decode()
    assert "林大山</td>" in page
    assert "2 人</td>" in page

    with CaptureQueriesContext(connection) as few:
        visitor.get(url)
    for number in range(5):
        make_family(donghu_grid, ("甲", HEAD), building=building, room=f"20{number}")
    with CaptureQueriesContext(connection) as more:
        visitor.get(url)
    assert len(more) == len(few)


def test_who_may_not_see_households_sees_no_head(donghu, donghu_grid, browse):
    building = make_building(donghu_grid)
    make_family(donghu_grid, ("林大山", HEAD), building=building, room="101")
    reader = make_assignment("reader", donghu, ["view_building"]).user
    page = browse(reader).get(building.get_absolute_url())
    assert page.status_code == 200
    assert "林大山" not in page.content.decode()
