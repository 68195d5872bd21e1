"""The life of a notice: written by one person, published by another."""

from django.utils.translation import gettext_lazy as _

from notices.actions import (
    copy_to_draft,
    new_edition,
    seal_as_recorded,
    seal_publication,
)
from notices.guards import (
    why_not_adopt,
    why_not_publish,
    why_not_recall,
    why_not_return,
    why_not_review,
    why_not_submit,
    why_only_commands,
)
from notices.models import Notice, Status
from toolkit.workflow import Transition, Workflow, register

DRAFT, REVIEW = (Status.DRAFT,), (Status.REVIEW,)
# Steps that some people never take with a notice, whatever it says.
NOT_FOR_ALL = {
    "publish": why_not_review,
    "return": why_not_return,
    "recall": why_not_recall,
    "adopt": why_only_commands,
}
PUBLISHED, WITHDRAWN = (Status.PUBLISHED,), (Status.WITHDRAWN,)


@register
class NoticeWorkflow(Workflow):
    model = Notice
    transitions = (
        Transition(
            "submit",
            _("提交审核"),
            DRAFT,
            Status.REVIEW,
            is_primary=True,
            guard=why_not_submit,
        ),
        Transition("recall", _("撤回修改"), REVIEW, Status.DRAFT, guard=why_not_recall),
        Transition(
            "return",
            _("退回修改"),
            REVIEW,
            Status.DRAFT,
            action="publish",
            needs_note=True,
        ),
        Transition(
            "publish",
            _("审核通过并发布"),
            REVIEW,
            Status.PUBLISHED,
            action="publish",
            is_primary=True,
            guard=why_not_publish,
            seal=seal_publication,
        ),
        # Only commands take this step: what was published before the portal was there.
        Transition(
            "adopt",
            _("补录"),
            DRAFT,
            Status.PUBLISHED,
            action="publish",
            guard=why_not_adopt,
            seal=seal_as_recorded,
        ),
        Transition(
            "withdraw",
            _("撤下"),
            PUBLISHED,
            Status.WITHDRAWN,
            action="publish",
            needs_note=True,
            effects=(new_edition,),
        ),
        Transition(
            "copy",
            _("复制为新草稿"),
            PUBLISHED,
            Status.PUBLISHED,
            action="add",
            effects=(copy_to_draft,),
        ),
        Transition(
            "reopen",
            _("另起草稿"),
            WITHDRAWN,
            Status.WITHDRAWN,
            action="add",
            is_primary=True,
            effects=(copy_to_draft,),
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why a step is for the writers of a notice only, or for others."""
        return NOT_FOR_ALL[step.name](case, by) if step.name in NOT_FOR_ALL else ""
