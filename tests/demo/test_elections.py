"""The demo's elections could have been held: they keep what the portal asks for."""

from random import Random

import pytest
from django.utils import timezone

from communities.demo import load_demo_units, load_residents
from governance.checks import NEAR, findings_of
from governance.demo import load_bodies, load_elections
from governance.election_calendar import list_due
from governance.models import Body, Election, TermTransfer
from governance.outcome import standing_of
from tests.factories import make_user
from toolkit.demo import DemoPlan
from toolkit.reference_clocks import load_clock_limits


@pytest.fixture
def elections(db):
    """The elections of a demo of a thousand residents, two people at hand to count."""
    load_clock_limits()
    for name in ("counts", "signs"):
        make_user(name)
    plan = DemoPlan(1000, Random(7), timezone.localdate())
    for load in (load_demo_units, load_residents, load_bodies, load_elections):
        load(plan)
    return list(Election.objects.select_related("org_unit", "body"))


def test_what_was_announced_was_valid_and_filled_every_seat(elections):
    for election in elections:
        standing = standing_of(election)
        assert standing.is_over is (election.status == "announced"), election
        assert standing.is_valid or election.status != "announced"


def test_every_list_was_published_in_time(elections):
    late = [
        election
        for election in elections
        if election.list_published_on > list_due(election).due_on
    ]
    assert late == []


def test_one_hand_over_was_late_and_one_term_ends_unplanned(elections):
    transfers = TermTransfer.objects.all()
    assert transfers.count() - transfers.in_time().count() == 1
    unplanned = [
        body
        for body in Body.objects.filter(kind="committee")
        for one in findings_of(body)
        if one.tone == NEAR and "没有安排换届选举" in one.text
    ]
    assert len(unplanned) == 1
