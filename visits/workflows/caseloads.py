"""The lives of a hand-over, which its receiver accepts himself, and of a round."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from toolkit import formats
from toolkit.workflow import Transition, Workflow, register
from visits.actions.handovers import end_substitution, take_over
from visits.actions.rounds import note_end
from visits.guards import (
    why_not_accept,
    why_not_end,
    why_not_giver,
    why_not_offer,
    why_not_party,
    why_not_receiver,
)
from visits.models import ExtraRound, HandOver, RoundStatus
from visits.models import HandOverStatus as Status

# Steps that some people never take with a hand-over, whatever it says.
NOT_FOR_ALL = {
    "offer": why_not_giver,
    "discard": why_not_giver,
    "recall": why_not_giver,
    "revise": why_not_giver,
    "accept": why_not_receiver,
    "decline": why_not_receiver,
    "end-early": why_not_party,
}


def before_closing(extra: ExtraRound, by) -> str:
    """Return how many people are let go unseen when the round is closed."""
    unseen = extra.people.counted().filter(met_on=None).count()
    words = ngettext(
        "结束后不能恢复，没见到的 %(count)s 人不再催。",
        "结束后不能恢复，没见到的 %(count)s 人不再催。",
        unseen,
    )
    return words % {"count": formats.count(unseen)}


@register
class HandOverWorkflow(Workflow):
    model = HandOver
    transitions = (
        Transition(
            "offer",
            _("提出交接"),
            (Status.DRAFT,),
            Status.OFFERED,
            is_primary=True,
            guard=why_not_offer,
        ),
        Transition(
            "accept",
            _("接收"),
            (Status.OFFERED,),
            Status.ACCEPTED,
            is_primary=True,
            guard=why_not_accept,
            effects=(take_over,),
        ),
        Transition(
            "decline", _("退回"), (Status.OFFERED,), Status.DECLINED, needs_note=True
        ),
        Transition("discard", _("作废草稿"), (Status.DRAFT,), Status.DISCARDED),
        Transition("recall", _("撤回"), (Status.OFFERED,), Status.RECALLED),
        Transition(
            "revise", _("改后再提"), (Status.DECLINED, Status.RECALLED), Status.DRAFT
        ),
        Transition(
            "end-early",
            _("提前结束代班"),
            (Status.ACCEPTED,),
            Status.ENDED,
            guard=why_not_end,
            effects=(end_substitution,),
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why a step is for the giver or the receiver only."""
        return NOT_FOR_ALL[step.name](case, by)


@register
class ExtraRoundWorkflow(Workflow):
    """Open from its entry on; closed by hand, or by the clock after its last day."""

    model = ExtraRound
    transitions = (
        Transition(
            "close-round",
            _("结束加访"),
            (RoundStatus.OPEN,),
            RoundStatus.CLOSED,
            warning=before_closing,
            effects=(note_end,),
        ),
    )
