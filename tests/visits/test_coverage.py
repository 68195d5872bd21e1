"""How much of the street somebody answers for; each number opens its rows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import OrgUnit
from tests.factories import (
    make_assignment,
    make_caseload,
    make_hand_over,
    make_household,
    make_resident,
)
from tests.visits.conftest import DAY, TODAY, TOMORROW, WORKER, YESTERDAY
from toolkit.navigation import lines_for
from visits.coverage import ALONE, HELD, STOOD_IN, counted, parts_in

ALL, RESPONSIBLE = reverse("visits:coverage"), reverse("visits:responsible")


def make_homes(unit, people):
    """A household with so many people."""
    home = make_household(unit)
    return [make_resident(unit, household=home) for _number in range(people)]


@pytest.fixture
def street_of_two(donghu_grid, second_grid, xihu, wu):
    """Wu has the first grid of Donghu, the second and Xihu have nobody."""
    make_caseload(donghu_grid, worker=wu, since=TODAY - 30 * DAY)
    make_homes(donghu_grid, 3), make_homes(second_grid, 2), make_homes(xihu, 1)
    return OrgUnit.objects.all()


def numbers(units, state=""):
    return tuple(vars(counted(parts_in(units, TODAY), state)).values())


def test_grids_homes_and_people_with_and_without_somebody(street_of_two):
    assert numbers(street_of_two, HELD) == (1, 1, 3)
    assert numbers(street_of_two, ALONE) == (2, 2, 3)
    assert numbers(street_of_two) == (3, 3, 6)


def test_nobody_answers_for_who_is_in_no_grid(street_of_two, donghu):
    make_homes(donghu, 4)
    assert numbers(street_of_two, ALONE) == (2, 3, 7)


def test_nobody_answers_where_the_account_is_switched_off(street_of_two, wu):
    wu.is_active = False
    wu.save()
    assert numbers(street_of_two, HELD) == (0, 0, 0)


def test_who_stands_in_answers(street_of_two, second_grid, xia):
    dates = {"since": YESTERDAY, "until": TOMORROW, "kind": "substitute"}
    make_caseload(second_grid, worker=xia, **dates)
    assert numbers(street_of_two, STOOD_IN) == (1, 1, 2)
    assert numbers(street_of_two, HELD) == (2, 2, 5)


def test_the_street_begins_with_all_its_communities(street_of_two, mei, browse):
    answer = browse(mei).get(RESPONSIBLE)
    assert (answer.status_code, answer.url) == (302, ALL)
    lines = browse(mei).get(ALL).context["lines"]
    assert [(line["name"], line["words"]) for line in lines] == [
        ("东湖社区", "1 个网格无人负责"),
        ("西湖社区", "1 个网格无人负责"),
    ]


def test_who_has_one_community_begins_with_its_grids(street_of_two, wu, browse):
    assert browse(wu).get(RESPONSIBLE).status_code == 200
    assert browse(wu).get(ALL).url == RESPONSIBLE


def test_the_line_of_the_menu_stays_that_of_the_caseloads(mei):
    (line,) = [line for _part, line in lines_for(mei, ALL) if line["current"]]
    assert line["url"] == RESPONSIBLE


@pytest.mark.parametrize("state", [HELD, ALONE, STOOD_IN])
def test_each_number_is_the_sum_of_the_page_that_it_opens(
    state, street_of_two, second_grid, xia, mei, browse
):
    dates = {"since": YESTERDAY, "until": TOMORROW, "kind": "substitute"}
    make_caseload(second_grid, worker=xia, **dates)
    visitor = browse(mei)
    donghu, xihu = visitor.get(ALL).context["lines"]
    line = xihu if state == ALONE else donghu
    (told,) = [
        one for one in [*line["sets"], line["stood_in"]] if one["state"] == state
    ]
    opened = visitor.get(told["url"]).context
    assert told["grids"] == f"{len(opened['lines'])} 个网格"
    assert opened["total"].items() <= told.items()


def test_homes_and_people_of_a_grid_open_the_registers(street_of_two, mei, browse):
    visitor = browse(mei)
    line = visitor.get(f"{RESPONSIBLE}?unit=330381002901").context["lines"][0]
    for name, words in (("homes", "1 户"), ("people", "3 人")):
        assert line[name] == words
        rows = visitor.get(line[f"{name}_url"]).context["table"].data
        assert len(rows) == int(words[0])


def test_a_hand_over_waits_since_the_day_it_was_offered(
    street_of_two, second_grid, xia, mei, browse
):
    since = timezone.now() - timedelta(days=3)
    row = make_hand_over(
        second_grid, to_worker=xia, status="offered", status_since=since
    )
    visitor = browse(mei)
    page = visitor.get(ALL)
    (line,) = page.context["offered"]
    assert line["url"] == row.get_absolute_url()
    assert "已等 3 天" in line["end"]
    assert [one["waiting"] for one in page.context["lines"]] == [1, 0]
    listed = visitor.get(page.context["lines"][0]["waiting_url"])
    assert row.get_absolute_url() in listed.content.decode()
    grids = visitor.get(f"{RESPONSIBLE}?unit=330381002901").context["lines"]
    assert [bool(one["offered"]) for one in grids] == [False, True]


def test_who_stands_in_is_named_with_whose_the_grid_is(
    street_of_two, donghu_grid, wu, xia, mei, browse
):
    dates = {"since": YESTERDAY, "until": TOMORROW, "kind": "substitute"}
    make_caseload(donghu_grid, worker=xia, **dates)
    (line,) = browse(mei).get(ALL).context["stood_in"]
    assert line["about"] == f"原责任人{wu.name}"
    assert line["end"].startswith(xia.name)


def test_another_day_is_asked_of_the_whole_street(street_of_two, mei, wu, browse):
    page = browse(mei).get(RESPONSIBLE, {"unit": "", "on": str(YESTERDAY)})
    assert [line["who"] for line in page.context["lines"]] == [wu.name, "", ""]


def test_a_state_is_asked_of_today_only(street_of_two, mei, browse):
    asked = {"on": str(YESTERDAY), "only": ALONE}
    assert len(browse(mei).get(RESPONSIBLE, asked).context["lines"]) == 3
    assert len(browse(mei).get(RESPONSIBLE, {"only": "x"}).context["lines"]) == 3


def test_who_sees_no_registers_has_no_way_into_them(donghu, wu, browse):
    make_homes(donghu, 2)
    sees = [name for name in WORKER if name != "view_resident"]
    user = make_assignment("blind", donghu, sees).user
    (line,) = browse(user).get(RESPONSIBLE).context["lines"]
    assert (line["people"], line["people_url"]) == ("2 人", "")


def test_many_grids_cost_no_more_queries(
    street_of_two, mei, browse, django_assert_max_num_queries
):
    visitor = browse(mei)
    visitor.get(ALL)
    with django_assert_max_num_queries(24):
        visitor.get(ALL)
