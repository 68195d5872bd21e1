"""Residents read when there is an election, who stands, who won; of voters nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.models import CandidateVotes
from tests.factories import make_user
from tests.factories.elections import (
    TODAY,
    make_ballot_count,
    make_candidate,
    make_election,
    make_voter,
)

ALL = reverse("portal:elections")


def page_of(client, election) -> str:
    answer = client.get(reverse("portal:election", args=[election.pk]))
    assert answer["X-Robots-Tag"] == "noindex"
    return answer.content.decode()


@pytest.mark.parametrize("status", ["draft", "invalid", "discarded"])
def test_what_was_not_published_is_not_found(client, donghu, status):
    election = make_election(donghu, status=status)
    assert client.get(reverse("portal:election", args=[election.pk])).status_code == 404
    assert str(election) not in client.get(ALL).content.decode()


def test_an_election_of_long_ago_is_not_shown_any_more(client, donghu):
    for days, status in ((365, 200), (366, 404)):
        held = TODAY - timedelta(days=days)
        election = make_election(donghu, status="announced", held_on=held)
        url = reverse("portal:election", args=[election.pk])
        assert client.get(url).status_code == status


def test_the_days_are_told_and_no_voter_is(client, donghu):
    election = make_election(donghu, status="frozen", list_published_on=TODAY)
    voter = make_voter(donghu, election=election, name="欧阳留名")
    candidate = make_candidate(donghu, election=election)
    page = page_of(client, election)
    assert "公布选民名单" in page
    assert voter.name not in page
    # Nobody who stands is named before the election committee has published them.
    assert candidate.name not in page


def test_candidates_are_named_once_published_and_who_withdrew_is_not(client, donghu):
    election = make_election(donghu, status="nominated")
    standing = make_candidate(donghu, election=election)
    withdrawn = make_candidate(donghu, election=election, status="withdrawn")
    page = page_of(client, election)
    assert standing.name in page
    assert withdrawn.name not in page


def test_the_result_is_told_once_it_is_announced(client, donghu):
    election = make_election(donghu, status="nominated", members=1, held_on=TODAY)
    winner = make_candidate(donghu, election=election)
    count = make_ballot_count(
        donghu, election=election, status="signed", signed_by=make_user()
    )
    CandidateVotes.objects.create(count=count, candidate=winner, number=137)
    assert "137" not in page_of(client, election)
    type(election).objects.update(status="announced", announced_on=TODAY)
    page = page_of(client, election)
    for words in ("137", "选举有效", "第十九条第一款", "当选"):
        assert words in page


def test_the_page_of_a_community_leads_to_its_election(client, donghu, xihu):
    election = make_election(donghu, status="listed")
    url = reverse("portal:election", args=[election.pk])
    for unit, is_there in ((donghu, True), (xihu, False)):
        page = client.get(reverse("portal:unit", args=[unit.code])).content.decode()
        assert (url in page) is is_there
