"""What is written while a meeting is prepared, attended and votes."""

import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import ballots
from governance.meeting_results import (
    adults_of,
    cited_for,
    decision_of,
    heads_of,
    present_in,
)
from governance.models import Elector, Meeting, Motion, Poll, Seat
from governance.models.meetings import CODE_KIND
from toolkit.history import remember
from toolkit.privacy.blind import blind_indexer

# Read aloud without doubt: no I, O, 0, 1. Twelve signs are 60 bits.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
MOTION = "motion"
OPTIONS = ("for", "against", "abstained")
QUESTIONS = [{"key": MOTION, "options": list(OPTIONS)}]


@transaction.atomic
def draw_up_roll(meeting: Meeting) -> int:
    """Write down anew who is entitled to come; return how many."""
    meeting.seats.all().delete()
    seats = Seat.objects.bulk_create(seats_for(meeting))
    return len(seats)


def seats_for(meeting: Meeting) -> Iterable[Seat]:
    """Yield the roll: the members of the body, or the residents themselves."""
    if meeting.is_assembly:
        households = meeting.kind == Meeting.Kind.HOUSEHOLDS
        people = heads_of(meeting) if households else adults_of(meeting)
        for one in people.order_by("household__number", "pk"):
            yield Seat(meeting=meeting, resident=one, name=one.name)
        return
    for one in meeting.body.term.serving if meeting.body.term else ():
        yield Seat(
            meeting=meeting,
            member=one,
            resident_id=one.resident_id,
            name=one.name,
            post=one.post_words,
        )


@transaction.atomic
def issue_codes(*, meeting: Meeting, by) -> list[tuple[Seat, str]]:
    """Return each seat with a new code; codes that were printed before are void.

    Raises ValidationError unless the roll is settled and the meeting not over.
    """
    meeting = locked(meeting)
    if meeting.status not in (Meeting.Status.READY, Meeting.Status.OPEN):
        raise ValidationError(_("名册确定以后、散会以前才能打印请柬。"))
    hashed = blind_indexer(CODE_KIND)
    issued = []
    for seat in meeting.seats.order_by("pk"):
        code = "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))
        seat.code = hashed(code)
        issued.append((seat, code))
    Seat.objects.bulk_update([seat for seat, _code in issued], ["code"], 500)
    remember(meeting, "invited", _("打印请柬"), by=by)
    return issued


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting, locked: whoever signs in, votes or closes it waits here."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def locked_open(meeting: Meeting) -> Meeting:
    """Return the meeting, locked; raises ValidationError unless it is going on."""
    meeting = locked(meeting)
    if not meeting.is_open:
        words = _("会议不在进行中，开会以前、散会以后不能签到和表决。")
        raise ValidationError(words + cited_for(meeting))
    return meeting


@transaction.atomic
def sign_in(*, seat: Seat, way: str) -> bool:
    """Note that somebody has come; return whether it was not known before.

    Raises ValidationError unless the meeting is going on.
    """
    locked_open(seat.meeting)
    waiting = Seat.objects.filter(pk=seat.pk, signed_in_at=None)
    return bool(waiting.update(way=way, signed_in_at=timezone.now()))


@transaction.atomic
def take_attendance(
    *, meeting: Meeting, on_paper: set[int], signatures: int | None, by
) -> None:
    """Take over the sign-in sheet: who signed it, and how many signatures it has.

    Who was ticked by mistake is taken off, unless he voted. Raises ValidationError.
    """
    meeting = locked_open(meeting)
    known = set(meeting.seats.filter(way=Seat.Way.PAPER).values_list("pk", flat=True))
    gone = meeting.seats.filter(pk__in=known - on_paper)
    voters = [one.voter for one in gone]
    polls = Poll.objects.filter(motion__meeting=meeting)
    voted = Elector.objects.filter(poll__in=polls, voter__in=voters).exclude(used="")
    if voted.exists():
        raise ValidationError(_("有人已经投票，不能取消签到。"))
    gone.update(way=Seat.Way.NOT, signed_in_at=None)
    new = meeting.seats.filter(pk__in=on_paper - known, signed_in_at=None)
    new.update(way=Seat.Way.PAPER, signed_in_at=timezone.now())
    meeting.paper_signatures = signatures
    meeting.save(update_fields=["paper_signatures"])
    told = _("实到%(count)d人") % {"count": meeting.seats.present().count()}
    remember(meeting, "attended", _("登记签到"), by=by, note=told)


