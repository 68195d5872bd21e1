"""Whether a meeting may decide and a motion has passed, by the law of the unit."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from governance import law
from governance.checks import findings_of
from governance.law.meetings import RULES
from governance.meeting_actions import sign_in
from governance.meeting_results import quorum_of
from governance.models import Body, Meeting, Motion
from governance.workflows import MeetingWorkflow, MotionWorkflow
from tests.factories import make_org_unit
from tests.governance.conftest import TODAY, hold
from toolkit.clocks import add_months

# Each threshold that a meeting uses, with the profiles that have it.
USED = sorted(
    (slug, profile)
    for rule in RULES.values()
    for slug in (rule.quorum, rule.passed, *rule.demanded.values())
    for profile in ("community", "village")
    if (slug, profile) in law.checks.thresholds
)


@pytest.mark.parametrize(("present", "is_met"), [(133, False), (134, True)])
def test_of_200_representatives_134_are_needed(sitting, present, is_met):
    quorum = quorum_of(sitting(200, present))
    assert (quorum.is_met, quorum.needed) == (is_met, 134)
    assert f"组成人员200人，到会{present}人，三分之二以上为134人" in quorum.sentence
    assert "第二十九条" in quorum.sentence


def test_30_of_45_are_a_quorum_and_16_of_30_decide(sitting, decide):
    assert not quorum_of(sitting(45, 29)).is_met
    meeting = sitting(45, 30)
    assert decide(meeting, 15, 15).outcome == "rejected"
    passed = decide(meeting, 16, 14)
    assert passed.outcome == "passed"
    assert "到会组成人员30人，赞成16人，过半数为16人，已达到" in passed.finding


def test_in_a_branch_of_the_party_all_members_count_not_those_present(sitting, decide):
    meeting = sitting(20, 12, kind="party")
    assert decide(meeting, 10).outcome == "rejected"
    assert decide(meeting, 11).outcome == "passed"


def test_an_invalid_result_cannot_be_published(sitting, decide, mei):
    meeting = sitting(200, 133)
    motion = decide(meeting, 133)
    assert motion.outcome == "invalid"
    MeetingWorkflow.apply(meeting, "close", by=mei)
    with pytest.raises(ValidationError, match="不能公布.*133人.*134人.*第二十九条"):
        MotionWorkflow.apply(motion, "publish", by=mei)
    assert not Motion.objects.published().exists()


def test_who_comes_after_the_count_does_not_make_it_valid(sitting, decide, mei):
    meeting = sitting(200, 133)
    motion = decide(meeting, 133)
    sign_in(seat=meeting.seats.filter(signed_in_at=None).first(), way="phone")
    assert MeetingWorkflow.apply(meeting, "close", by=mei).is_valid
    with pytest.raises(ValidationError, match="表决无效，不能公布"):
        MotionWorkflow.apply(motion, "publish", by=mei)


def test_nothing_is_published_of_a_meeting_that_was_not_valid(sitting, decide, mei):
    meeting = sitting(200, 134)
    motion = decide(meeting, 100)
    MeetingWorkflow.apply(meeting, "close", by=mei)
    Meeting.objects.update(is_valid=False)
    Motion.objects.update(owner="林主任", due_on=TODAY)
    with pytest.raises(ValidationError, match="会议无效，不能公布"):
        MotionWorkflow.apply(motion, "publish", by=mei)


def test_a_motion_that_passed_is_followed_until_it_is_done(sitting, decide, mei):
    meeting = sitting(45, 30)
    motion = decide(meeting, 16)
    with pytest.raises(ValidationError, match="散会以后"):
        MotionWorkflow.apply(motion, "publish", by=mei)
    MeetingWorkflow.apply(meeting, "close", by=mei)
    with pytest.raises(ValidationError, match="责任人"):
        MotionWorkflow.apply(motion, "publish", by=mei)
    Motion.objects.update(owner="林主任", due_on=TODAY)
    MotionWorkflow.apply(motion, "publish", by=mei)
    MotionWorkflow.apply(motion, "follow", by=mei, note="已招标")
    done = MotionWorkflow.apply(motion, "finish", by=mei, note="路灯已亮")
    assert (done.status, done.done_on) == ("done", TODAY)


@pytest.mark.parametrize(("slug", "profile"), USED)
@given(of=st.integers(1, 5000))
def test_each_threshold_asks_for_the_exact_share(slug, profile, of):
    rule = law.checks.thresholds[slug, profile]
    needed, exact = rule.needed(of), rule.part * of
    assert rule.is_met(needed, of=of)
    assert not rule.is_met(needed - 1, of=of)
    assert needed >= exact > needed - 1 or needed > exact >= needed - 1
    # 以上 includes the exact share, 过半数 does not.
    assert (needed == exact) == (exact.denominator == 1 and rule.bound == "at_least")


def congress_of(seat, unit):
    return seat(unit, Body.Kind.CONGRESS, ["2"] * 5, post="delegate")


def said(body):
    return "".join(one.text for one in findings_of(body))


def test_four_months_are_too_long_in_a_village_and_not_in_a_community(
    seat, donghu, street
):
    about = {"parent": street, "name": "后垟村", "rule_profile": "village"}
    village = make_org_unit("village", **about)
    told = {}
    for unit in (village, donghu):
        body = congress_of(seat, unit)
        body.meetings.all().delete()
        hold(body, add_months(TODAY, -4))
        told[unit] = said(body)
    assert "每3个月要开一次" in told[village]
    assert "《村民委员会组织法》第三十条第一款" in told[village]
    assert "上次会议" not in told[donghu]


def test_a_meeting_without_quorum_does_not_count_as_held(seat, donghu):
    body = congress_of(seat, donghu)
    body.meetings.update(is_valid=False)
    assert "还没有登记过会议" in said(body)
    hold(body, TODAY - timedelta(days=200))
    assert "上次会议" in said(body)
