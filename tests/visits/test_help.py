"""Whoever was found in need of help is listed until somebody has been there again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_household, make_organisation, make_resident
from tests.visits.conftest import TODAY, days_ago
from toolkit.tiles import panels_for
from visits.help import DAYS, link, still_wanting
from visits.models import Visit


@pytest.fixture
def needed(log, wang):
    return log(wang, "needs_help", visited_at=days_ago(3))


def listed(visitor):
    page = visitor.get(reverse("visits:visit-list"), {"state": "help"})
    return [row.pk for row in page.context["rows"]]


def test_a_need_for_help_stands_in_the_list_and_on_the_desk(needed, lin, browse):
    assert listed(browse(lin)) == [needed.pk]
    assert link(lin)["text"] == "需要帮助 1 次"
    panels = {one["title"]: one for one in panels_for(lin, timezone.now())}
    assert panels["今日走访"]["context"]["help"]["url"].endswith("?state=help")
    page = browse(lin).get("/desk/").content.decode()
    assert 'href="/visits/visits/?state=help">需要帮助 1 次' in page


def test_a_later_visit_in_which_somebody_was_met_takes_it_off(needed, wang, log, lin):
    log(wang, "nobody_home", visited_at=days_ago(2))
    assert still_wanting(Visit.objects.all()).exists()
    log(wang, "normal", visited_at=days_ago(1))
    assert link(lin) is None


def test_who_was_met_with_his_household_is_off_too(donghu_grid, log, lin):
    home = make_household(donghu_grid)
    person = make_resident(donghu_grid, household=home)
    log(person, "needs_help", visited_at=days_ago(3))
    log(home, "normal", members=[person])
    assert link(lin) is None


def test_what_was_long_ago_is_off(needed):
    long_ago = timezone.now() - timedelta(days=DAYS + 1)
    Visit.objects.update(visited_at=long_ago)
    assert not still_wanting(Visit.objects.all()).exists()


@pytest.mark.parametrize("ended_by", ["died", "moved_out"])
def test_nobody_is_to_help_who_is_no_longer_there(ended_by, needed, wang, lin, browse):
    wang.ended_on, wang.ended_by = TODAY, ended_by
    wang.save()
    assert link(lin) is None
    assert listed(browse(lin)) == []


@pytest.mark.parametrize("make", [make_household, make_organisation])
def test_nobody_is_to_help_behind_a_closed_door(make, donghu_grid, log, lin, browse):
    subject = make(donghu_grid)
    visit = log(subject, "needs_help", visited_at=days_ago(3))
    assert listed(browse(lin)) == [visit.pk]
    subject.closed_on = TODAY
    subject.save()
    assert link(lin) is None
    assert listed(browse(lin)) == []


def test_another_community_is_told_nothing(needed, chen, browse):
    assert link(chen) is None
    assert listed(browse(chen)) == []
