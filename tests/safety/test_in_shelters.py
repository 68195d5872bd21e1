"""Who fills a shelter: people of open emergencies in earnest, on every page alike."""

import pytest

from safety.board import occupancy
from safety.workflows import EmergencyWorkflow
from tests.factories import make_emergency, make_roll_call
from tests.factories import make_shelter as shelter_in


@pytest.fixture
def hall(donghu):
    return shelter_in(donghu, name="小礼堂", capacity=1, is_public=True)


@pytest.fixture
def drill(street, donghu):
    return make_emergency(
        street, units=[donghu], title="防台演练", status="open", is_drill=True
    )


def moved(emergency, hall, unit):
    return make_roll_call(unit, emergency=emergency, state="moved", shelter=hall)


def figures():
    return [(row["people"], row["drilled"], row["is_full"]) for row in occupancy()]


def test_an_exercise_takes_nobodys_bed(storm, drill, hall, donghu_grid, browse, lin):
    moved(drill, hall, donghu_grid)
    assert figures() == [(0, 1, False)]
    visitor = browse(lin)
    for address in (hall.get_absolute_url(), drill.get_absolute_url()):
        page = visitor.get(address).content.decode()
        assert "演练 1 人" in page
        assert "已满" not in page
    for address in (f"/safety/roll/?emergency={storm.pk}", "/shelters/"):
        page = visitor.get(address).content.decode()
        assert "已满</span>" not in page
        assert "　已满<" not in page


def test_staff_and_residents_read_the_same(storm, hall, donghu_grid, browse, lin):
    moved(storm, hall, donghu_grid)
    assert figures() == [(1, 0, True)]
    visitor = browse(lin)
    for address in (
        hall.get_absolute_url(),
        storm.get_absolute_url(),
        "/safety/shelters/",
        "/shelters/",
    ):
        page = visitor.get(address).content.decode()
        assert "已满" in page or "1 人" in page, address


def test_when_the_emergency_is_over_nobody_is_counted(
    storm, hall, donghu_grid, browse, lin
):
    moved(storm, hall, donghu_grid)
    EmergencyWorkflow.apply(storm, "close")
    assert figures() == [(0, 0, False)]
    page = browse(lin).get("/safety/shelters/").content.decode()
    assert "0 人" in page
    EmergencyWorkflow.apply(storm, "resume", note="又来一波")
    assert figures() == [(1, 0, True)]
