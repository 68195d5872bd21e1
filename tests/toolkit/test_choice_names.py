"""Every community has a 01网格: a choice and a page say whose it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_building,
    make_org_unit,
    make_team,
    make_tenure,
    make_visit,
)
from toolkit.history import history_of
from toolkit.screens import screens

CREATED = [d for d in screens.values() if d.has_create and d.form_class]
every_form = pytest.mark.parametrize(
    "declaration", CREATED, ids=[d.model._meta.label_lower for d in CREATED]
)
FILTERED = ["visits.visit", "visits.visitduty", "visits.duevisit"]


@pytest.fixture
def grids(donghu_grid, xihu):
    code = f"{xihu.code}001"
    return donghu_grid, make_org_unit("grid", code, parent=xihu, name="01网格")


@every_form
def test_no_form_offers_a_grid_by_its_bare_name(declaration, grids, browse, mei):
    text = browse(mei).get(declaration.url("create")).content.decode()
    assert ">01网格<" not in text


@pytest.mark.parametrize("name", FILTERED)
def test_the_filter_of_a_list_names_the_community(name, grids, browse, mei):
    url = screens[name].url("list")
    page = browse(mei).get(url, {"unit": grids[0].code})
    text = page.content.decode()
    assert ">01网格<" not in text
    assert "西湖社区01网格" in text
    assert page.context["conditions"][0]["value"] == "东湖社区01网格"


def test_reading_the_names_costs_no_query_for_each(grids, browse, mei):
    url = screens["volunteers.team"].url("create")
    visitor = browse(mei)
    visitor.get(url)
    with CaptureQueriesContext(connection) as few:
        visitor.get(url)
    for number in range(5):
        make_org_unit("grid", f"330381002902{number + 100}", parent=grids[1].parent)
    with CaptureQueriesContext(connection) as many:
        visitor.get(url)
    assert len(many) == len(few)


def test_the_history_names_the_community(grids, browse, mei):
    team = make_team(grids[0], about="巡逻", leader="戴永春")
    visitor = browse(mei)
    url = screens["volunteers.team"].url("update", team.pk)
    form = visitor.get(url).context["form"]
    sent = {name: form[name].value() or 0 for name in form.fields}
    visitor.post(url, sent | {"org_unit": grids[1].pk})
    change = history_of(team).first().changes[0]
    assert (change["old"], change["new"]) == ("东湖社区01网格", "西湖社区01网格")


@pytest.mark.parametrize("make", [make_building, make_visit, make_tenure])
def test_the_page_of_a_row_names_the_community(make, grids, browse, mei):
    page = browse(mei).get(make(grids[0]).get_absolute_url())
    told = [fact["value"] for fact in page.context["facts"]]
    assert "东湖社区01网格" in told
    assert "01网格" not in told


def test_a_post_is_called_by_unit_and_community(grids, browse, mei):
    post = make_tenure(grids[0])
    assert str(post).endswith("东湖社区01网格")
    page = browse(mei).get(screens["accounts.assignment"].url("list"))
    assert "东湖社区01网格" in page.content.decode()
