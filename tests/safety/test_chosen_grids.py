"""An emergency for single grids: whom it calls, and which shelters take them in."""

import pytest

from safety.models import Emergency, RollCall
from safety.workflows import EmergencyWorkflow, before_opening
from tests.factories import (
    make_assignment,
    make_emergency,
    make_org_unit,
    make_resident,
    make_shelter,
)
from tests.safety.conftest import BORN

NEW = "/safety/emergencies/new/"


@pytest.fixture
def second_grid(donghu):
    return make_org_unit("grid", "330381002901002", parent=donghu, name="02网格")


@pytest.fixture
def neighbour(second_grid):
    """Somebody of the same community, in the grid that is not chosen."""
    return make_resident(second_grid, name="邻居", living="here", birth_on=BORN)


@pytest.fixture
def sent(street):
    return {
        "org_unit": street.pk,
        "title": "台风“海燕”",
        "kind": "typhoon",
        "level": 2,
        "criteria": ["aged"],
        "keep_days": 30,
    }


def names_on(emergency):
    lines = RollCall.objects.filter(emergency=emergency).select_related("resident")
    return {str(line) for line in lines}


def test_the_people_of_a_chosen_grid_alone_are_called(
    sent, browse, mei, donghu_grid, wang, neighbour
):
    visitor = browse(mei)
    answer = visitor.post(NEW, sent | {"units": [donghu_grid.pk]})
    assert answer.status_code == 302, answer.context["form"].errors
    made = Emergency.objects.get()
    page = visitor.get(made.get_absolute_url()).content.decode()
    assert "东湖社区01网格" in page
    EmergencyWorkflow.apply(made, "open", by=mei)
    assert names_on(made) == {"王阿婆"}


def test_a_grid_goes_without_saying_where_its_community_is_chosen(
    sent, browse, mei, donghu, donghu_grid, xihu, second_grid
):
    units = [donghu.pk, donghu_grid.pk, second_grid.pk, xihu.pk]
    browse(mei).post(NEW, sent | {"units": units})
    assert set(Emergency.objects.get().units.all()) == {donghu, xihu}


def test_the_form_offers_grids_below_their_community(
    browse, mei, street, donghu_grid, second_grid, xihu
):
    visitor = browse(mei)
    field = visitor.get(NEW).context["form"]["units"]
    told = {one["name"]: len(one["grids"]) for one in field.branches}
    assert told == {"东湖社区": 2, "西湖社区": 0}
    assert not field.has_chosen_grids
    draft = make_emergency(street, units=[second_grid])
    page = visitor.get(f"{draft.get_absolute_url()}edit/").content.decode()
    assert page.count('<details class="yh-units" open>') == 1
    assert page.count('<details class="yh-lanepick" open>') == 1
    assert ">东湖社区02网格<" in page


def test_the_units_of_others_are_not_offered(street, donghu, donghu_grid, xihu, browse):
    codenames = ["add_emergency", "view_emergency"]
    clerk = make_assignment("clerk", donghu, codenames).user
    field = browse(clerk).get(NEW).context["form"]["units"]
    assert [one["name"] for one in field.branches] == ["东湖社区"]


def test_a_chosen_unit_that_has_ended_stays_chosen(
    sent, browse, mei, street, donghu_grid, xihu
):
    draft = make_emergency(street, units=[donghu_grid])
    type(donghu_grid).objects.filter(pk=donghu_grid.pk).update(
        valid_from="2020-01-01", valid_to="2026-01-01"
    )
    form = browse(mei).get(f"{draft.get_absolute_url()}edit/").context["form"]
    assert form["units"].has_chosen_grids


def test_the_shelter_of_the_community_is_near_its_grid(
    street, donghu, donghu_grid, xihu, browse, mei, wang
):
    for unit, name in ((donghu, "二中操场"), (street, "文化宫"), (xihu, "西湖礼堂")):
        make_shelter(unit, name=name)
    storm = make_emergency(street, units=[donghu_grid])
    EmergencyWorkflow.apply(storm, "open", by=mei)
    page = browse(mei).get(storm.get_absolute_url()).content.decode()
    assert "二中操场" in page
    assert "文化宫" in page
    assert "西湖礼堂" not in page


def test_before_opening_the_community_of_a_grid_is_counted(
    street, donghu_grid, xihu, mei, wang, neighbour
):
    storm = make_emergency(street, units=[donghu_grid])
    assert "1 个社区（村），名单约 1 人" in before_opening(storm, mei)


def test_the_keeper_of_the_other_grid_is_not_set_to_work(
    street, donghu_grid, second_grid, wang
):
    storm = make_emergency(street, units=[donghu_grid], status="open")
    other = make_assignment("keeper2", second_grid).user
    own = make_assignment("keeper1", donghu_grid).user
    assert list(Emergency.objects.in_scope_of(own)) == [storm]
    assert not Emergency.objects.in_scope_of(other).exists()
