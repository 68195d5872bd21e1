"""The lives of a recall, a resignation, and the hand-over to a new committee."""

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance import law
from governance.models import Recall, Resignation, TermTransfer
from governance.recalling import (
    called_check,
    end_office,
    has_passed,
    vote_words,
    why_not_accept,
    why_not_decide,
    why_not_dismiss,
    why_not_fail,
    why_not_pass,
)
from toolkit import formats
from toolkit.workflow import Transition, Workflow, register


def before_accepting(recall: Recall, by) -> str:
    return called_check(recall).sentence


def before_deciding(recall: Recall, by) -> str:
    return vote_words(recall)


@register
class RecallWorkflow(Workflow):
    model = Recall
    transitions = (
        Transition(
            "accept",
            _("受理"),
            (Recall.Status.PROPOSED,),
            Recall.Status.ACCEPTED,
            warning=before_accepting,
            is_primary=True,
            guard=why_not_accept,
        ),
        Transition(
            "dismiss",
            _("不予受理"),
            (Recall.Status.PROPOSED,),
            Recall.Status.DISMISSED,
            warning=before_accepting,
            needs_note=True,
            guard=why_not_dismiss,
        ),
        # Whoever is to be recalled has the right to answer (居委会法 20, 村委会法 19).
        Transition(
            "hear",
            _("记录申辩"),
            (Recall.Status.ACCEPTED,),
            Recall.Status.HEARD,
            needs_note=True,
            note_label=_("申辩意见（放弃申辩的写明）"),
            is_primary=True,
        ),
        Transition(
            "pass-recall",
            _("确认罢免通过"),
            (Recall.Status.HEARD,),
            Recall.Status.PASSED,
            warning=before_deciding,
            is_primary=True,
            is_final=True,
            guard=why_not_pass,
            effects=(end_office,),
        ),
        Transition(
            "fail-recall",
            _("确认罢免未通过"),
            (Recall.Status.HEARD,),
            Recall.Status.FAILED,
            warning=before_deciding,
            is_final=True,
            guard=why_not_fail,
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return that the figures say something else than the step."""
        if step.name == "accept":
            return why_not_accept(case, by)
        if step.name == "dismiss":
            return why_not_dismiss(case, by)
        if step.name not in ("pass-recall", "fail-recall"):
            return ""
        if not case.is_counted:
            return why_not_decide(case, by)
        is_right = has_passed(case) == (step.name == "pass-recall")
        return "" if is_right else vote_words(case)


MEETING = _("哪次居民（村民）会议或代表会议审议的")


@register
class ResignationWorkflow(Workflow):
    model = Resignation
    transitions = (
        Transition(
            "agree",
            _("审议通过"),
            (Resignation.Status.HANDED_IN,),
            Resignation.Status.AGREED,
            needs_note=True,
            note_label=MEETING,
            is_primary=True,
            is_final=True,
            effects=(end_office,),
        ),
        Transition(
            "refuse",
            _("审议未通过"),
            (Resignation.Status.HANDED_IN,),
            Resignation.Status.REFUSED,
            needs_note=True,
            note_label=MEETING,
        ),
        Transition(
            "take-back",
            _("本人撤回辞职"),
            (Resignation.Status.HANDED_IN,),
            Resignation.Status.TAKEN_BACK,
        ),
    )


def why_not_give(transfer: TermTransfer, by) -> str:
    """Why nothing can be signed: something is not counted, or somebody not named."""
    source = law.cited("transfer", transfer.org_unit)
    waiting = transfer.items.filter(checked_on=None)
    names = [one.name for one in waiting[:4]]
    if names:
        count = waiting.count()
        words = _gettext("还有%(count)d项没有清点：%(names)s。")
        return words % {"count": count, "names": formats.listed(names[:3])} + source
    if not (transfer.giver and transfer.taker and transfer.witness):
        return _gettext("请先填写移交人、接收人和监交人。") + source
    return ""


def finish(transfer: TermTransfer, by) -> None:
    """Effect of the witness's signature: the day on which all was handed over."""
    transfer.done_on = timezone.localdate()
    transfer.save(update_fields=["done_on"])


@register
class TermTransferWorkflow(Workflow):
    """Giver, taker and witness sign one after the other."""

    model = TermTransfer
    transitions = (
        Transition(
            "sign-giver",
            _("移交人签字"),
            (TermTransfer.Status.OPEN,),
            TermTransfer.Status.GIVEN,
            is_primary=True,
            guard=why_not_give,
        ),
        Transition(
            "sign-taker",
            _("接收人签字"),
            (TermTransfer.Status.GIVEN,),
            TermTransfer.Status.TAKEN,
            is_primary=True,
        ),
        Transition(
            "sign-witness",
            _("监交人签字"),
            (TermTransfer.Status.TAKEN,),
            TermTransfer.Status.DONE,
            is_primary=True,
            is_final=True,
            effects=(finish,),
        ),
        Transition(
            "reopen",
            _("退回重新清点"),
            (TermTransfer.Status.GIVEN, TermTransfer.Status.TAKEN),
            TermTransfer.Status.OPEN,
            needs_note=True,
        ),
    )
