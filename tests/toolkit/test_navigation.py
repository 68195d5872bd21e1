"""Where the reader stands: one line of the menu, the one that fits best."""

import pytest
from django.urls import reverse

from toolkit.context import bar_for
from toolkit.navigation import lines_for


def current(user, path):
    return [line["url"] for _section, line in lines_for(user, path) if line["current"]]


@pytest.mark.parametrize("page", ["visits:visit-new", "visits:visit-find"])
def test_a_page_elsewhere_may_belong_to_a_line(page, lin):
    assert current(lin, reverse(page)) == [reverse("visits:today")]


def test_the_longest_address_wins(lin):
    assert current(lin, "/visits/visits/12/") == [reverse("visits:visit-list")]


def test_a_page_outside_the_menu_is_under_no_line(lin):
    assert current(lin, "/nowhere/") == []


def test_a_line_needs_its_permission(guo):
    urls = [line["url"] for _section, line in lines_for(guo, "/")]
    assert reverse("visits:today") not in urls


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("communities:lane-list", "communities:unit-tree"),
        ("communities:honour-list", "communities:unit-tree"),
        ("communities:populationevent-list", "communities:resident-list"),
        ("visits:duevisit-list", "visits:today"),
        ("volunteers:team-list", "services:home"),
    ],
)
def test_a_register_without_a_line_lights_the_one_it_hangs_on(page, line, lin):
    assert current(lin, reverse(page)) == [reverse(line)]


def bar_of(*lines):
    items = [{"label": name, "bar_label": short} for name, short in lines]
    return [line["label"] for line in bar_for([{"items": items}])]


def test_a_phone_has_the_lines_made_for_its_bar():
    lines = [("工作台", "工作台"), ("住户", ""), ("报表", "报表")]
    assert bar_of(*lines) == ["工作台", "报表"]


def test_whose_lines_are_not_made_for_the_bar_has_them_there_all_the_same():
    lines = [("工作台", "工作台"), ("社区和网格", ""), ("平安", "")]
    assert bar_of(*lines) == ["工作台", "社区和网格", "平安"]


def test_one_line_alone_makes_no_bar():
    assert bar_of(("工作台", "工作台")) == []
