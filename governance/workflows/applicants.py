"""How a applicant comes through a recruitment, or drops out of it."""

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance.actions import employ
from governance.conditions import unmet
from governance.models import Applicant, Stage, Step, Worker
from governance.ranking import next_up
from toolkit import formats
from toolkit.history import remember
from toolkit.workflow import Transition, Workflow, register

FROM_MEDICAL = (Stage.MEDICAL, Stage.VETTING, Stage.PUBLICITY)
FROM_VETTING = (Stage.VETTING, Stage.PUBLICITY)
# Taken by a gate of the recruitment for everybody at once.
BY_GATE = ("invite", "drop", "shortlist", "wait", "appoint")


def only_in(*stages: Stage):
    """Return the guard that forbids a step in any other stage of the recruitment."""

    def guard(applicant, by) -> str:
        notice = applicant.recruitment
        if notice.status in stages:
            return ""
        told = {"stage": notice.get_status_display()}
        return _gettext("招聘处在“%(stage)s”环节，现在不能办这一步。") % told

    return guard


def why_not_accept(applicant, by) -> str:
    """Return the condition that is not met, "" if all are (条件关, F018)."""
    if refusal := only_in(Stage.ELIGIBILITY)(applicant, by):
        return refusal
    told = formats.sentences(f"{one.label}：{one.text}" for one in unmet(applicant))
    return _gettext("不符合报考条件。%(why)s") % {"why": told} if told else ""


def why_not_call_up(applicant, by) -> str:
    """Return why it is not this applicant's turn to take a place that became free."""
    if refusal := only_in(*FROM_MEDICAL)(applicant, by):
        return refusal
    notice = applicant.recruitment
    if notice.applicants.in_place().count() >= notice.quota:
        return _gettext("名额没有空缺，不能递补。")
    first = next_up(notice.applicants.select_related("recruitment"))
    if applicant not in first:
        told = {"name": formats.listed(first)}
        return _gettext("递补按总成绩排名，先轮到%(name)s。") % told
    if len(first) > 1:
        told = {"names": formats.listed(first)}
        return _gettext("%(names)s成绩相同，请先登记加试成绩。") % told
    return ""


def leave_post(applicant, by) -> None:
    """Effect of withdrawing: who was employed already leaves his post."""
    today = timezone.localdate()
    rows = Worker.objects.filter(pk=applicant.worker_id, left_on=None)
    if rows.update(left_on=today):
        note = _gettext("聘用后放弃")
        remember(applicant.worker, "closed", _gettext("离岗"), by=by, note=note)


@register
class ApplicantWorkflow(Workflow):
    model = Applicant
    transitions = (
        Transition(
            "find_eligible",
            _("资格合格"),
            (Step.REGISTERED,),
            Step.ELIGIBLE,
            is_primary=True,
            guard=why_not_accept,
        ),
        Transition(
            "find_ineligible",
            _("资格不合格"),
            (Step.REGISTERED,),
            Step.FAILED,
            needs_note=True,
            note_label=_("哪一条不符合"),
            guard=only_in(Stage.ELIGIBILITY),
        ),
        Transition("invite", _("进入面试"), (Step.ELIGIBLE,), Step.INTERVIEWED),
        Transition(
            "drop", _("未进入下一轮"), (Step.ELIGIBLE, Step.INTERVIEWED), Step.FAILED
        ),
        Transition("shortlist", _("进入体检"), (Step.INTERVIEWED,), Step.MEDICAL),
        Transition("wait", _("列为候补"), (Step.INTERVIEWED,), Step.WAITING),
        Transition(
            "call_up",
            _("递补"),
            (Step.WAITING,),
            Step.MEDICAL,
            is_primary=True,
            guard=why_not_call_up,
        ),
        Transition(
            "healthy",
            _("体检合格"),
            (Step.MEDICAL,),
            Step.VETTING,
            is_primary=True,
            guard=only_in(*FROM_MEDICAL),
        ),
        Transition(
            "unfit",
            _("体检不合格"),
            (Step.MEDICAL,),
            Step.FAILED,
            needs_note=True,
            note_label=_("体检结论（写依据，不写病名）"),
            guard=only_in(*FROM_MEDICAL),
        ),
        Transition(
            "vetted",
            _("考察合格"),
            (Step.VETTING,),
            Step.PROPOSED,
            is_primary=True,
            guard=only_in(*FROM_VETTING),
        ),
        Transition(
            "unsuited",
            _("考察不合格"),
            (Step.VETTING,),
            Step.FAILED,
            needs_note=True,
            note_label=_("考察结论"),
            guard=only_in(*FROM_VETTING),
        ),
        Transition(
            "objected",
            _("异议成立"),
            (Step.PROPOSED,),
            Step.FAILED,
            needs_note=True,
            note_label=_("异议和核查结论"),
            guard=only_in(Stage.PUBLICITY),
        ),
        Transition(
            "appoint", _("聘用"), (Step.PROPOSED,), Step.APPOINTED, effects=(employ,)
        ),
        Transition(
            "stand_down",
            _("放弃"),
            (
                Step.REGISTERED,
                Step.ELIGIBLE,
                Step.INTERVIEWED,
                Step.WAITING,
                Step.MEDICAL,
                Step.VETTING,
                Step.PROPOSED,
                Step.APPOINTED,
            ),
            Step.WITHDRAWN,
            needs_note=True,
            note_label=_("放弃的书面说明"),
            effects=(leave_post,),
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why a person does not take the steps that a gate takes for all."""
        return _gettext("这一步由招聘的环节统一办理。") if step.name in BY_GATE else ""
