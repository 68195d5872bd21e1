"""Elections of committees, and how an office ends or passes on."""

from datetime import timedelta

from django.utils import timezone

from governance.models import (
    BallotCount,
    Body,
    Candidate,
    Election,
    ElectionOfficer,
    Objection,
    Proxy,
    Recall,
    Resignation,
    TermTransfer,
    TransferItem,
    Voter,
)
from tests.factories.core import make_resident, make_user, numbers
from tests.factories.governance import make_body, make_member, make_term
from toolkit.models import ClockLimit
from toolkit.reference_clocks import load_clock_limits

TODAY = timezone.localdate()
HELD_ON = TODAY + timedelta(days=40)


def make_committee(org_unit, **fields):
    """Make a committee; its elections follow the clock table."""
    if not ClockLimit.objects.exists():
        load_clock_limits()
    name = f"居民委员会{next(numbers)}"
    return make_body(org_unit, kind=Body.Kind.COMMITTEE, **{"name": name} | fields)


def make_election(org_unit, **fields):
    body = fields.pop("body", None) or make_committee(org_unit)
    defaults = {"held_on": HELD_ON, "members": 3}
    return Election.objects.create(body=body, **defaults | fields)


def election_for(org_unit, fields):
    return fields.pop("election", None) or make_election(org_unit)


def make_officer(org_unit, **fields):
    election = election_for(org_unit, fields)
    defaults = {"name": f"选委{next(numbers)}", "post": "member"}
    return ElectionOfficer.objects.create(election=election, **defaults | fields)


def make_voter(org_unit, **fields):
    election = election_for(org_unit, fields)
    person = fields.pop("resident", None) or make_resident(org_unit)
    defaults = {"resident": person, "name": person.name, "declared_on": TODAY}
    defaults["basis"] = Voter.Basis.REGISTERED
    return Voter.objects.create(election=election, **defaults | fields)


def make_objection(org_unit, **fields):
    election = fields.pop("election", None) or make_election(
        org_unit, status="listed", list_published_on=TODAY
    )
    defaults = {
        "by_name": "王申诉",
        "wish": "add",
        "reason": "漏登",
        "received_on": TODAY,
    }
    defaults["resident"] = fields.pop("resident", None) or make_resident(org_unit)
    return Objection.objects.create(election=election, **defaults | fields)


def make_candidate(org_unit, **fields):
    election = election_for(org_unit, fields)
    voter = fields.pop("voter", None) or make_voter(org_unit, election=election)
    defaults = {"post": "member", "nominated_by": "party"}
    return Candidate.objects.create(election=election, voter=voter, **defaults | fields)


def make_proxy(org_unit, **fields):
    election = fields.pop("election", None) or make_election(
        org_unit, status="frozen", frozen_on=TODAY
    )
    both = {
        name: fields.pop(name, None) or make_voter(org_unit, election=election)
        for name in ("principal", "agent")
    }
    defaults = {"written_on": TODAY} | both
    return Proxy.objects.create(election=election, **defaults | fields)


def make_ballot_count(org_unit, **fields):
    election = fields.pop("election", None) or make_election(
        org_unit, status="nominated", held_on=TODAY
    )
    defaults = {
        "round": 1,
        "held_on": TODAY,
        "entitled": 200,
        "issued": 190,
        "returned": 180,
        "invalid": 4,
    }
    if "typed_by" not in fields:
        defaults["typed_by"] = make_user()
    return BallotCount.objects.create(election=election, **defaults | fields)


def make_committee_member(org_unit):
    body = make_committee(org_unit, began_on=TODAY - timedelta(days=400))
    return make_member(org_unit, term=body.term)


def make_recall(org_unit, **fields):
    member = fields.pop("member", None) or make_committee_member(org_unit)
    defaults = {"proposed_on": TODAY, "reason": "不履行职责"}
    defaults |= {"callers": 20, "callers_of": 200}
    return Recall.objects.create(member=member, **defaults | fields)


def make_resignation(org_unit, **fields):
    member = fields.pop("member", None) or make_committee_member(org_unit)
    defaults = {"handed_in_on": TODAY, "reason": "搬家"}
    return Resignation.objects.create(member=member, **defaults | fields)


def make_transfer(org_unit, **fields):
    if "term" not in fields:
        body = make_committee(org_unit)
        fields["term"] = make_term(org_unit, body=body, began_on=TODAY)
    defaults = {"began_on": TODAY, "due_on": TODAY + timedelta(days=10)}
    return TermTransfer.objects.create(**defaults | fields)


def make_transfer_item(org_unit, **fields):
    transfer = fields.pop("transfer", None) or make_transfer(org_unit)
    defaults = {"kind": "seal", "name": "公章"}
    return TransferItem.objects.create(transfer=transfer, **defaults | fields)


OF_ELECTIONS = {
    "governance.ballotcount": make_ballot_count,
    "governance.candidate": make_candidate,
    "governance.election": make_election,
    "governance.electionofficer": make_officer,
    "governance.objection": make_objection,
    "governance.proxy": make_proxy,
    "governance.recall": make_recall,
    "governance.resignation": make_resignation,
    "governance.termtransfer": make_transfer,
    "governance.transferitem": make_transfer_item,
    "governance.voter": make_voter,
}
