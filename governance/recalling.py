"""The arithmetic of a recall, what forbids its steps, and how an office ends early."""

from django.utils import timezone
from django.utils.translation import gettext as _

from governance import law
from governance.models import Member, Recall, Resignation
from toolkit import formats
from toolkit.history import remember


def called_check(recall: Recall) -> law.Check:
    """Return whether enough have asked for the recall."""
    rule = law.threshold(f"recall-called-{recall.called_by}", recall.org_unit)
    return rule.check(recall.callers, of=recall.callers_of)


def turnout_check(recall: Recall) -> law.Check:
    """Return whether enough have voted on the recall."""
    rule = law.threshold(f"recall-valid-{recall.mode}", recall.org_unit)
    return rule.check(recall.returned, of=recall.entitled)


def passed_check(recall: Recall) -> law.Check:
    """Return whether enough of those who voted want the recall."""
    rule = law.threshold("recall-passed", recall.org_unit)
    return rule.check(recall.in_favour, of=recall.returned)


def has_passed(recall: Recall) -> bool:
    """Answer whether the vote ends the office: enough voted, and enough for it."""
    return turnout_check(recall).is_met and passed_check(recall).is_met


def vote_words(recall: Recall) -> str:
    """Return the arithmetic of the vote in sentences, "" before it is counted."""
    if not recall.is_counted:
        return ""
    turnout = turnout_check(recall)
    passed = passed_check(recall).sentence if turnout.is_met else ""
    return formats.sentences([turnout.sentence, passed])


def why_not_accept(recall: Recall, by) -> str:
    """Why a demand is not taken up: too few have asked for it."""
    check = called_check(recall)
    return "" if check.is_met else check.sentence


def why_not_dismiss(recall: Recall, by) -> str:
    """Why a demand cannot be turned down: enough have asked for it."""
    check = called_check(recall)
    return check.sentence if check.is_met else ""


def why_not_decide(recall: Recall, by) -> str:
    """Why the vote cannot be decided of: not counted, or by whoever counted it."""
    source = law.cited("recall-vote", recall.org_unit)
    if not recall.is_counted:
        return _("请先填写投票结果。") + source
    if by is not None and recall.typed_by_id == by.pk:
        return _("计票人不能自己确认结果，要由第二人确认。") + source
    return ""


def why_not_pass(recall: Recall, by) -> str:
    """Why the recall has not passed."""
    if refusal := why_not_decide(recall, by):
        return refusal
    return "" if has_passed(recall) else vote_words(recall)


def why_not_fail(recall: Recall, by) -> str:
    """Why the recall has not failed."""
    if refusal := why_not_decide(recall, by):
        return refusal
    return vote_words(recall) if has_passed(recall) else ""


def end_office(case: Recall | Resignation, by) -> None:
    """Effect of a recall or an accepted resignation: the member leaves today."""
    is_recall = isinstance(case, Recall)
    reason = _("罢免") if is_recall else _("辞职")
    today = timezone.localdate()
    open_rows = Member.objects.filter(pk=case.member_id, left_on=None)
    if open_rows.update(left_on=today, leave_reason=reason):
        remember(case.member, "closed", _("离任"), by=by, note=reason)


def why_not_of_member(member: Member) -> str:
    """Why somebody cannot be recalled or resign: he sits in no committee (any more)."""
    if member.left_on:
        return _("此人已经离任。")
    if member.term.body.kind != "committee":
        return _("只有居（村）民委员会成员适用。")
    return ""
