"""Who is elected: every threshold at the exact number, one below and one above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance import law
from governance.outcome import decide
from tests.factories import make_org_unit
from tests.factories.elections import (
    make_ballot_count,
    make_candidate,
    make_election,
)

counts = st.lists(st.integers(0, 200), min_size=1, max_size=8)


def numbered(votes):
    return list(enumerate(votes))


@given(votes=counts, seats=st.integers(1, 5), needed=st.integers(1, 120))
def test_nobody_is_elected_without_enough_votes_nor_past_the_seats(
    votes, seats, needed
):
    decided = decide(numbered(votes), seats=seats, needed=needed)
    assert len(decided.elected) + decided.left == seats
    assert all(votes[who] >= needed for who in decided.elected)


@given(votes=counts, seats=st.integers(1, 5), needed=st.integers(1, 120))
def test_nobody_is_elected_before_one_with_more_votes(votes, seats, needed):
    decided = decide(numbered(votes), seats=seats, needed=needed)
    others = [one for who, one in enumerate(votes) if who not in decided.elected]
    least = min((votes[who] for who in decided.elected), default=None)
    assert least is None or not others or least > max(others) or decided.left == 0


@given(votes=counts, seats=st.integers(1, 5), needed=st.integers(1, 120))
def test_whoever_goes_on_was_not_elected(votes, seats, needed):
    decided = decide(numbered(votes), seats=seats, needed=needed)
    assert not set(decided.again) & set(decided.elected)
    assert bool(decided.again) <= bool(decided.left)


def test_equal_votes_for_the_last_seat_are_voted_on_again_among_them():
    decided = decide([("a", 70), ("b", 60), ("c", 60)], seats=2, needed=51)
    assert (decided.elected, decided.again, decided.left) == (["a"], ["b", "c"], 1)
    assert decided.is_tie


def test_for_seats_that_are_left_one_more_stands_than_there_are():
    votes = [("a", 70), ("b", 40), ("c", 30), ("d", 20)]
    decided = decide(votes, seats=2, needed=51)
    assert (decided.elected, decided.again) == (["a"], ["b", "c"])


def test_equal_votes_at_the_edge_all_stand_again():
    votes = [("a", 70), ("b", 40), ("c", 30), ("d", 30)]
    assert decide(votes, seats=2, needed=51).again == ["b", "c", "d"]


@pytest.mark.parametrize(
    ("level", "mode", "exact"),
    [
        ("community", "voters", 100),
        ("community", "households", 100),
        ("community", "representatives", 133),
        ("village", "voters", 100),
    ],
)
def test_of_200_the_exact_share_is_not_enough_and_one_more_is(db, level, mode, exact):
    unit = make_org_unit(level, rule_profile=level)
    rule = law.threshold(f"election-valid-{mode}", unit)
    met = [rule.is_met(exact + more, of=200) for more in (-1, 0, 1)]
    assert met == [False, False, True]


@pytest.mark.parametrize(("returned", "is_valid"), [(133, False), (134, True)])
def test_133_of_200_representatives_elect_nobody_134_do(
    donghu, returned, is_valid, standing
):
    election = make_election(donghu, mode="representatives", status="nominated")
    make_ballot_count(
        donghu, election=election, issued=200, returned=returned, status="signed"
    )
    found = standing(election)
    assert found.is_valid is is_valid
    assert "为134人" in found.rounds[0].turnout.sentence
    assert "第十九条第一款" in found.rounds[0].turnout.sentence


@pytest.mark.parametrize(
    ("number", "votes", "is_elected"),
    [(1, 90, False), (1, 91, True), (2, 59, False), (2, 60, True), (2, 61, True)],
)
def test_the_first_round_asks_for_more_than_half_the_second_for_a_third(
    donghu, number, votes, is_elected, standing, vote
):
    """Of 180 ballots: 91 are more than half, 60 are a third."""
    election = make_election(donghu, heads=1, deputies=0, members=0)
    first, second = (
        make_candidate(donghu, election=election, post="head") for _n in range(2)
    )
    if number == 2:
        vote(election, 1, {first: 20, second: 10})
    vote(election, number, {first: votes, second: 10})
    elected = [first] if is_elected else []
    assert standing(election).posts["head"].elected == elected


def test_an_invalid_further_round_elects_nobody(donghu, standing, vote):
    election = make_election(donghu, heads=1, deputies=0, members=0)
    one, two = (
        make_candidate(donghu, election=election, post="head") for _n in range(2)
    )
    vote(election, 1, {one: 20, two: 10})
    vote(election, 2, {one: 90, two: 9}, returned=100, issued=190, invalid=0)
    found = standing(election)
    assert found.posts["head"].elected == []
    assert not any(line.is_elected for line in found.rounds[-1].lines)
    assert set(found.running) == {one, two}


@pytest.mark.parametrize("profile", ["community", "village"])
@pytest.mark.parametrize("slug", ["recall-valid-voters", "recall-passed"])
def test_a_recall_asks_for_more_than_half_of_both(db, profile, slug):
    rule = law.threshold(slug, make_org_unit(profile, rule_profile=profile))
    assert [rule.is_met(one, of=200) for one in (99, 100, 101)] == [False, False, True]


@pytest.mark.parametrize(
    ("level", "called_by", "exact"),
    [
        ("community", "voters", 30),
        ("community", "households", 30),
        ("community", "representatives", 100),
        ("village", "voters", 60),
        ("village", "representatives", 100),
    ],
)
def test_a_recall_is_called_by_the_exact_share_itself(db, level, called_by, exact):
    rule = law.threshold(
        f"recall-called-{called_by}", make_org_unit(level, rule_profile=level)
    )
    met = [rule.is_met(exact + more, of=300) for more in (-1, 0, 1)]
    assert met == [False, True, True]
