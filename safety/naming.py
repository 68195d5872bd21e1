"""The tones of states, and figures in words, wherever an emergency is shown."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety.board import Tally
from safety.models import Emergency, State
from toolkit import formats
from toolkit.deadlines import Deadline
from toolkit.marks import bracketed

TONES = {
    State.WAITING: "wait",
    State.CALLED: "open",
    State.MOVED: "done",
    State.REFUSED: "bad",
    State.HELP: "bad",
    State.RETURNED: "done",
}


def state_tone(state: str) -> str:
    """Return the tone of the chip of a state."""
    return TONES[State(state)]


def state_chip(state: str):
    """Return the chip of a state."""
    return formats.state(str(State(state).label), state_tone(state))


def why_to_close(deadline: Deadline) -> str:
    """Return why an emergency that stays open should be looked at, with the article."""
    asked = _("威胁和危害已经得到控制或者消除的，请结束响应，停止应急措施。")
    return formats.sentences([asked, deadline.why])


def asked_to_close(emergency: Emergency, user, now: datetime) -> str:
    """Return the reminder for who may close an emergency that is open long, or ""."""
    deadline = emergency.reminder
    if deadline is None or now < deadline.due_at:
        return ""
    may_close = user.has_perm("safety.change_emergency", emergency)
    return why_to_close(deadline) if may_close else ""


def drilled_words(people: int) -> str:
    """Return 演练 1 人, "" of none: whom an exercise has sent to a shelter."""
    words = ngettext("演练 %(count)s 人", "演练 %(count)s 人", people)
    return words % {"count": formats.count(people)} if people else ""


def reached_words(tally: Tally) -> str:
    """Return 共 120 人，已联系 80 人（66%）."""
    if not tally.total:
        return _("名单上没有人")
    people = ngettext("共 %(count)s 人", "共 %(count)s 人", tally.total)
    reached = ngettext("已联系 %(count)s 人", "已联系 %(count)s 人", tally.reached)
    told = reached % {"count": formats.count(tally.reached)}
    return formats.phrased(
        [
            people % {"count": formats.count(tally.total)},
            told + bracketed(f"{tally.percent}%"),
        ]
    )
