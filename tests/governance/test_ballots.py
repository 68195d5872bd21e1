"""Votes on paper and online: each person once, and what came back adds up."""

import pytest
from django.core.exceptions import ValidationError

from governance.ballots import Paper, cast, count, hand_out_paper, open_poll
from governance.models import Elector, NamedBallot, SealedBallot

ASKED = [{"key": "motion", "options": ["for", "against", "abstained"]}]
FOR, AGAINST = {"motion": "for"}, {"motion": "against"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    return open_poll(way="secret", questions=ASKED, voters=["a", "b", "c", "d"])


def refused(words, work, **about):
    with pytest.raises(ValidationError, match=words):
        work(**about)


def test_paper_and_online_are_added_up(poll):
    cast(poll=poll, voter="a", marks=FOR)
    for voter in "bc":
        hand_out_paper(poll=poll, voter=voter)
    poll = count(poll=poll, paper=Paper({"motion": {"against": 1}}, 2, invalid=1))
    assert poll.tally == {"motion": {"for": 1, "against": 1, "abstained": 0}}
    assert (poll.issued, poll.returned, poll.invalid) == (3, 3, 1)


def test_who_took_paper_does_not_vote_online_nor_the_other_way_round(poll):
    hand_out_paper(poll=poll, voter="a")
    refused("已领纸质票", cast, poll=poll, voter="a", marks=FOR)
    cast(poll=poll, voter="b", marks=FOR)
    refused("已在手机上投票", hand_out_paper, poll=poll, voter="b")
    refused("已在手机上投票", cast, poll=poll, voter="b", marks=AGAINST)
    assert SealedBallot.objects.count() == 1


def test_who_is_not_on_the_roll_has_no_vote(poll):
    refused("没有表决权", cast, poll=poll, voter="z", marks=FOR)


def test_nobody_votes_after_the_count(poll):
    count(poll=poll)
    refused("已经计票", cast, poll=poll, voter="a", marks=FOR)
    refused("已经计票", hand_out_paper, poll=poll, voter="a")
    refused("已经计票", count, poll=poll)


@pytest.mark.parametrize("marks", [{}, {"motion": "maybe"}, FOR | {"other": "for"}])
def test_a_ballot_answers_what_is_asked(poll, marks):
    refused("选一个", cast, poll=poll, voter="a", marks=marks)
    assert not Elector.objects.exclude(used="").exists()


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (Paper({"motion": {"for": 3}}, 3), "收回3票，多于发出的2票"),
        (Paper({"motion": {"for": 2}}, 1), "有效票应为1票，各项合计2票"),
        (Paper({"motion": {"for": 1}}, 1, invalid=1), "请核对"),
        (Paper({"motion": {"for": -1, "against": 2}}, 1), "请核对"),
    ],
)
def test_more_ballots_than_were_given_out_are_refused(poll, paper, words):
    for voter in "ab":
        hand_out_paper(poll=poll, voter=voter)
    refused(words, count, poll=poll, paper=paper)
    poll.refresh_from_db()
    assert poll.is_open


def test_hands_are_raised_in_the_room(poll):
    shown = open_poll(way="hands", questions=ASKED, voters=["a", "b"])
    refused("不能在手机上", cast, poll=shown, voter="a", marks=FOR)
    refused("多于", count, poll=shown, paper=Paper({"motion": {"for": 3}}, 3))


def test_a_named_vote_keeps_the_names(poll):
    named = open_poll(way="named", questions=ASKED, voters=["a"])
    cast(poll=named, voter="a", marks=FOR)
    assert NamedBallot.objects.get().marks == FOR
    assert count(poll=named).tally["motion"]["for"] == 1


def test_a_poll_asks_as_many_questions_as_it_likes():
    """As an appraisal does: a grade for each member of a committee."""
    grades = ["excellent", "fit", "partly", "unfit"]
    asked = [{"key": f"member-{n}", "options": grades} for n in range(9)]
    poll = open_poll(way="secret", questions=asked, voters=["a", "b"])
    for voter, grade in (("a", "excellent"), ("b", "unfit")):
        cast(poll=poll, voter=voter, marks={one["key"]: grade for one in asked})
    tally = count(poll=poll).tally
    assert tally["member-8"] == {"excellent": 1, "fit": 0, "partly": 0, "unfit": 1}
