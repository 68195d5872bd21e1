"""Whoever holds the whole database does not learn who voted how."""

from collections import Counter
from random import Random

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection

from governance.ballots import count
from governance.meeting_actions import vote
from governance.models import Elector, SealedBallot, Seat
from toolkit.models import AuditEvent, HistoryEntry

VOTERS = 200
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only it tells where a row lies"
)


@pytest.fixture
def voted(sitting, put):
    """Return a motion on which 200 people voted in secret, and who chose what."""
    meeting = sitting(VOTERS, VOTERS)
    motion, random = put(meeting, way="secret"), Random(8)
    seats = list(meeting.seats.all())
    random.shuffle(seats)
    chosen = {
        seat.voter: random.choice(("for", "against", "abstained")) for seat in seats
    }
    for seat in seats:
        vote(seat=seat, motion=motion, option=chosen[seat.voter])
    return motion, chosen


def rows_of(model):
    """Return the rows as somebody with the database reads them, column by column."""
    names = [field.column for field in model._meta.concrete_fields]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_a_sealed_ballot_shares_no_value_with_who_voted(voted):
    electors, ballots = rows_of(Elector), rows_of(SealedBallot)
    assert len(ballots) == VOTERS
    theirs = {str(v) for row in (*electors, *rows_of(Seat)) for v in row.values()}
    poll = {str(voted[0].poll_id), voted[0].poll_id.hex}
    for row in ballots:
        assert {str(value) for value in row.values()} & theirs <= poll
    # All are equally long, and no two alike: not even equal votes look equal.
    assert len({len(row["marks"]) for row in ballots}) == 1
    assert len({row["marks"] for row in ballots}) == VOTERS


def test_ballots_have_no_times_and_no_running_numbers(voted):
    kinds = {field.get_internal_type() for field in SealedBallot._meta.concrete_fields}
    assert kinds == {"UUIDField", "ForeignKey", "TextField"}
    kinds = {field.get_internal_type() for field in Elector._meta.concrete_fields}
    assert kinds == {"UUIDField", "ForeignKey", "CharField"}


def test_no_column_of_the_database_tells_the_choice_before_the_count(voted):
    """Where a row lies tells who voted first; what lies beside it is sealed."""
    for model in (Elector, SealedBallot):
        for row in rows_of(model):
            told = " ".join(map(str, row.values()))
            assert not {"for", "against", "abstained"} & set(told.split())


def test_trail_and_history_do_not_know_of_a_vote(sitting, put):
    meeting = sitting(3, 3)
    motion = put(meeting, way="secret")
    before = AuditEvent.objects.count(), HistoryEntry.objects.count()
    for seat in meeting.seats.all():
        vote(seat=seat, motion=motion, option="for")
    assert (AuditEvent.objects.count(), HistoryEntry.objects.count()) == before


def test_the_count_leaves_only_the_sum(voted):
    motion, chosen = voted
    poll = count(poll=motion.poll)
    assert poll.tally["motion"] == Counter(chosen.values())
    assert not SealedBallot.objects.exists()
    left = [
        serializers.serialize("json", model._base_manager.all())
        for model in apps.get_models()
        if model._meta.app_label in ("governance", "toolkit")
    ]
    for text in left:
        for voter, choice in list(chosen.items())[:20]:
            assert not any(voter in ln and choice in ln for ln in text.split("}"))


def test_after_the_count_the_voters_lie_in_the_order_of_their_names(voted):
    count(poll=voted[0].poll)
    voters = [row["voter"] for row in rows_of(Elector)]
    assert voters == sorted(voters)


@on_postgresql
def test_transactions_and_places_tell_nothing_after_the_count(voted):
    count(poll=voted[0].poll)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM governance_elector")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT voter FROM governance_elector ORDER BY ctid")
        voters = [row[0] for row in cursor.fetchall()]
    assert voters == sorted(voters)
