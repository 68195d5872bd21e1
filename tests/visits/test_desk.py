"""What the visits tell the desk: overdue people by community, the worker's own day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_assignment, make_visit_duty, make_visit_rule
from toolkit.due_list import items_for
from toolkit.tiles import panels_for

TODAY = timezone.localdate()


@pytest.fixture
def overdue(street, donghu, donghu_grid, xihu):
    rule = make_visit_rule(street, name="高龄独居", source="街道走访频次表")
    for unit, days in ((donghu, 2), (donghu_grid, 5), (xihu, 1), (xihu, -1)):
        make_visit_duty(unit, rule=rule, next_due_on=TODAY - timedelta(days=days))
    return rule


def told(user):
    found = items_for(user, timezone.now())
    return [(item.text, item.unit) for item in found if "高龄独居" in item.title]


def test_each_community_has_one_line_with_its_longest_wait(overdue, mei):
    assert told(mei) == [
        ("超期 5 天", "东湖社区　2 人"),
        ("超期 1 天", "西湖社区　1 人"),
    ]


def test_a_community_is_told_of_its_own_people(overdue, chen):
    assert told(chen) == [("超期 1 天", "西湖社区　1 人")]


def test_the_line_of_who_has_only_a_grid_opens_too(overdue, donghu_grid, browse):
    keeper = make_assignment("keeper", donghu_grid).user
    assert told(keeper) == [("超期 5 天", "东湖社区01网格　1 人")]
    item = next(i for i in items_for(keeper, timezone.now()) if "1 人" in i.unit)
    page = browse(keeper).get(item.url)
    assert page.status_code == 200
    assert page.context["count_text"].startswith("符合条件 1 ")


def test_who_may_not_see_duties_is_told_nothing(overdue, guo, donghu):
    other = make_assignment("other", donghu, ["view_report"]).user
    assert told(guo) == told(other) == []


def test_the_line_opens_as_many_people_as_it_says(overdue, mei, browse):
    item = next(i for i in items_for(mei, timezone.now()) if "2 人" in i.unit)
    assert item.source.startswith("街道走访频次表")
    page = browse(mei).get(item.url)
    assert page.status_code == 200
    assert page.context["count_text"].startswith("符合条件 2 ")


def test_the_workers_day_opens_the_desk(overdue, donghu, browse):
    worker = make_assignment("worker", donghu, ["add_visit", "view_visitduty"]).user
    text = browse(worker).get("/desk/").content.decode()
    assert "今日走访" in text
    assert "全部清单" in text


def test_who_answers_for_the_street_walks_no_doors(overdue, mei):
    titles = [panel["title"] for panel in panels_for(mei, timezone.now())]
    assert "今日走访" not in titles
