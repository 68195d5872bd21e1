"""The lives of an election, of an objection to its list, a candidate and a count."""

from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance.election_actions import (
    bring_into_office,
    enter_on_list,
    note_decision,
)
from governance.election_calendar import objections_due
from governance.election_guards import (
    why_not_announce,
    why_not_freeze,
    why_not_invalid,
    why_not_list,
    why_not_nominate,
    why_not_sign,
)
from governance.models import (
    BallotCount,
    Candidate,
    Election,
    ElectionStatus,
    Objection,
)
from governance.models.elections import RUNNING
from governance.outcome import result_words, standing_of, turnout_of
from toolkit import formats
from toolkit.workflow import Transition, Workflow, register

Status = ElectionStatus


def stamped(field: str):
    """Return the effect that keeps today as the day of a step."""

    def stamp(election: Election, by) -> None:
        setattr(election, field, timezone.localdate())
        election.save(update_fields=[field])

    return stamp


def before_listing(election: Election, by) -> str:
    """Return until when objections are taken if the list is published today."""
    due = objections_due(election, timezone.localdate())
    words = _gettext("今天公布，可以申诉到%(day)s。公布后增减名单要写原因。")
    return words % {"day": formats.cn_date(due.due_on)}


def before_freezing(election: Election, by) -> str:
    words = _gettext("确定后名单不能再增减，有投票权的共%(count)s人。")
    return words % {"count": formats.count(election.entitled())}


def before_announcing(election: Election, by) -> str:
    """Return what is announced: the arithmetic and who is elected."""
    return result_words(standing_of(election), election)


def why_not_call_off(election: Election, by) -> str:
    """Why an election cannot be called off: its vote was valid."""
    standing = standing_of(election)
    if not standing.is_valid:
        return ""
    words = _gettext("投票已经有效，不能取消选举。")
    return words + standing.rounds[0].turnout.sentence


@register
class ElectionWorkflow(Workflow):
    model = Election
    transitions = (
        Transition(
            "publish-voters",
            _("公布选民名单"),
            (Status.DRAFT,),
            Status.LISTED,
            warning=before_listing,
            is_primary=True,
            guard=why_not_list,
            effects=(stamped("list_published_on"),),
        ),
        Transition(
            "freeze-voters",
            _("确定选民名单"),
            (Status.LISTED,),
            Status.FROZEN,
            warning=before_freezing,
            is_primary=True,
            guard=why_not_freeze,
            effects=(stamped("frozen_on"),),
        ),
        Transition(
            "publish-candidates",
            _("公布候选人"),
            (Status.FROZEN,),
            Status.NOMINATED,
            is_primary=True,
            guard=why_not_nominate,
            effects=(stamped("candidates_published_on"),),
        ),
        Transition(
            "announce",
            _("公布选举结果"),
            (Status.NOMINATED,),
            Status.ANNOUNCED,
            warning=before_announcing,
            is_primary=True,
            is_final=True,
            guard=why_not_announce,
            effects=(bring_into_office,),
        ),
        Transition(
            "declare-invalid",
            _("选举无效，重新组织"),
            (Status.NOMINATED,),
            Status.INVALID,
            is_final=True,
            needs_note=True,
            guard=why_not_invalid,
        ),
        Transition(
            "call-off",
            _("取消选举"),
            RUNNING,
            Status.DISCARDED,
            needs_note=True,
            note_label=_("取消的原因"),
            is_final=True,
            guard=why_not_call_off,
        ),
    )

    @classmethod
    def why_hidden(cls, case, step, by) -> str:
        """Return that an election without an invalid count is not closed as one."""
        if step.name == "declare-invalid":
            return why_not_invalid(case, by)
        return ""


def to_be_taken_off(candidate: Candidate, by) -> str:
    """Why a candidate stays one: his election is over, or counted."""
    if not candidate.election.is_running:
        return _gettext("选举已经结束。")
    if candidate.election.counts.exists():
        return _gettext("已经投票，不能再变更候选人。")
    return ""


@register
class CandidateWorkflow(Workflow):
    model = Candidate
    transitions = (
        Transition(
            "withdraw",
            _("本人退出"),
            (Candidate.Status.NOMINATED,),
            Candidate.Status.WITHDRAWN,
            needs_note=True,
            note_label=_("退出的原因"),
            guard=to_be_taken_off,
        ),
        Transition(
            "disqualify",
            _("取消候选人资格"),
            (Candidate.Status.NOMINATED,),
            Candidate.Status.DISQUALIFIED,
            needs_note=True,
            note_label=_("属于哪一种情形"),
            warning=_(
                "法律列明的情形：被开除党籍；因犯罪受过刑事处罚；利用黑恶（宗族）"
                "势力从事非法活动；组织或者参加非法宗教活动、邪教活动。"
                "依据：居民委员会组织法、村民委员会组织法第十八条。"
            ),
            is_final=True,
            guard=to_be_taken_off,
        ),
    )


@register
class ObjectionWorkflow(Workflow):
    model = Objection
    transitions = (
        Transition(
            "uphold",
            _("申诉成立，更正名单"),
            (Objection.Status.RECEIVED,),
            Objection.Status.UPHELD,
            needs_note=True,
            note_label=_("处理决定"),
            is_primary=True,
            effects=(enter_on_list,),
        ),
        Transition(
            "reject",
            _("申诉不成立"),
            (Objection.Status.RECEIVED,),
            Objection.Status.DISMISSED,
            needs_note=True,
            note_label=_("处理决定"),
            effects=(note_decision,),
        ),
    )


def before_signing(count: BallotCount, by) -> str:
    """Return what the second person signs: the ballots, and whether they are enough."""
    told = [f"{count.ballots_words}。", turnout_of(count.election, count).sentence]
    return formats.sentences([*told, _gettext("签字后不能再改。")])


def sign(count: BallotCount, by) -> None:
    """Effect of signing: who did it."""
    count.signed_by = by
    count.save(update_fields=["signed_by"])


@register
class BallotCountWorkflow(Workflow):
    model = BallotCount
    transitions = (
        Transition(
            "sign",
            _("复核签字"),
            (BallotCount.Status.TYPED,),
            BallotCount.Status.SIGNED,
            warning=before_signing,
            is_primary=True,
            is_final=True,
            guard=why_not_sign,
            effects=(sign,),
        ),
    )
