"""The supervisor's list: community, grid, person; nobody is ranked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_org_unit, make_visit_duty
from tests.visits.conftest import TODAY, days_ago
from visits.steps import advice

URL = reverse("visits:overdue")


def owe(unit, late, **fields):
    return make_visit_duty(unit, next_due_on=TODAY - timedelta(days=late), **fields)


def at_unit(visitor, unit=None):
    return visitor.get(URL + (f"?unit={unit.code}" if unit else ""))


def test_the_street_sees_its_communities_with_counts(mei, donghu_grid, xihu, browse):
    owe(donghu_grid, 2), owe(donghu_grid, 1), owe(donghu_grid, 0)
    below = at_unit(browse(mei)).context["below"]
    assert [(part["people"], part["late"]) for part in below] == [(3, 2), (0, 0)]


def test_units_stand_in_the_order_of_their_codes(mei, donghu_grid, xihu, browse):
    owe(xihu, 9)
    below = at_unit(browse(mei)).context["below"]
    assert [part["unit"].code for part in below] == [donghu_grid.parent.code, xihu.code]


def test_a_community_shows_grids_and_people_the_longest_wait_first(
    mei, donghu, donghu_grid, browse
):
    short, long = owe(donghu_grid, 1), owe(donghu_grid, 5)
    context = at_unit(browse(mei), donghu).context
    assert [part["unit"] for part in context["below"]] == [donghu_grid]
    names = [str(long.resident), str(short.resident)]
    assert [one["name"] for one in context["people"]] == names


def test_who_is_late_for_two_reasons_is_one_person_of_the_list(
    mei, donghu, donghu_grid, monthly, browse
):
    duty = owe(donghu_grid, 5)
    owe(donghu_grid, 2, resident=duty.resident, rule=monthly)
    context = at_unit(browse(mei), donghu).context
    assert [part["late"] for part in context["below"]] == [1]
    (line,) = context["people"]
    assert line["rule"] == f"{duty.rule.reason}；{monthly.reason}"
    assert "超期 5 天" in line["clock"]


def test_who_has_one_community_begins_there(lin, donghu, donghu_grid, browse):
    owe(donghu_grid, 3)
    context = at_unit(browse(lin)).context
    assert context["unit"] == donghu
    assert len(context["people"]) == 1


def test_a_grid_shows_its_people_alone(mei, donghu, donghu_grid, browse):
    other = make_org_unit("grid", "330381002901002", parent=donghu)
    ours, _theirs = owe(donghu_grid, 3), owe(other, 3)
    context = at_unit(browse(mei), donghu_grid).context
    assert [one["name"] for one in context["people"]] == [str(ours.resident)]
    assert context["below"] == []


def test_three_tries_in_vain_stand_on_top_even_before_the_due_day(
    lin, donghu_grid, browse
):
    owe(donghu_grid, -3, misses=3, last_miss="refused", last_missed_at=days_ago(1))
    response = at_unit(browse(lin))
    assert len(response.context["alarms"]) == 1
    assert "连续 3 次未见" in response.content.decode()


def test_each_step_is_one_click(mei, donghu, donghu_grid, browse):
    duty = owe(donghu_grid, 3)
    visitor = browse(mei)
    assert f"?unit={donghu.code}" in at_unit(visitor).content.decode()
    page = at_unit(visitor, donghu).content.decode()
    assert f"?unit={donghu_grid.code}" in page
    assert duty.get_absolute_url() in page


@pytest.mark.parametrize("code", ["330381002902", "nonsense"])
def test_a_unit_out_of_reach_is_not_found(code, lin, xihu, browse):
    assert browse(lin).get(f"{URL}?unit={code}").status_code == 404


def test_who_answers_for_no_duties_does_not_open_the_list(donghu, browse):
    user = make_assignment("logs", donghu, permissions=["add_visit"]).user
    assert browse(user).get(URL).status_code == 403


def test_the_list_costs_the_same_for_forty_people(
    mei, donghu, donghu_grid, browse, django_assert_max_num_queries
):
    for number in range(40):
        owe(donghu_grid, number + 1)
    visitor = browse(mei)
    at_unit(visitor, donghu)
    with django_assert_max_num_queries(18):
        at_unit(visitor, donghu)


@pytest.fixture
def director(donghu, xihu):
    """Answers for two communities and not for the street."""
    user = make_assignment("director", donghu).user
    make_assignment("director-too", xihu, user=user)
    return user


def test_a_director_of_two_communities_sees_both_first(
    director, donghu, donghu_grid, xihu, browse
):
    owe(donghu_grid, 2), owe(xihu, 1)
    response = at_unit(browse(director))
    below = response.context["below"]
    assert [(part["unit"], part["late"]) for part in below] == [(donghu, 1), (xihu, 1)]
    assert response.context["people"] == []
    assert f"?unit={xihu.code}" in response.content.decode()


def test_a_director_of_two_communities_changes_from_one_to_the_other(
    director, donghu, donghu_grid, xihu, browse
):
    late = owe(xihu, 1)
    visitor = browse(director)
    choices = at_unit(visitor, donghu).context["chooser"]
    assert [one["code"] for one in choices if not one["chosen"]] == [
        donghu_grid.code,
        xihu.code,
    ]
    people = at_unit(visitor, xihu).context["people"]
    assert [one["name"] for one in people] == [str(late.resident)]


def test_his_three_tries_in_vain_are_those_of_both(director, donghu, xihu, browse):
    for unit in (donghu, xihu):
        owe(unit, -3, misses=3, last_miss="refused", last_missed_at=days_ago(1))
    assert len(at_unit(browse(director)).context["alarms"]) == 2


def test_who_has_one_community_has_nothing_to_choose_but_grids(
    lin, donghu, donghu_grid, browse
):
    choices = at_unit(browse(lin)).context["chooser"]
    assert [one["code"] for one in choices] == [donghu.code, donghu_grid.code]


def test_nobody_home_is_tried_at_another_time_and_the_third_miss_is_told(
    lin, donghu, donghu_grid, duty, wang, log, browse
):
    """Each asks for another part of the day; the director reads of the third."""
    visitor, told = browse(lin), []
    for days, hour in ((3, 9), (2, 15), (1, 19)):
        log(wang, "nobody_home", visited_at=days_ago(days, hour))
        duty.refresh_from_db()
        assert duty.retry_on == TODAY - timedelta(days=days - 1)
        told.append(advice(duty.last_miss, duty.last_missed_at))
        alarms = at_unit(visitor, donghu).context["alarms"]
        assert len(alarms) == (days == 1)
    for words, part in zip(told, ("下午或晚上", "换晚上", "换白天"), strict=True):
        assert part in words
    page = visitor.get(reverse("visits:today")).content.decode()
    assert "换白天去" in page
