"""Fifty people sign in and vote at the same moment: each once, one history."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from governance.ballots import Paper, hand_out_paper
from governance.counting import close_vote
from governance.meeting_actions import sign_in, vote
from governance.models import Elector, Motion, SealedBallot
from governance.workflows import MeetingWorkflow
from tests.connections import on_two_connections
from toolkit.history import history_of

pytestmark = [pytest.mark.django_db(transaction=True), on_two_connections]
PEOPLE = 50


def at_once(work, *lots):
    """Run the work for each of the lots in a thread of its own; return the answers."""
    gate = Barrier(len(lots))

    def run(lot):
        gate.wait()
        try:
            return work(lot)
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(lots)) as pool:
        return list(pool.map(run, lots))


def test_fifty_sign_in_twice_each_and_are_there_once(sitting):
    meeting = sitting(25)
    seats = list(meeting.seats.all()) * 2
    answers = at_once(lambda seat: sign_in(seat=seat, way="phone"), *seats)
    assert answers.count(True) == 25
    assert meeting.seats.present().count() == 25


def test_fifty_vote_at_once_and_each_counts_once(sitting, put, mei):
    meeting = sitting(25, 25)
    motion = put(meeting, way="secret")
    seats = list(meeting.seats.all()) * 2
    answers = at_once(lambda one: vote(seat=one, motion=motion, option="for"), *seats)
    assert answers.count(None) == 25
    assert SealedBallot.objects.count() == 25
    done = close_vote(motion=motion, paper=Paper(), by=mei)
    assert done.poll.tally["motion"]["for"] == 25


def test_of_paper_and_phone_at_once_one_is_refused(sitting, put):
    meeting = sitting(25, 25)
    motion = put(meeting, way="secret")

    def use(lot):
        seat, on_paper = lot
        if on_paper:
            return hand_out_paper(poll=motion.poll, voter=seat.voter)
        return vote(seat=seat, motion=motion, option="for")

    lots = [(seat, way) for seat in meeting.seats.all() for way in (True, False)]
    answers = at_once(use, *lots)
    assert answers.count(None) == 25
    used = Elector.objects.exclude(used="")
    assert used.count() == 25
    assert SealedBallot.objects.count() == used.filter(used="online").count()


def test_a_vote_is_counted_once_and_what_comes_later_is_refused(sitting, put, mei):
    meeting = sitting(40, 40)
    motion = put(meeting, way="secret")

    def press(seat):
        if seat is None:
            return close_vote(motion=motion, paper=Paper(), by=mei).status
        return vote(seat=seat, motion=motion, option="for")

    answers = at_once(press, *meeting.seats.all(), *[None] * 10)
    assert answers.count("counted") == 1
    motion = Motion.objects.get()
    assert motion.poll.tally["motion"]["for"] == answers.count(None)
    verbs = [line.verb for line in history_of(motion)]
    assert verbs == ["count", "put"]


def test_of_ten_who_close_a_meeting_one_is_heard(sitting, mei):
    meeting = sitting(3, 3)
    answers = at_once(
        lambda _n: MeetingWorkflow.apply(meeting, "close", by=mei).status, *range(10)
    )
    assert answers.count("closed") == 1
    assert [line.verb for line in history_of(meeting)] == ["close"]
