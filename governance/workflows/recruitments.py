"""The way of a recruitment through its gates (F018, F020)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.gates import (
    gate,
    why_nobody,
    why_nobody_proposed,
    why_not_resume,
    why_pending,
    why_still_open,
    why_tied,
    why_too_early,
    why_undecided,
    why_unmarked,
    why_vacant,
)
from governance.models import PATH, Recruitment, Stage, Step
from governance.ranking import asked_to_interview, passed_interview
from governance.workflows.applicants import ApplicantWorkflow
from toolkit.workflow import Transition, Workflow, register


def move(recruitment: Recruitment, step: Step, way) -> None:
    """Take with each applicant in a step the transition that `way` names for him."""
    for one in recruitment.applicants.filter(status=step).order_by("number"):
        ApplicantWorkflow.apply(one, way(one))


def ask_to_interview(recruitment: Recruitment, by) -> None:
    """Effect: the best of the written test go on, so many for each post."""
    rows = recruitment.applicants.filter(status=Step.ELIGIBLE)
    asked = asked_to_interview(recruitment, rows.select_related("recruitment"))
    move(
        recruitment, Step.ELIGIBLE, lambda one: "invite" if one.pk in asked else "drop"
    )


def draw_up_shortlist(recruitment: Recruitment, by) -> None:
    """Effect: as many as there are posts go on, the others who passed wait."""
    rows = recruitment.applicants.filter(status=Step.INTERVIEWED)
    ordered = passed_interview(recruitment, rows.select_related("recruitment"))
    names = {
        place.applicant.pk: "shortlist" if index < recruitment.quota else "wait"
        for index, place in enumerate(ordered)
    }
    move(recruitment, Step.INTERVIEWED, lambda one: names.get(one.pk, "drop"))


def show(recruitment: Recruitment, by) -> None:
    """Effect: the public sees from today who is proposed."""
    recruitment.shown_since = timezone.localdate()
    recruitment.save(update_fields=["shown_since"])


def appoint(recruitment: Recruitment, by) -> None:
    """Effect: everybody proposed becomes a worker of the unit."""
    move(recruitment, Step.PROPOSED, lambda one: "appoint")


def onward(name: str, label, source: Stage, *guards, **details) -> Transition:
    """Return the gate that leads from a stage to the one behind it."""
    target = PATH[PATH.index(source) + 1]
    return Transition(
        name, label, (source,), target, is_primary=True, guard=gate(*guards), **details
    )


@register
class RecruitmentWorkflow(Workflow):
    model = Recruitment
    transitions = (
        onward("announce", _("发布公告"), Stage.DRAFT),
        onward("begin_registration", _("开始报名"), Stage.ANNOUNCED),
        onward(
            "end_registration",
            _("截止报名，开始资格审查"),
            Stage.REGISTRATION,
            why_nobody,
            why_still_open,
        ),
        onward("begin_written", _("进入笔试"), Stage.ELIGIBILITY, why_undecided),
        onward(
            "begin_interview",
            _("公布笔试成绩，进入面试"),
            Stage.WRITTEN,
            why_unmarked(Step.ELIGIBLE, "written"),
            effects=(ask_to_interview,),
        ),
        onward(
            "begin_medical",
            _("公布总成绩，进入体检"),
            Stage.INTERVIEW,
            why_unmarked(Step.INTERVIEWED, "interview"),
            why_tied,
            effects=(draw_up_shortlist,),
        ),
        onward(
            "begin_vetting",
            _("进入考察"),
            Stage.MEDICAL,
            why_pending(Step.MEDICAL),
            why_vacant,
        ),
        onward(
            "begin_publicity",
            _("开始公示"),
            Stage.VETTING,
            why_pending(Step.MEDICAL, Step.VETTING),
            why_vacant,
            why_nobody_proposed,
            warning=_("公示后，居民网站显示拟聘用人员的遮挡姓名、报名序号和总成绩。"),
            effects=(show,),
        ),
        onward(
            "conclude",
            _("办理聘用"),
            Stage.PUBLICITY,
            why_pending(Step.MEDICAL, Step.VETTING),
            why_vacant,
            why_nobody_proposed,
            why_too_early,
            effects=(appoint,),
        ),
        Transition(
            "call_substitutes",
            _("启动递补"),
            (Stage.APPOINTED,),
            Stage.MEDICAL,
            needs_note=True,
            note_label=_("递补的原因"),
            guard=why_not_resume,
        ),
        Transition(
            "cancel_recruitment",
            _("终止招聘"),
            PATH[:-1],
            Stage.CANCELLED,
            needs_note=True,
            note_label=_("终止的原因"),
            is_final=True,
        ),
    )
