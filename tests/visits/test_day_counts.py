"""What the head of the day's page says, and where a try in vain goes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from communities.models import Organisation
from tests.factories import (
    make_assignment,
    make_household,
    make_resident,
    make_visit,
    make_visit_duty,
)
from tests.visits.conftest import TODAY, days_ago
from visits import day
from visits.day import count_due, day_of
from visits.models import Visit
from visits.tallies import Tally, tally_of
from visits.whom import whom_of

URL = reverse("visits:today")


@pytest.fixture
def tried(log, wang, duty):
    """Lin rang today, and nobody opened; the visit was owed yesterday."""
    return log(wang, "nobody_home")


def waiting(user):
    return [door.whom for door in day_of(user).due]


def test_a_door_that_is_to_be_tried_tomorrow_is_not_asked_for_today(
    tried, wang, lin, browse
):
    assert waiting(lin) == []
    assert count_due(lin) == 0
    page = browse(lin).get(URL)
    assert page.context["due_homes"] == 0
    assert [line["name"] for line in page.context["missed"]] == [
        f"王阿婆　{wang.age}岁"
    ]
    assert "今天去过，未见" in page.content.decode()


def test_a_try_in_vain_is_no_home_visited(tried, lin, browse):
    context = browse(lin).get(URL).context
    assert (context["done"], context["done_homes"]) == ([], 0)


def test_a_door_tried_yesterday_is_asked_for_again(log, wang, duty, lin):
    log(wang, "nobody_home", visited_at=days_ago(1))
    assert waiting(lin) == [whom_of(wang)]


def test_who_was_met_after_a_try_in_vain_was_visited(log, wang, duty, lin, browse):
    log(wang, "nobody_home", visited_at=days_ago(0, hour=0))
    log(wang)
    context = browse(lin).get(URL).context
    assert (context["missed"], context["done_homes"]) == ([], 1)


def test_an_appointment_that_was_tried_in_vain_waits_until_tomorrow(log, wang, lin):
    log(wang, "needs_help", visited_at=days_ago(1, hour=9))
    assert waiting(lin) == [whom_of(wang)]
    log(wang, "nobody_home")
    day = day_of(lin)
    assert (day.due, [visit.subject for visit in day.missed]) == ([], [wang])


def test_who_was_tried_early_is_not_on_the_way_either(log, lin, donghu_grid, weekly):
    home = make_household(donghu_grid)
    person = make_resident(donghu_grid, household=home)
    duty = make_visit_duty(
        donghu_grid,
        resident=person,
        rule=weekly,
        next_due_on=TODAY + timedelta(days=1),
    )
    assert duty not in type(duty).objects.wanted(TODAY)
    log(person, "nobody_home")
    assert duty not in type(duty).objects.nearby(TODAY, TODAY + timedelta(days=6))


def test_everything_is_counted_though_only_the_first_are_shown(
    donghu_grid, weekly, lin, browse, monkeypatch
):
    monkeypatch.setattr(day, "MOST_DOORS", 2)
    monkeypatch.setattr(day, "MOST_DONE", 1)
    for late in range(4):
        due = TODAY - timedelta(days=late)
        make_visit_duty(donghu_grid, rule=weekly, next_due_on=due)
        make_visit(donghu_grid, visited_at=days_ago(0, hour=0))
    response = browse(lin).get(URL)
    context = response.context
    assert (context["due_homes"], context["late_homes"]) == (4, 3)
    assert context["done_homes"] == 4
    assert "只列出最近的" in response.content.decode()


def test_two_people_behind_one_door_are_one_home(
    donghu_grid, weekly, monthly, lin, log
):
    home = make_household(donghu_grid)
    wife, husband = (make_resident(donghu_grid, household=home) for _one in range(2))
    for person in (wife, husband):
        make_visit_duty(donghu_grid, resident=person, rule=weekly, next_due_on=TODAY)
    shop = Organisation.objects.create(org_unit=donghu_grid, name="南门小吃")
    for subject in (home, shop):
        log(subject, "needs_help", visited_at=days_ago(2))
    assert tally_of(lin, None, TODAY) == Tally(due=2, late=0, done=0)
    log(wife), log(husband)
    assert tally_of(lin, None, TODAY) == Tally(due=2, late=0, done=1)


def test_the_desk_counts_as_the_page_does(tried, donghu, lin, browse):
    person = make_resident(donghu)
    for _visit in range(2):
        make_visit(donghu, resident=person, client_uuid=uuid4())
    worker = make_assignment("worker", donghu).user
    text = browse(worker).get("/desk/").content.decode()
    assert "<dt>已访</dt><dd>1 <small>" in text


def test_nothing_within_reach_is_nothing_to_count(duty, guo):
    assert tally_of(guo, None, TODAY) == Tally(due=0, late=0, done=0)


def test_what_is_shown_and_what_is_counted_are_the_same(
    donghu_grid, weekly, owe, lin, log, wang
):
    owe("5", "101", late=2), owe("5", "102"), owe("5", "501", late=-1)
    log(wang, "needs_help", visited_at=days_ago(2))
    log(owe("7").resident)
    shown = day_of(lin)
    assert not shown.is_cut
    assert shown.tally == tally_of(lin, None, TODAY) == Tally(due=3, late=1, done=1)


def test_of_more_than_is_counted_at_hand_the_database_counts(
    owe, lin, browse, monkeypatch
):
    monkeypatch.setattr(day, "MOST_DOORS", 1)
    monkeypatch.setattr(day, "MOST_COUNTED", 2)
    for number in range(4):
        owe("5", f"{number}01", late=number)
    response = browse(lin).get(URL)
    assert len(response.context["day"].doors) == 1
    assert (response.context["due_homes"], response.context["late_homes"]) == (4, 3)
    assert count_due(lin) == 4


def test_a_list_that_is_cut_adds_nobody_who_can_wait(owe, lin, monkeypatch):
    owe("5", "101", late=1), owe("5", "102"), owe("5", "501", late=-1)
    assert len(day_of(lin).doors) == 3 - (TODAY.weekday() == 6)
    monkeypatch.setattr(day, "MOST_DOORS", 1)
    cut = day_of(lin)
    assert [door.days_late(TODAY) for door in cut.doors] == [1]
    assert cut.is_cut


def test_the_most_urgent_are_shown_whatever_asks_for_them(
    owe, log, wang, lin, monkeypatch
):
    owe("5", "101", late=1), owe("5", "102")
    log(wang, "needs_help", visited_at=days_ago(2))
    Visit.objects.update(follow_up_on=TODAY - timedelta(days=2))
    monkeypatch.setattr(day, "MOST_DOORS", 2)
    cut = day_of(lin)
    assert cut.is_cut
    assert [door.whom.name for door in cut.doors] == [wang.name, "5--101"]
