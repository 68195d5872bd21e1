"""The lives of a disclosure, and of what residents ask and complain about it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from governance.disclosing.guards import (
    TAKEN,
    before_withdrawing,
    why_not_correct,
    why_not_publish,
    why_not_recall,
    why_not_review,
    why_not_submit,
    why_only_portal,
)
from governance.disclosing.publishing import (
    copy_to_correct,
    mark_corrected,
    show,
    take_down,
)
from governance.disclosing.replying import accept, give_reply, why_not_reply
from governance.models import (
    Complaint,
    ComplaintStatus,
    Disclosure,
    DisclosureStatus,
    Question,
    QuestionStatus,
)
from toolkit.workflow import Transition, Workflow, register

DRAFT, REVIEW = (DisclosureStatus.DRAFT,), (DisclosureStatus.REVIEW,)
PUBLISHED = (DisclosureStatus.PUBLISHED,)
# Steps that some people never take with a disclosure, whatever it says.
NOT_FOR_ALL = {
    "publish": why_not_review,
    "return": why_not_review,
    "recall": why_not_recall,
    "supersede": why_only_portal,
}


@register
class DisclosureWorkflow(Workflow):
    model = Disclosure
    transitions = (
        Transition(
            "submit",
            _("提交审核"),
            DRAFT,
            DisclosureStatus.REVIEW,
            is_primary=True,
            guard=why_not_submit,
        ),
        Transition("recall", _("撤回修改"), REVIEW, DisclosureStatus.DRAFT),
        Transition(
            "return",
            _("退回修改"),
            REVIEW,
            DisclosureStatus.DRAFT,
            action="publish",
            needs_note=True,
        ),
        Transition(
            "publish",
            _("审核通过并公开"),
            REVIEW,
            DisclosureStatus.PUBLISHED,
            action="publish",
            is_primary=True,
            guard=why_not_publish,
            effects=(show,),
        ),
        Transition(
            "correct",
            _("起草更正"),
            PUBLISHED,
            DisclosureStatus.PUBLISHED,
            guard=why_not_correct,
            effects=(copy_to_correct,),
        ),
        Transition(
            "withdraw",
            _("撤下"),
            PUBLISHED,
            DisclosureStatus.WITHDRAWN,
            action="publish",
            needs_note=True,
            note_label=_("撤下的原因"),
            warning=before_withdrawing,
            effects=(take_down,),
        ),
        # The portal takes this step when the correction is published.
        Transition(
            "supersede",
            _("更正"),
            PUBLISHED,
            DisclosureStatus.CORRECTED,
            action="publish",
            effects=(mark_corrected,),
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why a step is for the writers only, for others, or for nobody."""
        return NOT_FOR_ALL[step.name](case, by) if step.name in NOT_FOR_ALL else ""

    @classmethod
    def apply(cls, case, name: str, *, by=None, note: str = ""):
        """Move the case; of two for one duty, approved at once, one is refused."""
        try:
            with transaction.atomic():
                if name == "publish" and case.corrects_id:
                    cls.make_room(case.corrects)
                return super().apply(case, name, by=by, note=note)
        except IntegrityError as failure:
            raise ValidationError(TAKEN) from failure

    @classmethod
    def make_room(cls, old: Disclosure) -> None:
        """Mark what a correction corrects, before that is published in its place."""
        if old.status == DisclosureStatus.PUBLISHED:
            cls.apply(old, "supersede")


@register
class QuestionWorkflow(Workflow):
    model = Question
    transitions = (
        Transition(
            "answer",
            _("发出答复"),
            (QuestionStatus.ASKED,),
            QuestionStatus.ANSWERED,
            is_primary=True,
            guard=why_not_reply,
            effects=(give_reply,),
        ),
        Transition(
            "decline",
            _("不予答复"),
            (QuestionStatus.ASKED,),
            QuestionStatus.DECLINED,
            guard=why_not_reply,
            warning=_("提问人会看到“答复”栏里写的理由。"),
            effects=(give_reply,),
        ),
    )


@register
class ComplaintWorkflow(Workflow):
    model = Complaint
    transitions = (
        Transition(
            "accept",
            _("受理核实"),
            (ComplaintStatus.RECEIVED,),
            ComplaintStatus.ACCEPTED,
            is_primary=True,
            effects=(accept,),
        ),
        Transition(
            "order",
            _("属实，责令公布"),
            (ComplaintStatus.ACCEPTED,),
            ComplaintStatus.ORDERED,
            is_primary=True,
            guard=why_not_reply,
            effects=(give_reply,),
        ),
        Transition(
            "dismiss",
            _("查明不属实"),
            (ComplaintStatus.ACCEPTED,),
            ComplaintStatus.UNFOUNDED,
            guard=why_not_reply,
            effects=(give_reply,),
        ),
    )
