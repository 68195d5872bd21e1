"""An election from its list to the new term: who may be refused what, and why."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.election_calendar import calendar_of
from governance.models import BallotCount, Election, Member, TermTransfer
from governance.workflows import BallotCountWorkflow, ElectionWorkflow
from tests.factories import make_assignment, make_org_unit
from tests.factories.elections import (
    TODAY,
    make_ballot_count,
    make_candidate,
    make_committee,
    make_election,
    make_objection,
    make_officer,
    make_proxy,
    make_voter,
)

DAY = timedelta(days=1)
NEW = reverse("governance:election-create")
COUNT = reverse("governance:ballotcount-create")


@pytest.fixture
def village(street):
    return make_org_unit(
        "village", "330381002201", parent=street, rule_profile="village"
    )


def refusal_of(case, step, workflow=ElectionWorkflow, by=None, note="") -> str:
    with pytest.raises(ValidationError) as refused:
        workflow.apply(case, step, by=by, note=note)
    return refused.value.messages[0]


def steps_of(election, day=TODAY):
    return {one.label: one for one in calendar_of(election, day)}


def test_the_calendar_runs_backwards_from_the_day_of_election(donghu):
    election = make_election(donghu)
    steps = steps_of(election)
    assert steps["公布选民名单"].last_day == election.held_on - 20 * DAY
    assert steps["对名单提出申诉"].last_day == election.held_on - 15 * DAY
    assert steps["处理申诉、确定名单"].last_day == election.held_on - 12 * DAY
    assert steps["工作移交"].last_day == election.held_on + 10 * DAY
    assert steps["公布选民名单"].source.endswith("第十七条第一款")


def test_a_step_is_late_due_or_done(donghu):
    election = make_election(donghu, held_on=TODAY + 20 * DAY)
    assert steps_of(election)["公布选民名单"].state == "今天到期"
    assert steps_of(election, TODAY + DAY)["公布选民名单"].tone == "late"
    election.list_published_on = TODAY
    assert steps_of(election, TODAY + DAY)["公布选民名单"].tone == "done"


def test_of_an_election_that_came_to_nothing_no_step_is_late(donghu):
    held = TODAY - 9 * DAY
    election = make_election(donghu, held_on=held, list_published_on=held - 21 * DAY)
    assert steps_of(election)["公布选举结果"].tone == "late"
    election.status = "invalid"
    steps = steps_of(election)
    assert {one.tone for one in steps.values()} == {"", "done"}
    assert steps["公布选举结果"].state == "没有进行"


def test_a_village_votes_directly_only(browse, mei, village):
    data = {"body": make_committee(village).pk, "kind": "general", "mode": "households"}
    data |= {"held_on": TODAY + 40 * DAY, "heads": 1, "deputies": 1, "members": 3}
    answer = browse(mei).post(NEW, data)
    assert answer.status_code == 422
    assert "第十四条第一款" in answer.content.decode()
    assert browse(mei).post(NEW, data | {"mode": "voters"}).status_code == 302


@pytest.mark.parametrize(
    ("about", "article"),
    [({"members": 2}, "第八条第一款"), ({"members": 8}, "第八条第一款")],
)
def test_a_committee_has_five_to_nine(browse, mei, donghu, about, article):
    data = {"body": make_committee(donghu).pk, "kind": "general", "mode": "voters"}
    data |= {"held_on": TODAY + 40 * DAY, "heads": 1, "deputies": 1}
    answer = browse(mei).post(NEW, data | about)
    assert article in answer.content.decode()


def test_the_day_leaves_time_for_the_list(browse, mei, donghu):
    data = {"body": make_committee(donghu).pk, "kind": "general", "mode": "voters"}
    data |= {"heads": 1, "deputies": 1, "members": 3}
    late = browse(mei).post(NEW, data | {"held_on": TODAY + 19 * DAY})
    assert "选举日太近" in late.content.decode()
    assert (
        browse(mei).post(NEW, data | {"held_on": TODAY + 20 * DAY}).status_code == 302
    )


def test_a_list_without_committee_or_voters_is_not_published(donghu):
    election = make_election(donghu)
    assert "第十五条第二款" in refusal_of(election, "publish-voters")
    make_officer(donghu, election=election, post="head")
    assert "请先登记" in refusal_of(election, "publish-voters")
    make_voter(donghu, election=election)
    assert ElectionWorkflow.apply(election, "publish-voters").status == "listed"
    assert Election.objects.get().list_published_on == TODAY


def test_a_list_is_published_twenty_days_before_at_the_latest(donghu):
    for days, is_late in ((19, True), (20, False)):
        election = make_election(donghu, held_on=TODAY + days * DAY)
        make_officer(donghu, election=election, post="head")
        make_voter(donghu, election=election)
        if is_late:
            assert "第十七条第一款" in refusal_of(election, "publish-voters")
        else:
            ElectionWorkflow.apply(election, "publish-voters")


@pytest.mark.parametrize(("days", "is_over"), [(5, False), (6, True)])
def test_the_list_is_frozen_after_five_days(donghu, days, is_over):
    since = TODAY - days * DAY
    election = make_election(donghu, status="listed", list_published_on=since)
    if is_over:
        assert ElectionWorkflow.apply(election, "freeze-voters").status == "frozen"
    else:
        assert "第十七条第二款" in refusal_of(election, "freeze-voters")


def test_an_open_objection_keeps_the_list_open(donghu):
    since = TODAY - 9 * DAY
    election = make_election(donghu, status="listed", list_published_on=since)
    make_objection(donghu, election=election)
    assert "1件申诉" in refusal_of(election, "freeze-voters")


def test_there_are_more_candidates_than_posts(contest):
    contest.candidates.filter(post="head").first().delete()
    assert "多于应选名额" in refusal_of(contest, "publish-candidates")


def test_there_is_a_woman_among_the_candidates(contest):
    contest.candidates.update(sex="1")
    assert "第八条第二款" in refusal_of(contest, "publish-candidates")
    contest.candidates.filter(post="member").update(sex="2")
    assert ElectionWorkflow.apply(contest, "publish-candidates").status == "nominated"


def test_the_announced_result_begins_the_term(voted, mei):
    ElectionWorkflow.apply(voted, "announce", by=mei)
    [term] = voted.body.terms.all()
    assert (term.began_on, term.ends_on.year) == (TODAY, TODAY.year + 5)
    assert [one.post for one in term.serving] == ["head"] + ["member"] * 4
    assert all(one.resident for one in term.serving)
    transfer = TermTransfer.objects.get(term=term)
    assert transfer.due_on == TODAY + 10 * DAY
    assert transfer.items.filter(kind="seal").exists()


def test_a_result_is_announced_once(voted, mei):
    ElectionWorkflow.apply(voted, "announce", by=mei)
    assert "状态下不能" in refusal_of(voted, "announce")
    assert Member.objects.count() == 5


def test_a_result_that_cannot_begin_a_term_leaves_no_trace(voted, mei):
    voted.body.terms.create(began_on=TODAY)
    assert "更晚产生" in refusal_of(voted, "announce", by=mei)
    assert Election.objects.get().status == "nominated"
    assert not Member.objects.exists()


def test_an_invalid_election_is_not_announced_but_closed(voted, mei):
    BallotCount.objects.update(returned=100, invalid=0)
    refusal = refusal_of(voted, "announce", by=mei)
    assert "选举无效" in refusal
    assert "过半数为101人" in refusal
    ended = ElectionWorkflow.apply(voted, "declare-invalid", by=mei, note="重新组织")
    assert ended.status == "invalid"
    assert not voted.body.terms.exists()


def test_an_election_whose_vote_was_valid_is_not_called_off(voted, mei):
    refusal = refusal_of(voted, "call-off", by=mei, note="不想公布")
    assert "不能取消" in refusal
    BallotCount.objects.update(returned=100, invalid=0)
    ended = ElectionWorkflow.apply(voted, "call-off", by=mei, note="重新组织")
    assert ended.status == "discarded"


def test_a_valid_election_is_not_closed_as_invalid(voted, mei):
    refusal = refusal_of(voted, "declare-invalid", by=mei, note="算错了")
    assert "选举有效" in refusal


def test_seats_that_are_left_are_voted_on_before_the_result(voted, mei):
    BallotCount.objects.get().votes.filter(number=100).update(number=90)
    assert "另行选举" in refusal_of(voted, "announce", by=mei)


def test_a_count_that_nobody_signed_is_no_result(voted, mei):
    BallotCount.objects.update(status="typed", signed_by=None)
    assert "第二人复核" in refusal_of(voted, "announce", by=mei)


def test_nobody_signs_his_own_count(donghu, mei):
    count = make_ballot_count(donghu, typed_by=mei)
    refusal = refusal_of(count, "sign", BallotCountWorkflow, by=mei)
    assert "第十九条第三款" in refusal


def test_a_second_person_signs_a_count(donghu, mei, lin):
    count = make_ballot_count(donghu, typed_by=mei)
    assert BallotCountWorkflow.apply(count, "sign", by=lin).status == "signed"
    assert BallotCount.objects.get().signed_by == lin


@pytest.fixture
def ballots(browse, mei, donghu, contest):
    """Send a count of the contest of 100 voters by the form of the office."""
    Election.objects.update(status="nominated", held_on=TODAY)
    missing = 100 - contest.voters.count()
    for _number in range(missing):
        make_voter(donghu, election=contest)
    candidates = list(contest.candidates.all())

    def send(**changed):
        data = {"election": contest.pk, "held_on": TODAY, "invalid": 0}
        data |= {"issued": 100, "returned": 90}
        data |= {f"votes_{one.pk}": 20 for one in candidates}
        return browse(mei).post(COUNT, data | changed)

    return send


def test_a_count_is_typed_and_waits_for_a_signature(ballots, mei):
    assert ballots().status_code == 302
    count = BallotCount.objects.get()
    assert (count.entitled, count.round, count.typed_by) == (100, 1, mei)
    assert count.votes.count() == 7


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"returned": 101}, "多于发出的100张"),
        ({"issued": 101, "returned": 90}, "只有100人"),
        ({"invalid": 91}, "废票多于"),
        ({"held_on": TODAY + DAY}, "不能晚于今天"),
        ({"held_on": TODAY - DAY}, "不能早于选举日"),
    ],
)
def test_a_count_that_does_not_fit_is_refused_with_the_article(ballots, about, words):
    answer = ballots(**about)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "第十九条第三款" in page
    assert not BallotCount.objects.exists()


def test_nobody_has_more_votes_than_there_are_ballots(ballots, contest):
    head, other = contest.candidates.filter(post="head")
    too_many = ballots(**{f"votes_{head.pk}": 91})
    assert "有效票只有90张" in too_many.content.decode()
    together = ballots(**{f"votes_{head.pk}": 50, f"votes_{other.pk}": 41})
    assert "主任共得91票" in together.content.decode()


def test_a_second_round_waits_for_the_signature_of_the_first(ballots):
    ballots()
    assert "上一轮计票" in ballots().content.decode()


def test_who_is_elected_does_not_stand_again(ballots, browse, mei, lin, contest):
    ballots()
    head = contest.candidates.filter(post="head").first()
    BallotCount.objects.get().votes.filter(candidate=head).update(number=60)
    BallotCountWorkflow.apply(BallotCount.objects.get(), "sign", by=lin)
    form = browse(mei).get(f"{COUNT}?election={contest.pk}").context["form"]
    names = [name for name in form.fields if name.startswith("votes_")]
    assert len(names) == 5


def test_a_by_election_fills_the_rest_of_the_term(donghu, mei, vote):
    body = make_committee(donghu, began_on=TODAY - 300 * DAY)
    Member.objects.create(term=body.term, name="在任主任", post="head")
    election = make_election(
        donghu,
        body=body,
        kind="by",
        heads=0,
        deputies=0,
        members=1,
        status="nominated",
        held_on=TODAY,
    )
    one, two = (make_candidate(donghu, election=election) for _n in range(2))
    vote(election, 1, {one: 100, two: 50})
    ElectionWorkflow.apply(election, "announce", by=mei)
    assert body.terms.count() == 1
    assert Member.objects.filter(term=body.term, name=one.name).exists()
    assert not TermTransfer.objects.exists()


def test_the_board_sheet_shows_names_and_nothing_else(browse, mei, donghu):
    election = make_election(donghu)
    voter = make_voter(donghu, election=election)
    url = reverse("governance:election-board", args=[election.pk])
    page = browse(mei).get(url, {"print": "1"}).content.decode()
    assert voter.name in page
    assert voter.get_basis_display() not in page
    assert "yh-rail" not in page


@pytest.mark.parametrize("name", ["calendar", "board", "register"])
def test_pages_of_an_election_elsewhere_are_not_found(browse, chen, donghu, name):
    url = reverse(f"governance:election-{name}", args=[make_election(donghu).pk])
    assert browse(chen).get(url).status_code == 404


def test_whoever_may_not_see_voters_is_led_to_none(browse, donghu, street):
    one = make_election(donghu, status="frozen", frozen_on=TODAY)
    make_proxy(donghu, election=one)
    looker = make_assignment("looker", street, ["view_election"]).user
    page = browse(looker).get(one.get_absolute_url()).content.decode()
    assert "委托投票" in page
    for name in ("voters", "proxies", "board"):
        assert f"/{name}/" not in page


def test_the_page_of_an_election_tells_it_whole(browse, mei, voted):
    page = browse(mei).get(voted.get_absolute_url()).content.decode()
    for words in ("选举有效", "过半数为101人", "当选", "第1轮计票", "选举日程"):
        assert words in page
