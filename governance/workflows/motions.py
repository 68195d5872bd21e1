"""The life of a motion: tabled, voted on, counted, published, carried out."""

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance import law
from governance.meeting_actions import open_box
from governance.meeting_results import quorum_of, support_of
from governance.models import Meeting, Motion
from toolkit.workflow import Transition, Workflow, register

Status = Motion.Status


def why_not_vote(motion: Motion, by) -> str:
    """Return why the vote cannot begin, "" if it can."""
    meeting = motion.meeting
    if not meeting.is_open:
        return _gettext("会议开始以后、散会以前才能表决。")
    support = support_of(motion)
    if support is not None and not support.is_met:
        return support.sentence
    if motion.is_major and not motion.discussed_on:
        words = _gettext("重要事项要先由党组织研究讨论，请填写讨论日期。")
        return words + law.cited("party-first", meeting.unit)
    return ""


def quorum_now(motion: Motion, by) -> str:
    return quorum_of(motion.meeting).sentence


def why_not_publish(motion: Motion, by) -> str:
    """Return why a result is not public yet: the meeting, or nobody who acts."""
    meeting = motion.meeting
    if meeting.status != Meeting.Status.CLOSED:
        return _gettext("散会以后才能公布。")
    if not meeting.is_valid:
        return _gettext("会议无效，不能公布。") + meeting.finding
    if motion.has_passed and not (motion.owner and motion.due_on):
        return _gettext("议案已通过，请先填责任人和完成期限。")
    return ""


def finish(motion: Motion, by) -> None:
    """Effect of carrying out: the day on which it was done."""
    motion.done_on = timezone.localdate()
    motion.save(update_fields=["done_on"])


@register
class MotionWorkflow(Workflow):
    model = Motion
    transitions = (
        Transition(
            "put",
            _("开始表决"),
            (Status.TABLED,),
            Status.VOTING,
            is_primary=True,
            warning=quorum_now,
            guard=why_not_vote,
            effects=(open_box,),
        ),
        Transition(
            "withdraw",
            _("撤回议案"),
            (Status.TABLED,),
            Status.WITHDRAWN,
            needs_note=True,
        ),
        Transition("count", _("计票"), (Status.VOTING,), Status.COUNTED),
        Transition(
            "publish",
            _("公布结果"),
            (Status.COUNTED,),
            Status.PUBLISHED,
            is_primary=True,
            guard=why_not_publish,
        ),
        Transition(
            "follow",
            _("登记进展"),
            (Status.PUBLISHED,),
            Status.PUBLISHED,
            needs_note=True,
            note_label=_("落实进展"),
        ),
        Transition(
            "finish",
            _("落实办结"),
            (Status.PUBLISHED,),
            Status.DONE,
            needs_note=True,
            note_label=_("落实情况"),
            is_primary=True,
            effects=(finish,),
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why a step is not to be taken before the count, or with its result."""
        if step.name == "count" and (case.poll is None or case.poll.is_open):
            return _gettext("请在计票页填写票数。")
        if step.name == "publish" and case.outcome == Motion.Outcome.INVALID:
            return _gettext("表决无效，不能公布。") + case.finding
        if step.name in ("follow", "finish") and not case.has_passed:
            return _gettext("议案没有通过，不用落实。")
        return ""
