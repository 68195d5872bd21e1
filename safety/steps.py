"""Which states may follow which on the roll, as one table.

It is no `Workflow`: the steps of one leave lines in the history, and the history cannot
be destroyed. What phones tell later is a fact and not asked; it is put where its moment
belongs.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from safety.models.roll_calls import RollCall, RollCallEvent, State

# In the order of the buttons.
TOLD = (State.CALLED, State.MOVED, State.REFUSED, State.HELP, State.RETURNED)
NEXT = {
    State.WAITING: {State.CALLED, State.MOVED, State.REFUSED, State.HELP},
    State.CALLED: {State.MOVED, State.REFUSED, State.HELP},
    State.REFUSED: {State.CALLED, State.MOVED, State.HELP},
    State.HELP: {State.CALLED, State.MOVED, State.REFUSED},
    # Whoever was moved comes back, or is in need where he is.
    State.MOVED: {State.RETURNED, State.HELP},
    # A second storm moves people a second time.
    State.RETURNED: {State.CALLED, State.MOVED, State.REFUSED, State.HELP},
}


def may_follow(before: str, state: str) -> bool:
    """Answer whether a state may follow; the same once more adds a note or shelter."""
    return state in TOLD and (state == before or state in NEXT[before])


def contradicted_by_last(events: Sequence[RollCallEvent]) -> list[RollCallEvent]:
    """Return what others told that does not agree with what was told last.

    The events of a line that count, in the order of their moments. The last one counts
    for the state all the same. Told by somebody who could not know better: what another
    told arrived only after his moment, or his state cannot follow it. Whoever tells
    again, knowing both, settles it.
    """
    if not events:
        return []
    *earlier, last = events
    others = [
        one for one in earlier if one.by_id != last.by_id and one.state != last.state
    ]
    return [
        one
        for one in others
        if one.created_at > last.happened_at
        or (one is earlier[-1] and not may_follow(one.state, last.state))
    ]


def refuse_step(line: RollCall, state: str) -> None:
    """Raise ValidationError for a state that cannot follow the one of the line."""
    if not may_follow(line.state, state):
        words = _("现在是“%(now)s”，不能直接登记。按错了请先撤回。")
        raise ValidationError(words % {"now": line.get_state_display()})
