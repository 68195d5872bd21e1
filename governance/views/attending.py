"""What somebody on the roll of a meeting opens on his phone, without an account.

The code on the printed invitation is the only key: sixty random bits, of which the
database holds a keyed hash, valid from the printing to the end of the meeting. No
cookie takes part, so another site cannot vote in somebody's name.
"""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from governance.forms.motions import VOTE_WORDS
from governance.meeting_actions import ALPHABET, CODE_LENGTH, sign_in, vote
from governance.models import Elector, Meeting, Motion, Poll, Seat
from toolkit import formats
from toolkit.policy import PUBLIC
from toolkit.row_numbers import row_number


def tidy(code: str) -> str:
    """Return a code as it was issued, however it was typed; "" for none."""
    signs = "".join(sign for sign in code.upper()[:40] if sign in ALPHABET)
    return signs if len(signs) == CODE_LENGTH else ""


def seat_of(code: str) -> Seat | None:
    """Return the seat of a code that is valid today, None for any other."""
    rows = Seat.objects.of_code(code).select_related("meeting__body__org_unit")
    seat = rows.first() if code else None
    if seat is None or seat.meeting.is_over:
        return None
    last_day = timezone.localdate(seat.meeting.starts_at)
    # A meeting that was never closed keeps its codes until the day is over.
    return seat if timezone.localdate() <= last_day else None


@method_decorator((csrf_exempt, never_cache), name="dispatch")
class DoorView(View):
    """Where the code on the sign-in sheet leads: type the code of one's invitation."""

    policy = PUBLIC

    def get(self, request, door):
        return self.show(request, door)

    def post(self, request, door):
        code = tidy(request.POST.get("code", ""))
        seat = seat_of(code)
        if seat is None or seat.meeting.door != door:
            fault = _("请柬编码不对，或已经失效。请核对后再填，或到签到处登记。")
            return self.show(request, door, fault=fault)
        return redirect("governance:meeting-seat", code)

    def show(self, request, door, fault=""):
        meeting = Meeting.objects.filter(door=door).first()
        is_known = meeting is not None and not meeting.is_over
        context = {
            "title": _("会议签到"),
            "meeting": meeting if is_known else None,
            "when": formats.cn_datetime(meeting.starts_at) if is_known else "",
            "fault": fault,
        }
        status = (422 if fault else 200) if is_known else 404
        return render(request, "governance/door.html", context, status=status)


@method_decorator((csrf_exempt, never_cache), name="dispatch")
class SeatView(View):
    """Sign in, and vote on what is being voted on."""

    policy = PUBLIC

    def dispatch(self, request, *args, **kwargs):
        self.code = tidy(kwargs["code"])
        self.seat = seat_of(self.code)
        if self.seat is None:
            context = {"title": _("会议签到"), "meeting": None}
            return render(request, "governance/door.html", context, status=404)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, code):
        return self.show()

    def post(self, request, code):
        try:
            if "motion" in request.POST:
                self.vote(request.POST)
            else:
                sign_in(seat=self.seat, way=Seat.Way.PHONE)
        except ValidationError as refusal:
            return self.show(fault=refusal.messages[0])
        return redirect("governance:meeting-seat", self.code)

    def vote(self, sent) -> None:
        """Cast the vote that was sent; raises ValidationError."""
        pk = row_number(sent["motion"])
        motion = self.seat.meeting.motions.filter(pk=pk).first()
        if motion is None:
            raise ValidationError(_("没有这项议案。"))
        vote(seat=self.seat, motion=motion, option=sent.get("choice", ""))

    def show(self, fault=""):
        seat, meeting = self.seat, self.seat.meeting
        context = {
            "title": meeting.title,
            "seat": seat,
            "meeting": meeting,
            "when": formats.cn_datetime(meeting.starts_at),
            "has_come": Seat.objects.present().filter(pk=seat.pk).exists(),
            "motions": [motion_shown(one, seat) for one in voted_on(meeting)],
            "choices": [{"value": v, "label": w} for v, w in VOTE_WORDS.items()],
            "fault": fault,
        }
        page = "governance/seat.html"
        return render(self.request, page, context, status=422 if fault else 200)


def voted_on(meeting: Meeting):
    """Return the motions that a phone shows: being voted on, or counted."""
    hidden = (Motion.Status.TABLED, Motion.Status.WITHDRAWN)
    return meeting.motions.exclude(status__in=hidden).select_related("poll")


def motion_shown(motion: Motion, seat: Seat) -> dict:
    """Return a motion as the phone shows it: to vote on, voted on, or decided."""
    used = motion.poll.electors.filter(voter=seat.voter).values_list("used", flat=True)
    way = used.first()
    is_hands = motion.way == Poll.Way.HANDS
    return {
        "pk": motion.pk,
        "title": motion.title,
        "text": motion.text,
        "way": motion.get_way_display(),
        "is_secret": motion.way == Poll.Way.SECRET,
        "is_hands": motion.is_voting and is_hands,
        "may_vote": motion.is_voting and way == Elector.Used.NOT and not is_hands,
        "used": Elector.Used(way).label if way else "",
        "result": motion.get_outcome_display() if motion.outcome else "",
        "votes": motion.votes,
    }
