"""A whole election as a director clicks it through: every form, every step."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from communities.finding import index_resident
from governance.models import Election, Member, TermTransfer
from tests.factories import make_assignment, make_resident
from tests.factories.elections import TODAY, make_committee

DAY = timedelta(days=1)
NAMES = ("周一", "吴二", "郑三", "王四", "冯五", "陈六", "褚七", "卫八")
POSTS = ("head", "head", "deputy", "deputy", "member", "member", "member", "member")
VOTES = (6, 1, 5, 2, 5, 6, 4, 1)


@pytest.fixture
def clerk(client, mei):
    client.force_login(mei)
    return client


@pytest.fixture
def people(donghu):
    """Eight who stand and two who preside; of age, registered here, at home."""
    found = []
    for name in (*NAMES, "选委会主任", "选委会委员"):
        about = {"birth_on": date(1975, 1, 1), "registration": "street", "sex": "2"}
        person = make_resident(donghu, name=name, living="here", **about)
        index_resident(person)
        found.append(person)
    return found


def fill(clerk, name, **data):
    answer = clerk.post(reverse(f"governance:{name}-create"), data)
    assert answer.status_code == 302, answer.context["form"].errors


def take(clerk, case, step, **data):
    kind = case._meta.model_name
    url = reverse(f"governance:{kind}-transition", args=[case.pk, step])
    assert clerk.post(url, data).status_code == 302
    case.refresh_from_db()


def test_an_election_from_its_day_to_the_new_committee(clerk, people, donghu, street):
    body = make_committee(donghu)
    seats = {"heads": 1, "deputies": 1, "members": 3}
    day = TODAY + 30 * DAY
    about = {"kind": "general", "mode": "voters", "held_on": day}
    fill(clerk, "election", body=body.pk, **about, **seats)
    election = Election.objects.get()
    of = {"election": election.pk}
    fill(clerk, "electionofficer", person="选委会主任", post="head", rank=1, **of)
    url = reverse("governance:election-register", args=[election.pk])
    sent = {"unit": donghu.pk, "declared_on": TODAY}
    assert clerk.post(url, sent).status_code == 302
    assert election.entitled() == 10
    take(clerk, election, "publish-voters")
    wait(election, 9)
    take(clerk, election, "freeze-voters")
    for name, post in zip(NAMES, POSTS, strict=True):
        fill(clerk, "candidate", person=name, post=post, nominated_by="party", **of)
    take(clerk, election, "publish-candidates")
    wait(election, 21)
    both = {"principal": "选委会委员", "agent": "选委会主任"}
    fill(clerk, "proxy", written_on=TODAY, **both, **of)
    ballots = {"held_on": TODAY, "issued": 10, "returned": 7, "invalid": 0}
    votes = zip(election.candidates.order_by("pk"), VOTES, strict=True)
    typed = {f"votes_{one.pk}": number for one, number in votes}
    fill(clerk, "ballotcount", **ballots, **typed, **of)
    clerk.force_login(make_assignment("second", street).user)
    take(clerk, election.counts.get(), "sign")
    take(clerk, election, "announce")
    assert election.status == "announced"
    elected = set(Member.objects.values_list("name", "post"))
    assert ("周一", "head") in elected
    assert ("吴二", "head") not in elected
    assert len(elected) == 5
    hand_over(clerk, TermTransfer.objects.get())


def wait(election, days):
    """Let days go by: what was written on a day was written earlier."""
    for name in ("list_published_on", "held_on"):
        day = getattr(election, name) - days * DAY
        Election.objects.filter(pk=election.pk).update(**{name: day})
    election.refresh_from_db()


def hand_over(clerk, transfer):
    transfer.items.update(checked_on=TODAY)
    url = reverse("governance:termtransfer-update", args=[transfer.pk])
    names = {"giver": "旧主任", "taker": "周一", "witness": "街道干部"}
    assert clerk.post(url, names).status_code == 302
    for step in ("sign-giver", "sign-taker", "sign-witness"):
        take(clerk, transfer, step)
    assert transfer.done_on == TODAY
    pack = clerk.get(reverse("governance:transfer-pack", args=[transfer.pk]))
    assert pack.status_code == 200
