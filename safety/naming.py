"""The tones of states, and figures in words, wherever an emergency is shown."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety.board import Tally
from safety.models import State
from toolkit import formats
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
