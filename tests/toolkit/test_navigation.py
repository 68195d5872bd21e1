"""Where the reader stands: one line of the menu, the one that fits best."""

import pytest
from django.urls import reverse

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
