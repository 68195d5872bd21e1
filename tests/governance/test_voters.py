"""Who stands on the list of voters, who may object, stand, and vote for others."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from communities.finding import index_resident
from communities.models.residents import years_before
from governance.election_actions import register_voters
from governance.election_guards import fault_of_objection, fault_of_proxy
from governance.models import Candidate, ElectionOfficer, KinTie, Proxy, Voter
from governance.registration import fault_of_voter
from governance.workflows import CandidateWorkflow, ObjectionWorkflow
from tests.factories import make_kin_tie, make_org_unit, make_resident
from tests.factories.elections import (
    HELD_ON,
    TODAY,
    make_candidate,
    make_election,
    make_objection,
    make_officer,
    make_proxy,
    make_voter,
)

DAY = timedelta(days=1)
OF_AGE = years_before(HELD_ON, 18)
NEW_VOTER = reverse("governance:voter-create")
NEW_PROXY = reverse("governance:proxy-create")
NEW_CANDIDATE = reverse("governance:candidate-create")


@pytest.fixture
def village(street):
    return make_org_unit(
        "village", "330381002201", parent=street, rule_profile="village"
    )


def make_adult(unit, **about):
    known = {"birth_on": date(1970, 1, 1), "registration": "street", "living": "here"}
    return make_resident(unit, **known | about)


def register(election, by):
    count = register_voters(
        election=election, within=election.org_unit, declared_on=TODAY, by=by
    )
    return count, {one.name: one.basis for one in Voter.objects.all()}


def test_whoever_is_eighteen_on_the_day_is_registered(donghu, mei):
    make_adult(donghu, name="刚满", birth_on=OF_AGE)
    make_adult(donghu, name="差一天", birth_on=OF_AGE + DAY)
    assert register(make_election(donghu), mei) == (1, {"刚满": "registered"})


def test_in_a_community_whoever_lives_there_is_registered_too(donghu, mei):
    make_adult(donghu, name="外地常住", registration="elsewhere")
    make_adult(donghu, name="外地外出", registration="elsewhere", living="away")
    make_adult(donghu, name="本地外出", living="away")
    _count, found = register(make_election(donghu), mei)
    assert found == {"外地常住": "living", "本地外出": "registered"}


def test_in_a_village_only_who_is_registered_and_lives_there(village, mei):
    make_adult(village, name="外地常住", registration="elsewhere")
    make_adult(village, name="本地外出", living="away")
    make_adult(village, name="本地在住")
    assert register(make_election(village), mei) == (1, {"本地在住": "registered"})


def test_nobody_is_registered_twice_nor_after_he_was_taken_off(donghu, mei):
    make_adult(donghu)
    election = make_election(donghu)
    assert register(election, mei)[0] == 1
    Voter.objects.update(removed_on=TODAY)
    assert register(election, mei)[0] == 0


def test_a_frozen_list_takes_nobody(donghu, mei):
    with pytest.raises(ValidationError, match="不能再增减"):
        register(make_election(donghu, status="frozen"), mei)


def grounds(election, basis, **about):
    return Voter(election=election, basis=basis, name="外来", **about)


@pytest.mark.parametrize(("months", "is_enough"), [(6, True), (5, False)])
def test_a_worker_has_worked_six_months_on_the_day(donghu, months, is_enough):
    election = make_election(donghu, held_on=date(2027, 7, 10))
    since = date(2027, 7 - months, 10)
    fault = fault_of_voter(grounds(election, "worker", declared_on=TODAY, since=since))
    assert (fault == "") is is_enough
    day_late = grounds(election, "worker", declared_on=TODAY, since=date(2027, 1, 11))
    assert "第十六条第三款" in fault_of_voter(day_late)


def test_a_newcomer_votes_in_a_village_after_a_year_with_consent(village):
    election = make_election(village, held_on=date(2027, 7, 10))
    about = {"declared_on": TODAY, "since": date(2026, 7, 10)}
    assert "同意" in fault_of_voter(grounds(election, "year", **about))
    about["agreed_on"] = TODAY
    assert fault_of_voter(grounds(election, "year", **about)) == ""
    about["since"] += DAY
    assert "不满12个月" in fault_of_voter(grounds(election, "year", **about))


@pytest.mark.parametrize(
    ("level", "basis"),
    [("donghu", "year"), ("donghu", "away"), ("village", "worker")],
)
def test_each_law_knows_its_own_grounds(request, level, basis):
    election = make_election(request.getfixturevalue(level))
    fault = fault_of_voter(grounds(election, basis, declared_on=TODAY))
    assert "第十六条第二款" in fault


def test_nobody_votes_in_two_villages(village, street):
    other = make_org_unit(
        "village", "330381002202", parent=street, rule_profile="village"
    )
    person = make_adult(village)
    first = make_election(village)
    make_voter(village, election=first, resident=person)
    again = Voter(
        election=make_election(other),
        resident=person,
        name=person.name,
        basis="away",
        declared_on=TODAY,
    )
    assert "第十六条第三款" in fault_of_voter(again)


def known(person):
    index_resident(person)
    return person


def test_whoever_is_added_after_publication_has_a_reason(browse, mei, donghu):
    known(make_adult(donghu, name="王阿婆"))
    election = make_election(donghu, status="listed", list_published_on=TODAY)
    data = {"election": election.pk, "person": "王阿婆", "basis": "registered"}
    data["declared_on"] = TODAY
    answer = browse(mei).post(NEW_VOTER, data)
    assert "补登的原因" in answer.content.decode()
    assert browse(mei).post(NEW_VOTER, data | {"reason": "漏登"}).status_code == 302
    assert Voter.objects.get().reason == "漏登"


def test_nobody_is_taken_off_a_frozen_list(browse, mei, donghu):
    election = make_election(donghu, status="frozen")
    voter = make_voter(donghu, election=election)
    url = reverse("governance:voter-close", args=[voter.pk])
    answer = browse(mei).post(url, {"note": "搬走了"})
    assert answer.status_code == 422
    assert "第十七条第二款" in answer.content.decode()


@pytest.mark.parametrize(("days", "is_late"), [(5, False), (6, True)])
def test_an_objection_comes_within_five_days(donghu, days, is_late):
    since = TODAY - 9 * DAY
    election = make_election(donghu, status="listed", list_published_on=since)
    one = make_objection(donghu, election=election, received_on=since + days * DAY)
    assert ("第十七条第二款" in fault_of_objection(one)) is is_late


def test_an_objection_that_is_upheld_puts_the_list_right(donghu, mei):
    missing = make_adult(donghu)
    one = make_objection(donghu, resident=missing)
    ObjectionWorkflow.apply(one, "uphold", by=mei, note="户籍在本社区，列入")
    assert Voter.objects.get().resident == missing
    wrong = make_objection(
        donghu, election=one.election, resident=missing, wish="remove"
    )
    ObjectionWorkflow.apply(wrong, "uphold", by=mei, note="已迁出")
    assert not Voter.objects.listed().exists()


def test_a_candidate_is_not_taken_off_the_list_as_one(donghu, mei):
    one = make_objection(donghu, wish="remove")
    voter = make_voter(donghu, election=one.election, resident=one.resident)
    make_candidate(donghu, election=one.election, voter=voter)
    with pytest.raises(ValidationError, match="是候选人"):
        ObjectionWorkflow.apply(one, "uphold", by=mei, note="已迁出")
    assert Voter.objects.listed().exists()


def test_an_objection_for_a_child_puts_nobody_on_the_list(donghu, mei):
    child = make_adult(donghu, birth_on=OF_AGE + DAY)
    one = make_objection(donghu, resident=child)
    with pytest.raises(ValidationError, match="未满十八周岁"):
        ObjectionWorkflow.apply(one, "uphold", by=mei, note="列入")
    assert not Voter.objects.exists()


def test_a_late_decision_is_told(donghu, browse, mei):
    one = make_objection(donghu, received_on=TODAY - 4 * DAY, decided_on=TODAY)
    page = browse(mei).get(one.get_absolute_url()).content.decode()
    assert "超期 1 天" in page


def nominate(visitor, election, name, **about):
    data = {"election": election.pk, "person": name, "post": "member"}
    return visitor.post(NEW_CANDIDATE, data | {"nominated_by": "party"} | about)


@pytest.mark.parametrize(("count", "is_enough"), [(9, False), (10, True), (11, True)])
def test_ten_voters_nominate_in_a_community(browse, mei, donghu, count, is_enough):
    voter = make_voter(donghu)
    about = {"nominated_by": "voters", "nominators": count}
    answer = nominate(browse(mei), voter.election, voter.name, **about)
    assert (answer.status_code == 302) is is_enough
    assert is_enough or "第十八条" in answer.content.decode()


def test_a_candidate_is_told_of_by_the_record_unless_said_otherwise(
    browse, mei, donghu
):
    person = make_adult(donghu, sex="2", education="60")
    voter = make_voter(donghu, resident=person)
    form = browse(mei).get(NEW_CANDIDATE).context["form"]
    empty = {name: form[name].value() for name in ("sex", "education")}
    nominate(browse(mei), voter.election, voter.name, **empty)
    one = Candidate.objects.get()
    assert (one.sex, one.education, one.birth_year) == ("2", "60", 1970)


def test_only_a_voter_is_nominated(browse, mei, donghu):
    election = make_election(donghu)
    known(make_adult(donghu, name="不在名单"))
    answer = nominate(browse(mei), election, "不在名单")
    assert "选民名单上没有此人" in answer.content.decode()


def test_nobody_is_nominated_once_candidates_are_published(browse, mei, donghu):
    voter = make_voter(donghu, election=make_election(donghu, status="nominated"))
    answer = nominate(browse(mei), voter.election, voter.name)
    assert "第十八条" in answer.content.decode()


@pytest.mark.parametrize("is_relative", [False, True])
def test_who_is_nominated_or_his_relative_leaves_the_election_committee(
    browse, mei, donghu, is_relative
):
    person, relative = make_adult(donghu), make_adult(donghu)
    first, second = sorted((person, relative), key=lambda one: one.pk)
    make_kin_tie(donghu, first=first, second=second)
    voter = make_voter(donghu, resident=person)
    election = voter.election
    seated = relative if is_relative else person
    make_officer(donghu, election=election, resident=seated, post="head")
    make_officer(donghu, election=election, post="substitute", rank=7)
    heir = make_officer(donghu, election=election, post="substitute", rank=6)
    assert nominate(browse(mei), election, voter.name).status_code == 302
    assert ElectionOfficer.objects.get(resident=seated).left_on == TODAY
    heir.refresh_from_db()
    assert heir.post == "head"
    assert KinTie.objects.exists()


def test_a_candidate_is_disqualified_with_the_ground(donghu, mei):
    one = make_candidate(donghu)
    with pytest.raises(ValidationError, match="哪一种情形"):
        CandidateWorkflow.apply(one, "disqualify", by=mei)
    CandidateWorkflow.apply(one, "disqualify", by=mei, note="因犯罪受过刑事处罚")
    assert not Candidate.objects.standing().exists()


@pytest.fixture
def frozen(donghu):
    return make_election(donghu, status="frozen", frozen_on=TODAY)


@pytest.fixture
def deputise(browse, mei, donghu, frozen):
    def call(principal, agent, **about):
        data = {"election": frozen.pk, "written_on": TODAY} | about
        data |= {"principal": principal.name, "agent": agent.name}
        return browse(mei).post(NEW_PROXY, data)

    return call


def test_one_votes_for_three_others_and_not_for_a_fourth(deputise, donghu, frozen):
    agent, *others = (make_voter(donghu, election=frozen) for _n in range(5))
    answers = [deputise(one, agent) for one in others]
    assert [one.status_code for one in answers] == [302, 302, 302, 422]
    assert "第十九条第四款" in answers[-1].content.decode()
    assert sorted(Proxy.objects.values_list("place", flat=True)) == [1, 2, 3]


def test_a_place_is_free_again_once_a_proxy_is_withdrawn(deputise, donghu, frozen):
    agent, *others = (make_voter(donghu, election=frozen) for _n in range(5))
    for one in others[:3]:
        deputise(one, agent)
    Proxy.objects.filter(place=2).update(withdrawn_on=TODAY)
    assert deputise(others[3], agent).status_code == 302


def test_a_candidate_votes_for_nobody_else(deputise, donghu, frozen):
    candidate = make_candidate(donghu, election=frozen)
    answer = deputise(make_voter(donghu, election=frozen), candidate.voter)
    assert "是候选人，不得接受委托投票" in answer.content.decode()


@pytest.mark.parametrize("status", ["draft", "listed", "announced"])
def test_proxies_are_taken_on_a_frozen_list_only(donghu, status):
    proxy = make_proxy(donghu, election=make_election(donghu, status=status))
    assert "第十九条第四款" in fault_of_proxy(proxy)


def test_representatives_vote_themselves(donghu):
    election = make_election(donghu, status="frozen", mode="representatives")
    proxy = make_proxy(donghu, election=election)
    assert "不实行委托投票" in fault_of_proxy(proxy)


def test_whoever_is_not_on_the_list_any_more_gives_no_proxy(donghu, frozen):
    gone = make_voter(donghu, election=frozen, removed_on=TODAY)
    proxy = make_proxy(donghu, election=frozen, principal=gone)
    assert "名单上" in fault_of_proxy(proxy)


def test_whoever_has_given_a_proxy_takes_none(donghu, frozen):
    given = make_proxy(donghu, election=frozen)
    chain = Proxy(
        election=frozen,
        principal=make_voter(donghu, election=frozen),
        agent=given.principal,
        written_on=TODAY,
    )
    assert "自己已委托他人" in fault_of_proxy(chain)