def open_box(motion: Motion, by) -> None:
    """Effect of opening a vote: a ballot box for everybody on the roll."""
    voters = [seat.voter for seat in motion.meeting.seats.only("pk")]
    motion.poll = ballots.open_poll(way=motion.way, questions=QUESTIONS, voters=voters)
    motion.save(update_fields=["poll"])


@transaction.atomic
def vote(*, seat: Seat, motion: Motion, option: str) -> None:
    """Cast the vote of somebody who is present, from his own phone.

    Raises ValidationError before the vote is open, after it is counted, for who has
    not signed in, and for a second vote.
    """
    meeting = locked_open(seat.meeting)
    poll = box_of(motion, meeting)
    require_presence(seat, meeting)
    ballots.cast(poll=poll, voter=seat.voter, marks={MOTION: option})


@transaction.atomic
def hand_out_papers(*, motion: Motion, seats: Iterable[Seat], by) -> int:
    """Note who takes a ballot of paper; return how many. Raises ValidationError."""
    meeting = locked_open(motion.meeting)
    poll, count = box_of(motion, meeting), 0
    for seat in seats:
        require_presence(seat, meeting)
        ballots.hand_out_paper(poll=poll, voter=seat.voter)
        count += 1
    return count


@transaction.atomic
def record_choices(*, motion: Motion, choices: dict[Seat, str]) -> None:
    """Write down who voted how, where names are taken; raises ValidationError."""
    meeting = locked_open(motion.meeting)
    poll = box_of(motion, meeting)
    for seat, option in choices.items():
        require_presence(seat, meeting)
        ballots.record_named(poll=poll, voter=seat.voter, marks={MOTION: option})


def box_of(motion: Motion, meeting: Meeting) -> Poll:
    """Return the open box of a motion; raises ValidationError if there is none."""
    motion = Motion.objects.select_related("poll").get(pk=motion.pk)
    if motion.meeting_id != meeting.pk or not motion.is_voting or not motion.poll:
        words = _("这项议案不在表决中，开始以前、计票以后不能投票。")
        raise ValidationError(words + cited_for(meeting))
    return motion.poll


def require_presence(seat: Seat, meeting: Meeting) -> None:
    """Raise ValidationError for who is not on the roll or has not signed in."""
    present = meeting.seats.present().filter(pk=seat.pk)
    if not present.exists():
        words = _("%(name)s还没有签到，到会的人才能表决。") % {"name": seat.name}
        raise ValidationError(words + cited_for(meeting))


@transaction.atomic
def count_votes(*, motion: Motion, paper: ballots.Paper, by) -> Motion:
    """Count the vote on a motion and find whether it has passed.

    Raises ValidationError where more ballots came back than were given out, or more
    votes than people are present; the next step of the motion is the workflow's.
    """
    meeting = locked_open(motion.meeting)
    poll, present = box_of(motion, meeting), present_in(meeting)
    try:
        poll = ballots.count(poll=poll, paper=paper)
    except ValidationError as refusal:
        raise ValidationError(refusal.messages[0] + cited_for(meeting)) from None
    if poll.returned > present:
        words = _("投票%(returned)d人，多于实到%(present)d人，请核对签到和票数。")
        facts = {"returned": poll.returned, "present": present}
        raise ValidationError(words % facts + cited_for(meeting))
    motion = Motion.objects.select_related("meeting", "poll").get(pk=motion.pk)
    decision = decision_of(motion, present=present)
    motion.present = present
    motion.outcome, motion.finding = decision.outcome, decision.finding
    motion.save(update_fields=["present", "outcome", "finding"])
    return motion
