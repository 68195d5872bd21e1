"""Several people sign, announce and deputise at the same moment: one is heard."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from governance.models import BallotCount, Member, Proxy, Term
from governance.workflows import BallotCountWorkflow, ElectionWorkflow
from tests.factories import make_user
from tests.factories.elections import (
    TODAY,
    make_ballot_count,
    make_candidate,
    make_election,
    make_voter,
)
from tests.visits.test_at_once import AT_ONCE, all_at_once
from toolkit.history import history_of

pytestmark = pytest.mark.django_db(transaction=True)


def heard(work) -> bool:
    try:
        work()
    except (ValidationError, IntegrityError):
        return False
    return True


def test_of_several_who_sign_a_count_one_is_heard(donghu, mei, lin):
    count = make_ballot_count(donghu)
    people = (mei, lin) * (AT_ONCE // 2)
    answers = all_at_once(
        lambda n: heard(lambda: BallotCountWorkflow.apply(count, "sign", by=people[n]))
    )
    assert answers.count(True) == 1
    count.refresh_from_db()
    assert count.signed_by in (mei, lin)
    assert [line.by for line in history_of(count)] == [count.signed_by]


def test_the_typist_among_them_is_never_heard(donghu, mei, lin):
    count = make_ballot_count(donghu, typed_by=mei)
    people = (mei, lin, mei, mei)
    answers = all_at_once(
        lambda n: heard(lambda: BallotCountWorkflow.apply(count, "sign", by=people[n]))
    )
    assert answers == [False, True, False, False]
    assert BallotCount.objects.get().signed_by == lin


def test_a_result_announced_by_several_begins_one_term(voted, mei):
    answers = all_at_once(
        lambda _n: heard(lambda: ElectionWorkflow.apply(voted, "announce", by=mei))
    )
    assert answers.count(True) == 1
    assert Term.objects.count() == 1
    assert Member.objects.count() == 5


def test_at_once_nobody_votes_for_more_than_three(donghu):
    election = make_election(donghu, status="frozen")
    agent = make_voter(donghu, election=election)
    others = [make_voter(donghu, election=election) for _n in range(AT_ONCE)]

    def give(number):
        return heard(
            lambda: Proxy.objects.create(
                election=election,
                principal=others[number],
                agent=agent,
                place=number + 1,
                written_on=TODAY,
            )
        )

    assert all_at_once(give).count(True) == AT_ONCE - 1


def test_the_same_round_typed_by_several_is_one(donghu):
    election = make_candidate(donghu).election
    users = [make_user() for _n in range(AT_ONCE)]
    answers = all_at_once(
        lambda n: heard(
            lambda: make_ballot_count(donghu, election=election, typed_by=users[n])
        )
    )
    assert answers.count(True) == 1
