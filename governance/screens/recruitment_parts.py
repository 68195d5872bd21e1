"""The parts of the page of a recruitment: its gate, and who stands where."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.conditions import Condition
from governance.gates import PROOFS, proofs_of
from governance.models import PATH, Applicant, Recruitment, Stage, Step
from governance.ranking import passed_interview, written_places
from toolkit import formats
from toolkit.workflow import workflow_of

# How a state of a applicant is coloured; most are on their way.
STEP_TONES = {
    Step.PROPOSED: "wait",
    Step.WAITING: "wait",
    Step.APPOINTED: "done",
    Step.FAILED: "bad",
    Step.WITHDRAWN: "draft",
}


def path_of(recruitment: Recruitment) -> list[dict]:
    """Return every stage, which are done and which one it is in."""
    stages = list(PATH)
    if recruitment.status not in stages:
        stages.append(Stage.CANCELLED)
    here = stages.index(Stage(recruitment.status))
    is_cancelled = recruitment.status == Stage.CANCELLED
    return [
        {
            "label": stage.label,
            "is_done": index < here and not is_cancelled,
            "is_here": index == here,
        }
        for index, stage in enumerate(stages)
    ]


def gate_section(recruitment: Recruitment) -> dict | None:
    """Return what the next gate asks for, and whether it is there."""
    if recruitment.is_over:
        return None
    stage = Stage(recruitment.status)
    [step] = [
        one
        for one in workflow_of(Recruitment).transitions
        if one.is_primary and stage in one.sources
    ]
    is_proved = proofs_of(recruitment).exists()
    refusal = step.guard(recruitment, None)
    lines = [
        {"is_met": is_proved, "label": PROOFS[stage], "text": proof_words(is_proved)}
    ]
    if is_proved:
        label = _("办理条件")
        text = refusal or _("都已办完，可以进入下一环节。")
        lines.append({"is_met": not refusal, "label": label, "text": text})
    return {
        "title": _("下一关：%(step)s") % {"step": step.label},
        "template": "governance/_conditions.html",
        "context": {"lines": lines},
    }


def proof_words(is_proved: bool) -> str:
    if is_proved:
        return _("已有文件或情况说明。")
    return _("还没有，请在“文件材料”里添加文件或情况说明。")


def conditions_section(conditions: list[Condition]) -> dict:
    """Return how a applicant stands to each condition of eligibility."""
    return {
        "title": _("报考条件"),
        "template": "governance/_conditions.html",
        "context": {"lines": conditions},
    }


def applicants_section(recruitment: Recruitment, user) -> dict | None:
    """Return everybody who registered, in the order of the last round."""
    if not user.has_perm("governance.view_applicant", recruitment):
        return None
    rows = recruitment.applicants.select_related("recruitment").order_by("number")
    everybody = list(rows)
    if not everybody:
        return None
    url = f"{reverse('governance:applicant-list')}?recruitment={recruitment.pk}"
    return {
        "title": _("应聘人员"),
        "note": _("%(count)d 人") % {"count": len(everybody)},
        "url": url,
        "url_label": _("名单和导出"),
        "template": "governance/_applicants.html",
        "context": {"lines": list(lines_of(everybody))},
    }


def lines_of(everybody: list[Applicant]) -> Iterator[dict]:
    """Yield a line for each applicant with his place in both rounds, the best first.

    Who dropped out afterwards keeps the place that he reached.
    """
    written = {one.applicant.pk: one.number for one in written_places(everybody)}
    marked = passed_interview(everybody[0].recruitment, everybody)
    total = {one.applicant.pk: one.number for one in marked}
    last = len(everybody) + 1
    everybody.sort(
        key=lambda one: (total.get(one.pk, last), written.get(one.pk, last), one.number)
    )
    for one in everybody:
        yield {
            "written_place": written.get(one.pk, ""),
            "total_place": total.get(one.pk, ""),
            "number": one.number,
            "name": one.name,
            "url": one.get_absolute_url(),
            "education": one.get_education_display(),
            "bonus": one.bonus or "",
            "written": shown(one.written_result),
            "interview": shown(one.interview),
            "total": shown(one.total),
            "state": formats.state(
                one.get_status_display(), STEP_TONES.get(one.status, "open")
            ),
        }


def shown(mark) -> str:
    return "" if mark is None else f"{mark:.2f}"
