"""Figures of elections and hand-overs, and the board where none is planned."""

from datetime import timedelta

import pytest

from governance.checks import LATE, NEAR, findings_of
from tests.factories.elections import TODAY, make_election, make_transfer
from toolkit.metrics import metrics, rates, totals
from toolkit.periods import Period

DAY = timedelta(days=1)
THIS_MONTH = Period.parse(f"{TODAY:%Y-%m}")


def figure(slug):
    return totals([metrics[slug]], lambda rows: rows, THIS_MONTH)[slug]


def test_an_election_counts_once_announced_with_its_turnout(donghu, vote):
    election = make_election(donghu, held_on=TODAY, status="nominated")
    vote(election, 1, {})
    vote(election, 2, {})
    assert figure("governance.elections") == 0
    type(election).objects.update(status="announced")
    assert figure("governance.elections") == 1
    told = {
        slug: figure(slug)
        for slug in ("governance.election_voters", "governance.election_votes")
    }
    assert told == {"governance.election_voters": 200, "governance.election_votes": 180}
    assert rates["governance.turnout"].of(told) == 90


@pytest.mark.parametrize(("days", "in_time"), [(10, 1), (11, 0)])
def test_a_hand_over_counts_in_time_until_its_last_day(donghu, days, in_time):
    make_transfer(donghu, done_on=TODAY + days * DAY)
    assert figure("governance.transfers") == 1
    assert figure("governance.transfers_in_time") == in_time


def sentences(body, tone):
    found = findings_of(type(body).objects.get(pk=body.pk))
    return [one.text for one in found if one.tone == tone and "换届选举" in one.text]


@pytest.mark.parametrize(
    ("left", "tone"), [(91, None), (90, NEAR), (19, NEAR), (18, LATE), (-1, LATE)]
)
def test_a_term_that_ends_without_an_election_is_named(donghu, seat, left, tone):
    """The list of an election on the day after the term is due twenty days before."""
    body = seat(donghu, "committee", ["2"] + ["1"] * 4, ends_on=TODAY + left * DAY)
    assert bool(sentences(body, NEAR)) is (tone == NEAR)
    assert bool(sentences(body, LATE)) is (tone == LATE)
    make_election(donghu, body=body)
    assert not sentences(body, NEAR) + sentences(body, LATE)
