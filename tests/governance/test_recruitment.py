"""The gates of a recruitment, one after the other, and the substitutes (F018, F020)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.gates import display_of
from governance.models import (
    PATH,
    Applicant,
    Document,
    Recruitment,
    Stage,
    Step,
    Worker,
)
from governance.workflows import ApplicantWorkflow, RecruitmentWorkflow
from tests.factories import make_applicant, make_document, make_recruitment
from tests.governance.conftest import TODAY

ONWARD = [step.name for step in RecruitmentWorkflow.transitions if step.is_primary]
LONG_AGO = timezone.now() - timedelta(days=60)


@pytest.fixture
def at(donghu):
    """Return a recruitment that stands at a stage, its proof put in."""

    def make(stage, *, is_proved=True, **about):
        notice = make_recruitment(donghu, status=stage, status_since=LONG_AGO, **about)
        if is_proved:
            make_document(donghu, recruitment=notice, stage=stage)
        return notice

    return make


@pytest.fixture
def join(donghu):
    def make(notice, status, written=None, interview=None, **about):
        return make_applicant(
            donghu,
            recruitment=notice,
            status=status,
            written=written,
            interview=interview,
            **about,
        )

    return make


def open_gate(notice, by=None):
    """Open the gate that leads on from where the recruitment stands."""
    name = ONWARD[PATH.index(Stage(notice.status))]
    return RecruitmentWorkflow.apply(notice, name, by=by)


def refusal_of(notice):
    with pytest.raises(ValidationError) as refusal:
        open_gate(notice)
    return refusal.value.messages[0]


def steps_of(notice):
    return list(notice.applicants.order_by("pk").values_list("status", flat=True))


@pytest.mark.parametrize("stage", PATH[:-1])
def test_no_gate_opens_without_its_proof(at, stage):
    notice = at(stage, is_proved=False)
    assert "请先添加" in refusal_of(notice)
    assert Recruitment.objects.get().status == stage


def test_a_proof_that_was_taken_off_proves_nothing(at):
    notice = at(Stage.DRAFT)
    Document.objects.update(removed_at=timezone.now())
    assert "请先添加" in refusal_of(notice)


@pytest.mark.parametrize(
    ("about", "age"), [({"stage": "announced"}, 0), ({}, 90)], ids=["other", "before"]
)
def test_the_proof_of_another_stage_or_time_does_not_count(at, about, age):
    notice = at(Stage.DRAFT)
    added = timezone.now() - timedelta(days=age)
    Document.objects.update(added_at=added, **about)
    assert "请先添加" in refusal_of(notice)


def test_the_first_gates_open_with_their_proof(at):
    assert open_gate(at(Stage.DRAFT)).status == Stage.ANNOUNCED
    assert open_gate(at(Stage.ANNOUNCED)).status == Stage.REGISTRATION


def test_registration_ends_on_its_day_and_not_without_applicants(at, join):
    yesterday = TODAY - timedelta(days=1)
    assert "还没有人报名" in refusal_of(at(Stage.REGISTRATION, closes_on=yesterday))
    notice = at(Stage.REGISTRATION, closes_on=TODAY)
    join(notice, Step.REGISTERED)
    assert "才截止" in refusal_of(notice)
    Recruitment.objects.update(closes_on=yesterday)
    assert open_gate(notice).status == Stage.ELIGIBILITY


def test_the_test_waits_for_every_decision_on_eligibility(at, join):
    notice = at(Stage.ELIGIBILITY)
    one = join(notice, Step.REGISTERED)
    assert "还有1人" in refusal_of(notice)
    ApplicantWorkflow.apply(one, "find_ineligible", note="学历不符")
    assert "没有资格合格的人" in refusal_of(notice)
    join(notice, Step.ELIGIBLE)
    assert open_gate(notice).status == Stage.WRITTEN


def test_nobody_is_found_eligible_against_the_conditions(at, join):
    one = join(at(Stage.ELIGIBILITY), Step.REGISTERED, education="70")
    with pytest.raises(ValidationError, match="要求大专以上"):
        ApplicantWorkflow.apply(one, "find_eligible")
    Applicant.objects.update(education="30")
    assert ApplicantWorkflow.apply(one, "find_eligible").status == Step.ELIGIBLE


def test_after_the_written_test_the_best_are_asked(at, join):
    notice = at(Stage.WRITTEN, ratio=2)
    unmarked = join(notice, Step.ELIGIBLE)
    join(notice, Step.ELIGIBLE, 80)
    join(notice, Step.ELIGIBLE, 70)
    join(notice, Step.WITHDRAWN)
    assert "还有1人没有成绩" in refusal_of(notice)
    Applicant.objects.filter(pk=unmarked.pk).update(written=0)
    open_gate(notice)
    asked = Step.INTERVIEWED
    assert steps_of(notice) == [Step.FAILED, asked, asked, Step.WITHDRAWN]


def test_after_the_interview_as_many_go_on_as_there_are_posts(at, join):
    notice = at(Stage.INTERVIEW, quota=2)
    for interview in (70, 90, 59, 80, 75):
        join(notice, Step.INTERVIEWED, 70, interview)
    open_gate(notice)
    goes_on, waits = Step.MEDICAL, Step.WAITING
    assert steps_of(notice) == [waits, goes_on, Step.FAILED, goes_on, waits]


def test_a_tie_for_the_last_post_needs_a_further_test(at, join):
    notice = at(Stage.INTERVIEW)
    first, _second = (join(notice, Step.INTERVIEWED, 70, 80) for _one in range(2))
    assert "加试" in refusal_of(notice)
    Applicant.objects.filter(pk=first.pk).update(extra=60)
    open_gate(notice)
    assert steps_of(notice) == [Step.MEDICAL, Step.WAITING]


def test_vetting_waits_for_the_medical_and_for_substitutes(at, join):
    notice = at(Stage.MEDICAL)
    first = join(notice, Step.MEDICAL, 70, 90)
    second = join(notice, Step.WAITING, 70, 80)
    assert "还有1人处在“进入体检”" in refusal_of(notice)
    ApplicantWorkflow.apply(first, "unfit", note="未达到体检标准")
    assert "请先递补" in refusal_of(notice)
    ApplicantWorkflow.apply(second, "call_up")
    ApplicantWorkflow.apply(second, "healthy")
    assert open_gate(notice).status == Stage.VETTING


def test_a_substitute_comes_by_rank_and_only_into_a_free_place(at, join):
    notice = at(Stage.MEDICAL)
    first = join(notice, Step.MEDICAL, 70, 90)
    last, second = (join(notice, Step.WAITING, 70, mark) for mark in (75, 80))
    with pytest.raises(ValidationError, match="没有空缺"):
        ApplicantWorkflow.apply(second, "call_up")
    ApplicantWorkflow.apply(first, "stand_down", note="本人书面放弃")
    with pytest.raises(ValidationError, match=f"先轮到{second.name}"):
        ApplicantWorkflow.apply(last, "call_up")
    assert ApplicantWorkflow.apply(second, "call_up").status == Step.MEDICAL


def test_of_two_level_substitutes_neither_is_called_untested(at, join):
    notice = at(Stage.VETTING)
    first, _second = (join(notice, Step.WAITING, 70, 80) for _one in range(2))
    with pytest.raises(ValidationError, match="加试"):
        ApplicantWorkflow.apply(first, "call_up")


def test_the_public_notice_waits_for_vetting_and_needs_somebody(at, join):
    notice = at(Stage.VETTING)
    one = join(notice, Step.VETTING, 70, 80)
    assert "还有1人" in refusal_of(notice)
    ApplicantWorkflow.apply(one, "unsuited", note="考察不合格")
    assert "没有拟聘用的人" in refusal_of(notice)


@pytest.fixture
def shown(at, join):
    """Return a recruitment that is shown since so many days, and who is proposed."""

    def make(days, **about):
        since = timezone.now() - timedelta(days=days)
        day = timezone.localdate(since)
        notice = at(Stage.PUBLICITY, shown_since=day, **about)
        one = join(notice, Step.PROPOSED, 70, 80, status_since=since)
        return notice, one

    return make


def test_who_is_proposed_is_shown_from_the_gate_on(at, join):
    notice = at(Stage.VETTING)
    join(notice, Step.PROPOSED, 70, 80)
    assert not Recruitment.objects.published().exists()
    open_gate(notice)
    assert Recruitment.objects.published().get().shown_since == TODAY


def test_nobody_is_appointed_before_the_display_is_over(shown):
    notice, _one = shown(3)
    assert "5个工作日" in refusal_of(notice)
    last = display_of(notice).due_on
    assert last > TODAY


def test_after_the_display_a_proposed_person_becomes_a_worker(shown, donghu):
    notice, one = shown(30)
    open_gate(notice)
    one.refresh_from_db()
    assert one.status == Step.APPOINTED
    worker = Worker.objects.get()
    assert one.worker == worker
    assert (worker.name, worker.route, worker.org_unit) == (one.name, "exam", donghu)
    assert (worker.birth_year, worker.employed_on) == (1995, TODAY)


def test_a_substitute_is_shown_as_long_as_the_first(shown, join):
    notice, _one = shown(30, quota=2)
    second = join(notice, Step.WAITING, 70, 79)
    assert "请先递补" in refusal_of(notice)
    for step in ("call_up", "healthy", "vetted"):
        ApplicantWorkflow.apply(second, step)
    assert "公示期未满" in refusal_of(notice)


def test_an_objection_that_holds_ends_the_proposal(shown):
    notice, one = shown(30)
    with pytest.raises(ValidationError, match="异议"):
        ApplicantWorkflow.apply(one, "objected")
    ApplicantWorkflow.apply(one, "objected", note="查实隐瞒处分")
    assert "没有拟聘用的人" in refusal_of(notice)


def test_who_withdraws_after_the_appointment_is_followed_by_the_next(shown, join):
    notice, one = shown(30)
    second = join(notice, Step.WAITING, 70, 79)
    notice = open_gate(notice)
    with pytest.raises(ValidationError, match="没有空缺"):
        RecruitmentWorkflow.apply(notice, "call_substitutes", note="补缺")
    ApplicantWorkflow.apply(one, "stand_down", note="另有工作")
    assert Worker.objects.get().left_on == TODAY
    notice = RecruitmentWorkflow.apply(notice, "call_substitutes", note="补缺")
    assert notice.status == Stage.MEDICAL
    assert ApplicantWorkflow.apply(second, "call_up").status == Step.MEDICAL
    # What proved the round before does not prove this one.
    ApplicantWorkflow.apply(second, "healthy")
    assert "请先添加" in refusal_of(notice)


def test_without_anybody_waiting_no_substitute_is_called(shown):
    notice, one = shown(30)
    notice = open_gate(notice)
    ApplicantWorkflow.apply(one, "stand_down", note="另有工作")
    with pytest.raises(ValidationError, match="没有候补"):
        RecruitmentWorkflow.apply(notice, "call_substitutes", note="补缺")


@pytest.mark.parametrize(
    ("step", "came_from", "stage"),
    [
        ("find_eligible", Step.REGISTERED, Stage.REGISTRATION),
        ("find_ineligible", Step.REGISTERED, Stage.WRITTEN),
        ("call_up", Step.WAITING, Stage.APPOINTED),
        ("healthy", Step.MEDICAL, Stage.CANCELLED),
        ("unfit", Step.MEDICAL, Stage.INTERVIEW),
        ("vetted", Step.VETTING, Stage.MEDICAL),
        ("unsuited", Step.VETTING, Stage.MEDICAL),
        ("objected", Step.PROPOSED, Stage.VETTING),
    ],
)
def test_a_step_of_a_applicant_has_its_stage(at, join, step, came_from, stage):
    one = join(at(stage), came_from, 70, 80)
    with pytest.raises(ValidationError, match="现在不能办这一步"):
        ApplicantWorkflow.apply(one, step, note="说明")


@pytest.mark.parametrize("step", ["invite", "drop", "shortlist", "wait", "appoint"])
def test_nobody_takes_by_hand_what_a_gate_does_for_all(at, join, mei, step):
    source = ApplicantWorkflow.by_name[step].sources[0]
    one = join(at(Stage.INTERVIEW), source, 70, 80)
    assert step not in [s.name for s in ApplicantWorkflow.available(one, mei)]
    with pytest.raises(ValidationError, match="统一办理"):
        ApplicantWorkflow.apply(one, step, by=mei)


def test_the_public_sees_nothing_of_a_recruitment_long_over(shown):
    notice, _one = shown(30)
    open_gate(notice)
    assert Recruitment.objects.published().exists()
    later = timezone.now() + timedelta(days=31)
    assert not Recruitment.objects.published(later).exists()
