"""The gates of a recruitment: what must be there before one opens (程序关, F018).

A gate does not open without the paper, or the statement, that proves the stage before
it. It must have been put in during that stage: a stage that is gone through again for
a substitute is proved again.
"""

from collections.abc import Callable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Applicant, Recruitment, Stage, Step
from governance.ranking import next_up, passed_interview, tied_at
from toolkit import clocks, formats
from toolkit.deadlines import Deadline

# What proves each stage.
PROOFS = {
    Stage.DRAFT: gettext_lazy("招聘方案的批准文件"),
    Stage.ANNOUNCED: gettext_lazy("发布的招聘公告"),
    Stage.REGISTRATION: gettext_lazy("报名汇总表"),
    Stage.ELIGIBILITY: gettext_lazy("资格审查意见"),
    Stage.WRITTEN: gettext_lazy("笔试成绩确认表"),
    Stage.INTERVIEW: gettext_lazy("面试成绩确认表"),
    Stage.MEDICAL: gettext_lazy("体检结论"),
    Stage.VETTING: gettext_lazy("考察意见"),
    Stage.PUBLICITY: gettext_lazy("公示结果（有无异议）"),
}
DISPLAY = "T26"


def gate(*guards: Callable) -> Callable:
    """Return one guard that asks for the proof of the stage, then all the others."""

    def guard(recruitment: Recruitment, by) -> str:
        for one in (why_unproved, *guards):
            if refusal := one(recruitment):
                return refusal
        return ""

    return guard


def proofs_of(recruitment: Recruitment):
    """Return what was put in for the stage in which the recruitment is."""
    rows = recruitment.documents.kept().filter(stage=recruitment.status)
    return rows.filter(added_at__gte=recruitment.status_since)


def why_unproved(recruitment: Recruitment) -> str:
    if proofs_of(recruitment).exists():
        return ""
    told = {"proof": PROOFS[Stage(recruitment.status)]}
    return _("请先添加“%(proof)s”（文件或情况说明），才能进入下一环节。") % told


def count_of(recruitment: Recruitment, *steps: Step) -> int:
    return recruitment.applicants.filter(status__in=steps).count()


def why_nobody(recruitment: Recruitment) -> str:
    return "" if recruitment.applicants.exists() else _("还没有人报名。")


def why_still_open(recruitment: Recruitment) -> str:
    """Return that registration still runs: nobody may be shut out before its end."""
    if recruitment.closes_on < timezone.localdate():
        return ""
    day = formats.cn_date(recruitment.closes_on)
    return _("报名到%(day)s才截止。") % {"day": day}


def why_undecided(recruitment: Recruitment) -> str:
    left = count_of(recruitment, Step.REGISTERED)
    if left:
        return _("还有%(count)d人没有资格审查结论。") % {"count": left}
    if not count_of(recruitment, Step.ELIGIBLE):
        return _("没有资格合格的人，请终止招聘。")
    return ""


def why_unmarked(step: Step, name: str) -> Callable:
    """Return the guard that asks for a mark of everybody in the round."""

    def guard(recruitment: Recruitment) -> str:
        rows = recruitment.applicants.filter(status=step)
        left = rows.filter(**{name: None}).count()
        words = _("还有%(count)d人没有成绩；缺考的登记0分，或办理放弃。")
        return words % {"count": left} if left else ""

    return guard


def why_tied(recruitment: Recruitment) -> str:
    """Return that two stand level at the last post, and the rule does not part them."""
    rows = recruitment.applicants.filter(status=Step.INTERVIEWED)
    ordered = passed_interview(recruitment, rows.select_related("recruitment"))
    tied = tied_at(ordered, recruitment.quota)
    words = _("%(names)s成绩相同，争最后一个名额，请先登记加试成绩。")
    return words % {"names": formats.listed(tied)} if tied else ""


def why_pending(*steps: Step) -> Callable:
    """Return the guard that waits for everybody in one of the steps."""

    def guard(recruitment: Recruitment) -> str:
        left = count_of(recruitment, *steps)
        labels = formats.listed(step.label for step in steps)
        told = {"count": left, "steps": labels}
        return _("还有%(count)d人处在“%(steps)s”。") % told if left else ""

    return guard


def why_vacant(recruitment: Recruitment) -> str:
    """Return that a post is free while somebody waits for it."""
    free = recruitment.quota - recruitment.applicants.in_place().count()
    waiting = next_up(recruitment.applicants.select_related("recruitment"))
    if free <= 0 or not waiting:
        return ""
    told = {"count": free, "name": formats.listed(waiting)}
    return _("空缺%(count)d个名额，请先递补%(name)s，或登记其放弃。") % told


def why_nobody_proposed(recruitment: Recruitment) -> str:
    if count_of(recruitment, Step.PROPOSED):
        return ""
    return _("没有拟聘用的人，请终止招聘。")


def why_not_resume(recruitment: Recruitment, by) -> str:
    """Return why no substitute can be called after the appointment."""
    if recruitment.applicants.in_place().count() >= recruitment.quota:
        return _("名额没有空缺，不能递补。")
    waiting = next_up(recruitment.applicants.select_related("recruitment"))
    return "" if waiting else _("没有候补人员，请另行招聘。")


def shown_on(applicant: Applicant) -> date | None:
    """Return the day on which the public first saw a proposed applicant."""
    first = applicant.recruitment.shown_since
    proposed = timezone.localdate(applicant.status_since)
    return max(first, proposed) if first else None


def display_of(recruitment: Recruitment) -> Deadline | None:
    """Return the display of those proposed, of the last of them; None before it."""
    rows = recruitment.applicants.filter(status=Step.PROPOSED)
    days = [shown_on(one) for one in rows.select_related("recruitment")]
    if recruitment.status != Stage.PUBLICITY or not days:
        return None
    limit = clocks.limit(DISPLAY, profile=recruitment.org_unit.rule_profile)
    return clocks.run(limit, max(days))


def why_too_early(recruitment: Recruitment) -> str:
    """Return until when the proposed people must be shown."""
    display = display_of(recruitment)
    if display is None or timezone.localdate() > display.due_on:
        return ""
    return _("公示期未满。%(why)s") % {"why": display.why}
