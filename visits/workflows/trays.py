"""The life of a visit that a phone handed in and no rule could decide of."""

from django.utils.translation import gettext_lazy as _

from toolkit.workflow import Transition, Workflow, register
from visits.actions.trays import correct_stored, store_visit
from visits.models import HandedIn
from visits.trays import why_not

Status = HandedIn.Status
WAITING = (Status.WAITING,)
WHY = _("为什么这样定")


@register
class HandedInWorkflow(Workflow):
    model = HandedIn
    begins = WAITING
    transitions = (
        # Where another visit is stored under the number.
        Transition(
            "keep_stored",
            _("不改，保留已登记的"),
            WAITING,
            Status.SET_ASIDE,
            needs_note=True,
            note_label=WHY,
        ),
        Transition(
            "take_sent",
            _("按手机上的更正"),
            WAITING,
            Status.TAKEN,
            needs_note=True,
            note_label=WHY,
            effects=(correct_stored,),
        ),
        Transition(
            "count_both",
            _("两份都算（两次走访）"),
            WAITING,
            Status.TAKEN,
            effects=(store_visit,),
        ),
        # Where none is.
        Transition(
            "store",
            _("登记为走访"),
            WAITING,
            Status.TAKEN,
            is_primary=True,
            effects=(store_visit,),
        ),
        Transition(
            "leave_out",
            _("不登记，只留底"),
            WAITING,
            Status.SET_ASIDE,
            needs_note=True,
            note_label=WHY,
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why a step does not fit what was handed in, or its decider."""
        return why_not(case, step.name, by)
