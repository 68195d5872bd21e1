"""What the apps tell the desk: tiles, panels, dues and changes."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_team
from toolkit import changes, due_list, tiles
from toolkit.due_list import DueItem
from toolkit.history import remember
from toolkit.metrics import definitions
from toolkit.periods import CHINA
from toolkit.screens import screens
from volunteers.models import Team

DAY = date(2026, 11, 21)


def item(tone, due, title="走访"):
    return DueItem(tone, "", title, "/", due=due)


def test_what_is_late_comes_first_and_the_oldest_of_it():
    late, older = item("late", DAY), item("late", DAY - timedelta(days=9))
    paused, near = (
        item("paused", "补材料后续算"),
        item("near", DAY - timedelta(days=99)),
    )
    ordered = sorted([paused, near, late, older], key=lambda i: i.urgency)
    assert ordered == [older, late, near, paused]


def test_a_moment_is_due_on_its_day_in_china():
    assert due_list.day_of(datetime(2026, 11, 21, 23, 30, tzinfo=CHINA)) == DAY
    assert due_list.day_of("补材料后续算") == date.max


def test_every_tile_names_figures_that_exist():
    known = definitions()
    named = {slug for t in tiles.tiles.values() for slug in (t.headline, *t.facts)}
    assert named <= set(known)


def test_each_pillar_has_one_tile_in_the_order_of_the_pillars():
    shown = [tile.pillar for tile in tiles.chosen_tiles()]
    assert shown[:5] == ["governance", "services", "learning", "ecology", "safety"]
    assert len(set(shown)) == len(shown)


def test_a_register_is_counted_in_the_pillar_where_its_list_is():
    """A figure stands on no other pillar's tile than its rows."""
    for tile in tiles.chosen_tiles():
        for slug in tile.slugs:
            own = definitions()[slug].app
            homes = {
                d.pillar for d in screens.values() if d.model._meta.app_label == own
            }
            assert homes <= {"", tile.pillar}, slug


def test_a_table_has_every_headline_before_any_fact():
    heads = {tile.headline for tile in tiles.chosen_tiles()}
    assert set(tiles.table_figures(len(heads))) == heads


@pytest.mark.django_db
def test_a_panel_is_drawn_for_those_who_hold_its_permission(lin, guo, monkeypatch):
    section = {"title": "今日走访"}
    panel = tiles.Panel("test", 0, "visits.add_visit", lambda user, now: section)
    monkeypatch.setitem(tiles.panels, "test", panel)
    assert section in tiles.panels_for(lin, timezone.now())
    assert section not in tiles.panels_for(guo, timezone.now())


@pytest.mark.django_db
def test_history_tells_only_the_rows_it_was_asked_for(donghu, xihu):
    ours, theirs = make_team(donghu), make_team(xihu)
    for team in (ours, theirs):
        remember(team, "closed", "撤销")
    since = timezone.now() - timedelta(days=1)
    told = changes.from_history(Team.objects.within(donghu), since, ("closed",))
    assert [team for _line, team in told] == [ours]


@pytest.mark.django_db
def test_history_of_another_time_or_verb_is_not_told(donghu):
    remember(make_team(donghu), "closed", "撤销")
    rows, now = Team.objects.all(), timezone.now()
    assert not list(changes.from_history(rows, now + timedelta(hours=1), ("closed",)))
    assert not list(changes.from_history(rows, now - timedelta(days=1), ("opened",)))
