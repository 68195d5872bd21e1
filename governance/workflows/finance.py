"""The lives of a voucher and of a statement. Both wait for the books of their unit."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from governance.books.guards import (
    why_not_approve,
    why_not_check,
    why_not_close,
    why_not_hand_in,
    why_not_own,
    why_not_publish,
)
from governance.books.publishing import disclose, freeze, sign
from governance.models import Statement, StatementStatus, Voucher, VoucherStatus
from governance.models.finance import lock_books
from toolkit.workflow import Transition, Workflow, register


class InTheBooks(Workflow):
    """A workflow whose steps come one after the other within a unit.

    So a voucher is approved before a period is shut, or refused after it.
    """

    # Steps that the writers of a row leave to another person.
    for_another: tuple[str, ...] = ()
    why_not_own = None

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return why the step is for another person, or ""."""
        return cls.why_not_own(case, by) if step.name in cls.for_another else ""

    @classmethod
    @transaction.atomic
    def apply(cls, case, name: str, *, by=None, note: str = ""):
        """Move the case while nobody else writes in the books of its unit."""
        lock_books(case.org_unit_id)
        return super().apply(case, name, by=by, note=note)


@register
class VoucherWorkflow(InTheBooks):
    model = Voucher
    for_another = ("approve", "return")
    why_not_own = staticmethod(why_not_own)
    transitions = (
        Transition(
            "submit",
            _("提交审批"),
            (VoucherStatus.DRAFT,),
            VoucherStatus.REVIEW,
            is_primary=True,
            guard=why_not_hand_in,
        ),
        Transition(
            "return",
            _("退回修改"),
            (VoucherStatus.REVIEW,),
            VoucherStatus.DRAFT,
            action="approve",
            needs_note=True,
        ),
        Transition(
            "approve",
            _("同意入账"),
            (VoucherStatus.REVIEW,),
            VoucherStatus.APPROVED,
            action="approve",
            is_primary=True,
            guard=why_not_approve,
            effects=(sign,),
        ),
        Transition(
            "drop",
            _("不采用"),
            (VoucherStatus.DRAFT, VoucherStatus.REVIEW),
            VoucherStatus.DROPPED,
            needs_note=True,
            note_label=_("不采用的原因"),
            is_final=True,
        ),
    )


@register
class StatementWorkflow(InTheBooks):
    model = Statement
    for_another = ("publish", "return")
    why_not_own = staticmethod(why_not_check)
    transitions = (
        Transition(
            "submit",
            _("提交审核"),
            (StatementStatus.DRAFT,),
            StatementStatus.REVIEW,
            is_primary=True,
            guard=why_not_close,
        ),
        Transition(
            "return",
            _("退回修改"),
            (StatementStatus.REVIEW,),
            StatementStatus.DRAFT,
            action="publish",
            needs_note=True,
        ),
        Transition(
            "publish",
            _("审核通过并公布"),
            (StatementStatus.REVIEW,),
            StatementStatus.PUBLISHED,
            action="publish",
            is_primary=True,
            guard=why_not_publish,
            warning=_("公布后这一期不能再登记凭证，更正要用新凭证。"),
            effects=(disclose,),
        ),
    )

    @classmethod
    @transaction.atomic
    def apply(cls, case, name: str, *, by=None, note: str = ""):
        """Move the case; before it is published its sums are written down."""
        if name == "publish":
            lock_books(case.org_unit_id)
            case.refresh_from_db()
            if case.status == StatementStatus.REVIEW:
                freeze(case)
        return super().apply(case, name, by=by, note=note)
