"""Votes on paper and online, open or secret, each person once.

    poll = open_poll(way="secret", questions=[{"key": "motion", "options": [...]}],
                     voters=["seat-1", "seat-2"])
    hand_out_paper(poll=poll, voter="seat-1")        # this person votes on paper
    cast(poll=poll, voter="seat-2", marks={"motion": "for"})
    count(poll=poll, paper=Paper({"motion": {"for": 1}}, returned=1))

Whoever holds a poll asks first whether the person may vote now; here it is kept that
nobody votes twice, and that a secret ballot cannot be laid beside a name in our own
database (docs/decisions/0008-secret-ballots.md). So nothing here writes history or the
audit trail: who holds the poll tells of its opening and its count, never of a vote.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models.ballots import Elector, NamedBallot, Poll, SealedBallot

Way, Used = Poll.Way, Elector.Used
Marks = dict[str, str]
Tally = dict[str, dict[str, int]]
# The sign of an option on a sealed ballot: one for each question, so that every ballot
# of a poll is equally long.
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Paper:
    """What was counted on paper, or by raised hands: votes by question and option."""

    votes: Tally = field(default_factory=dict)
    returned: int = 0
    invalid: int = 0


@transaction.atomic
def open_poll(*, way: str, questions: list[dict], voters: Iterable[str]) -> Poll:
    """Open a ballot box for these voters; who comes later has no vote in it.

    Raises ValueError for a question with more options than a ballot has signs for.
    """
    if any(len(one["options"]) > len(SIGNS) for one in questions):
        raise ValueError("too many options for one sign")
    poll = Poll.objects.create(way=way, questions=questions)
    # In the order of their names, all at once: the order tells nothing of the vote.
    Elector.objects.bulk_create(
        Elector(poll=poll, voter=voter) for voter in sorted(set(voters))
    )
    return poll


@transaction.atomic
def hand_out_paper(*, poll: Poll, voter: str) -> None:
    """Note that a person takes a ballot of paper, and so does not vote online.

    Raises ValidationError where the vote was used before or the poll is counted.
    """
    use(locked(poll), voter, Used.PAPER)


@transaction.atomic
def cast(*, poll: Poll, voter: str, marks: Marks) -> None:
    """Put an online ballot into the box.

    Raises ValidationError where the person has no vote or used it, where the poll is
    counted, or where the ballot does not answer what is asked.
    """
    poll = locked(poll)
    if poll.way == Way.HANDS:
        raise ValidationError(_("举手表决在会场进行，不能在手机上投票。"))
    check_marks(poll, marks)
    use(poll, voter, Used.ONLINE)
    put_in(poll, voter, marks)


@transaction.atomic
def record_named(*, poll: Poll, voter: str, marks: Marks) -> None:
    """Write down how somebody voted aloud or on a signed ballot (记名)."""
    poll = locked(poll)
    if poll.way != Way.NAMED:
        raise ValidationError(_("只有记名投票登记个人的选择。"))
    check_marks(poll, marks)
    use(poll, voter, Used.PAPER)
    put_in(poll, voter, marks)


@transaction.atomic
def count(*, poll: Poll, paper: Paper | None = None) -> Poll:
    """Close the box, add up paper and online, and destroy the sealed ballots.

    Raises ValidationError where more came back than was given out, or where the paper
    does not add up.
    """
    poll = locked(poll)
    paper = paper or Paper()
    online = online_ballots(poll)
    check_paper(poll, paper, most=given_out(poll))
    poll.tally = added_up(poll, online, paper)
    poll.issued = given_out(poll) + len(online)
    poll.returned = paper.returned + len(online)
    poll.invalid = paper.invalid
    poll.closed_at = timezone.now()
    poll.save()
    SealedBallot.objects.filter(poll=poll).delete()
    forget_order(poll)
    return poll


def forget_order(poll: Poll) -> None:
    """Write the voters anew, by name: the old rows lay in the order of the votes."""
    electors = sorted(poll.electors.all(), key=lambda one: one.voter)
    poll.electors.all().delete()
    Elector.objects.bulk_create(
        Elector(poll=poll, voter=one.voter, used=one.used) for one in electors
    )


def locked(poll: Poll) -> Poll:
    """Return the poll, locked; votes wait here for each other and for the count."""
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if not poll.is_open:
        raise ValidationError(_("表决已经计票，不能再投票。"))
    return poll


def use(poll: Poll, voter: str, way: str) -> None:
    """Use up the vote of a person; of two who ask at once one is refused."""
    electors = poll.electors.filter(voter=voter)
    if electors.filter(used=Used.NOT).update(used=way):
        return
    known = electors.first()
    if known is None:
        raise ValidationError(_("不在本次表决的名册里，没有表决权。"))
    words = {
        Used.PAPER: _("此人已领纸质票，不能再投票。"),
        Used.ONLINE: _("此人已在手机上投票，不能再投票。"),
    }
    raise ValidationError(words[Used(known.used)])


def put_in(poll: Poll, voter: str, marks: Marks) -> None:
    if poll.way == Way.SECRET:
        SealedBallot.objects.create(poll=poll, marks=signs_of(poll, marks))
    else:
        NamedBallot.objects.create(poll=poll, voter=voter, marks=marks)


def check_marks(poll: Poll, marks: Marks) -> None:
    """Raise ValidationError unless each question has one of its options."""
    asked = {one["key"]: one["options"] for one in poll.questions}
    if set(marks) != set(asked) or any(
        marks[key] not in options for key, options in asked.items()
    ):
        raise ValidationError(_("请在每一项里选一个。"))


def given_out(poll: Poll) -> int:
    """Return how many may come back by hand: ballots of paper, or raised hands."""
    if poll.way == Way.HANDS:
        return poll.electors.count()
    if poll.way == Way.NAMED:
        return 0
    return poll.electors.filter(used=Used.PAPER).count()


def check_paper(poll: Poll, paper: Paper, *, most: int) -> None:
    """Raise ValidationError where the paper is too much or does not add up."""
    if paper.returned > most:
        words = _("收回%(returned)d票，多于发出的%(issued)d票，表决无效，请重新清点。")
        facts = {"returned": paper.returned, "issued": most}
        raise ValidationError(words % facts)
    for one in poll.questions:
        votes = paper.votes.get(one["key"], {})
        valid, counted = paper.returned - paper.invalid, sum(votes.values())
        if min([0, valid, paper.invalid, *votes.values()]) < 0 or counted != valid:
            words = _(
                "收回%(returned)d票，废票%(invalid)d票，有效票应为%(valid)d票，各项合计%(counted)d票，请核对。"
            )
            facts = {"returned": paper.returned, "invalid": paper.invalid}
            facts |= {"valid": valid, "counted": counted}
            raise ValidationError(words % facts)


def online_ballots(poll: Poll) -> list[Marks]:
    """Return what is in the box, in no order."""
    if poll.way == Way.SECRET:
        sealed = SealedBallot.objects.filter(poll=poll).order_by("uid")
        return [marks_of(poll, one.marks) for one in sealed]
    return list(poll.named.values_list("marks", flat=True))


def added_up(poll: Poll, online: list[Marks], paper: Paper) -> Tally:
    """Return the votes of each question by option, paper and online together."""
    return {
        one["key"]: {
            option: sum(marks[one["key"]] == option for marks in online)
            + paper.votes.get(one["key"], {}).get(option, 0)
            for option in one["options"]
        }
        for one in poll.questions
    }


def signs_of(poll: Poll, marks: Marks) -> str:
    """Return a ballot as one sign for each question."""
    asked = ((one["options"], marks[one["key"]]) for one in poll.questions)
    return "".join(SIGNS[options.index(mark)] for options, mark in asked)


def marks_of(poll: Poll, signs: str) -> Marks:
    """Return the ballot that the signs stand for."""
    asked = zip(poll.questions, signs, strict=True)
    return {one["key"]: one["options"][SIGNS.index(sign)] for one, sign in asked}
