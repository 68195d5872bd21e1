"""Many figures in one statement agree with each of them counted alone."""

from datetime import date

import pytest

from communities.scoping import unit_lookup
from tests.factories import make_school_session, make_team, make_visit
from tests.factories.core import make_resident
from toolkit.metrics import grouped, metrics, rates, totals
from toolkit.periods import CHINA, Period
from toolkit.tally import Cut, tally

MARCH = Period.month_of(date(2026, 3, 4))
NOON = MARCH.starts_at.replace(hour=12).astimezone(CHINA)


def community_of(model):
    return unit_lookup(model, "community")


def community_of_rows(rows):
    return community_of(rows.model)


def everything(rows):
    return rows


@pytest.fixture
def some_work(street, donghu, donghu_grid, xihu):
    for unit in (street, donghu, donghu_grid, xihu):
        make_school_session(unit, held_on=MARCH.start, attendance=7)
        make_team(unit)
    person = make_resident(donghu)
    for unit in (donghu, donghu_grid, xihu):
        make_visit(unit, resident=person, visited_at=NOON)


def test_one_statement_counts_everything(some_work, street, django_assert_num_queries):
    chosen = metrics.values()
    parts, whole = (
        Cut(chosen, everything, by=community_of_rows),
        Cut(chosen, everything),
    )
    with django_assert_num_queries(1):
        tally(MARCH, {"parts": parts, "whole": whole})


def test_parts_agree_with_figures_counted_alone(some_work):
    parts = Cut(metrics.values(), everything, by=community_of_rows)
    found = tally(MARCH, {"parts": parts})
    alone = grouped(metrics.values(), everything, MARCH, community_of)
    for slug, parts in alone.items():
        assert found["parts"][slug] == {k: v for k, v in parts.items() if v is not None}


def test_the_whole_agrees_with_totals_counted_alone(some_work, street):
    cut = Cut(metrics.values(), lambda rows: rows.within(street))
    found = tally(MARCH, {"whole": cut})["whole"]
    alone = totals(metrics.values(), cut.narrow, MARCH)
    for slug, total in alone.items():
        assert found[slug].get(None, metrics[slug].nothing) == total


def test_a_cut_counts_no_rows_of_elsewhere(some_work, xihu):
    sessions = metrics["learning.school_sessions"]
    cut = Cut([sessions], lambda rows: rows.within(xihu))
    found = tally(MARCH, {"xihu": cut})
    assert found["xihu"][sessions.slug] == {None: 1}


def test_people_of_two_communities_are_counted_once_for_the_whole(some_work, street):
    people = [metrics["visits.people"]]
    parts, whole = (
        Cut(people, everything, by=community_of_rows),
        Cut(people, everything),
    )
    found = tally(MARCH, {"parts": parts, "whole": whole})
    assert sum(found["parts"]["visits.people"].values()) == 2
    assert found["whole"]["visits.people"][None] == 1


def test_no_metrics_need_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tally(MARCH, {"whole": Cut([], everything)}) == {"whole": {}}


def test_a_rate_of_nothing_is_no_figure():
    for rate in rates.values():
        assert rate.of({rate.part: 0, rate.whole: 0}) is None
        assert rate.of({rate.part: 1, rate.whole: 4}) == rate.factor / 4
