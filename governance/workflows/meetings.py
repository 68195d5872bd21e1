"""The life of a meeting: planned, called, its roll settled, opened, closed."""

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance.meeting_actions import draw_up_roll
from governance.meeting_clocks import why_too_late
from governance.meeting_results import demand_of, quorum_of
from governance.models import Meeting, Motion, Seat
from toolkit.workflow import Transition, Workflow, register

Status = Meeting.Status


def why_not_call(meeting: Meeting, by) -> str:
    """Return why the call cannot go out: too late, or too few demand the meeting."""
    if meeting.starts_at <= timezone.now():
        return _gettext("开会时间已过，请先改期。")
    demand = demand_of(meeting)
    if demand is not None and not demand.is_met:
        return demand.sentence
    return why_too_late(meeting, timezone.localdate())


def call(meeting: Meeting, by) -> None:
    """Effect of the call: from this moment people know."""
    meeting.called_at = timezone.now()
    meeting.save(update_fields=["called_at"])


def take_back(meeting: Meeting, by) -> None:
    """Effect of a change of plan: what was called counts no longer."""
    meeting.called_at = None
    meeting.save(update_fields=["called_at"])
    meeting.seats.all().delete()


def settle_roll(meeting: Meeting, by) -> None:
    """Effect of settling the roll: it stays as it is from now on."""
    draw_up_roll(meeting)


def why_not_open(meeting: Meeting, by) -> str:
    """Return why the meeting cannot be opened, "" if it can."""
    if not meeting.seats.exists():
        return _gettext("名册上没有人，请先登记组织成员，再重定名册。")
    if timezone.localdate() < timezone.localdate(meeting.starts_at):
        return _gettext("还没有到开会的日子。")
    return ""


def how_many_came(meeting: Meeting, by) -> str:
    return quorum_of(meeting).sentence


def why_not_close(meeting: Meeting, by) -> str:
    """Return what is still to be done before the meeting may end."""
    if meeting.motions.filter(status=Motion.Status.VOTING).exists():
        return _gettext("还有议案在表决，请先计票。")
    ticked = meeting.seats.filter(way=Seat.Way.PAPER).count()
    signed = meeting.paper_signatures or 0
    if ticked != signed:
        words = _gettext(
            "纸质签到表填了%(signed)d人，名册上勾选了%(ticked)d人，请核对后再散会。"
        )
        return words % {"signed": signed, "ticked": ticked}
    return ""


def find(meeting: Meeting, by) -> None:
    """Effect of the end: it is found whether enough people came."""
    quorum = quorum_of(meeting)
    meeting.entitled = meeting.seats.count()
    meeting.present = meeting.seats.present().count()
    meeting.is_valid, meeting.finding = quorum.is_met, quorum.sentence
    meeting.save(update_fields=["entitled", "present", "is_valid", "finding"])
    # What the invitations open is over.
    meeting.seats.update(code=None)


@register
class MeetingWorkflow(Workflow):
    model = Meeting
    transitions = (
        Transition(
            "call",
            _("发出会议通知"),
            (Status.DRAFT,),
            Status.CALLED,
            is_primary=True,
            guard=why_not_call,
            effects=(call,),
        ),
        Transition(
            "replan",
            _("改期重发"),
            (Status.CALLED, Status.READY),
            Status.DRAFT,
            needs_note=True,
            note_label=_("改期原因"),
            effects=(take_back,),
        ),
        Transition(
            "settle",
            _("确定名册"),
            (Status.CALLED,),
            Status.READY,
            is_primary=True,
            warning=_("名册按现任成员生成，确定后不再增减，应到人数以此为准。"),
            effects=(settle_roll,),
        ),
        Transition(
            "resettle",
            _("重定名册"),
            (Status.READY,),
            Status.READY,
            needs_note=True,
            note_label=_("重定原因"),
            effects=(settle_roll,),
        ),
        Transition(
            "open",
            _("宣布开会"),
            (Status.READY,),
            Status.OPEN,
            is_primary=True,
            warning=_("开会后名册不能再变，可以签到和表决。"),
            guard=why_not_open,
        ),
        Transition(
            "close",
            _("散会"),
            (Status.OPEN,),
            Status.CLOSED,
            warning=how_many_came,
            guard=why_not_close,
            effects=(find,),
        ),
        Transition(
            "cancel",
            _("取消会议"),
            (Status.DRAFT, Status.CALLED, Status.READY),
            Status.CANCELLED,
            needs_note=True,
            note_label=_("取消原因"),
        ),
    )
