from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from governance.ballots import Paper
from governance.counting import close_vote
from governance.models import Body, CandidateVotes, Election, Member, Seat
from governance.outcome import standing_of
from governance.workflows import MotionWorkflow
from tests.factories import (
    make_body,
    make_meeting,
    make_member,
    make_motion,
    make_resident_group,
    make_user,
)
from tests.factories.elections import (
    make_ballot_count,
    make_candidate,
    make_election,
)
from toolkit.reference_clocks import load_clock_limits

TODAY = timezone.localdate()
FEMALE, MALE = "2", "1"


@pytest.fixture(autouse=True)
def limits(db):
    """The clock table: the term of a committee is one of its limits."""
    load_clock_limits()


def hold(body, day, kind="congress", **about):
    """Register a meeting of a body that was held on the day."""
    about = {"status": "closed", "is_valid": True} | about
    starts_at = timezone.make_aware(datetime.combine(day, time(9)))
    unit = body.org_unit
    return make_meeting(unit, body=body, kind=kind, starts_at=starts_at, **about)


@pytest.fixture
def seat():
    """Seat so many in a new body of a unit: a head, then members or delegates.

    Representatives have met lately, as the law wants it.
    """

    def call(unit, kind, sexes, *, post=Member.Post.MEMBER, **about):
        about = {
            "began_on": TODAY - timedelta(days=400),
            "document": "玉街〔2024〕1号",
        } | about
        about.setdefault("ends_on", TODAY + timedelta(days=1400))
        body = make_body(unit, kind=kind, **about)
        for number, sex in enumerate(sexes):
            own = Member.Post.HEAD if number == 0 else post
            make_member(unit, term=body.term, post=own, sex=sex)
        if kind == Body.Kind.CONGRESS:
            hold(body, TODAY - timedelta(days=1))
        return body

    return call


@pytest.fixture
def committee(seat, donghu):
    return seat(donghu, Body.Kind.COMMITTEE, [FEMALE] + [MALE] * 6)


@pytest.fixture
def group(donghu):
    return make_resident_group(donghu)


@pytest.fixture
def sitting(donghu):
    """Return a congress of so many representatives whose meeting is going on."""

    def call(entitled, present=0, *, unit=donghu, kind="congress", **about):
        meeting = make_meeting(
            unit, kind=kind, status="open", starts_at=timezone.now(), **about
        )
        now = timezone.now()
        Seat.objects.bulk_create(
            Seat(
                meeting=meeting,
                name=f"代表{number}",
                way="phone" if number < present else "",
                signed_in_at=now if number < present else None,
            )
            for number in range(entitled)
        )
        return meeting

    return call


@pytest.fixture
def put(mei):
    """Return a motion of a meeting, being voted on."""

    def call(meeting, way="hands", **about):
        motion = make_motion(meeting.unit, meeting=meeting, way=way, **about)
        return MotionWorkflow.apply(motion, "put", by=mei)

    return call


@pytest.fixture
def decide(put, mei):
    """Count so many votes for a motion, raised by hand, the rest against it."""

    def call(meeting, votes, against=0):
        votes = {"for": votes, "against": against}
        paper = Paper({"motion": votes}, returned=sum(votes.values()))
        return close_vote(motion=put(meeting), paper=paper, by=mei)

    return call


@pytest.fixture
def standing():
    """Return what the signed counts of an election come to, read anew."""
    return lambda election: standing_of(Election.objects.get(pk=election.pk))


@pytest.fixture
def vote(donghu):
    """Count a signed round: 200 may vote, 180 did; how many for whom."""

    def call(election, number, votes, **ballots):
        ballots = {"status": "signed", "signed_by": make_user()} | ballots
        count = make_ballot_count(donghu, election=election, round=number, **ballots)
        for candidate, votes_of in votes.items():
            CandidateVotes.objects.create(
                count=count, candidate=candidate, number=votes_of
            )
        return count

    return call


@pytest.fixture
def contest(donghu):
    """A frozen election of a head and four members, with one candidate too many each.

    The first candidate of each post is a woman.
    """
    election = make_election(donghu, status="frozen", deputies=0, members=4)
    for post, count in (("head", 2), ("member", 5)):
        for number in range(count):
            sex = "2" if number == 0 else "1"
            make_candidate(donghu, election=election, post=post, sex=sex)
    return election


@pytest.fixture
def voted(contest, vote):
    """The same election after a vote in which every post was filled."""
    Election.objects.update(status="nominated", held_on=TODAY)
    head, *others = contest.candidates.filter(post="head")
    members = list(contest.candidates.filter(post="member"))
    votes = {head: 120} | dict.fromkeys(others, 40) | dict.fromkeys(members[:4], 100)
    vote(contest, 1, votes | {members[4]: 30})
    return contest
