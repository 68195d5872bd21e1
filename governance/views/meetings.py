from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from governance.meeting_actions import issue_codes, take_attendance
from governance.meeting_results import quorum_of
from governance.minutes import minutes_of
from governance.models import Meeting, Seat
from toolkit import audit, formats
from toolkit.docx import MEDIA_TYPE
from toolkit.policy import Policy
from toolkit.refusals import as_bad_request, not_found
from toolkit.row_numbers import row_number

CHANGE = "governance.change_meeting"


class OfMeeting(TemplateView):
    """A page of the clerk who prepares and records a meeting."""

    policy = Policy("permission", CHANGE)
    title = ""

    def dispatch(self, request, *args, **kwargs):
        rows = Meeting.objects.in_scope_of(request.user, "change")
        found = rows.select_related("body__org_unit").filter(pk=kwargs["pk"]).first()
        if found is None:
            everywhere = Meeting.objects.filter(pk=kwargs["pk"])
            raise not_found(request.user, CHANGE, everywhere)
        self.meeting = found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.title,
            meeting=self.meeting,
            back_url=self.meeting.get_absolute_url(),
            when=formats.cn_datetime(self.meeting.starts_at),
            **kwargs,
        )


class AttendanceView(OfMeeting):
    """Who has come: phones tell it by themselves, the sheet is ticked off here."""

    template_name = "governance/attendance.html"
    title = gettext_lazy("签到")

    def post(self, request, *args, **kwargs):
        numbers = map(row_number, request.POST.getlist("seat"))
        on_paper = {number for number in numbers if number is not None}
        signatures = row_number(request.POST.get("signatures", "") or "0")
        try:
            if signatures is None or signatures > self.meeting.seats.count():
                raise ValidationError(_("签到表上的人数不对，不能多于应到人数。"))
            take_attendance(
                meeting=self.meeting,
                on_paper=on_paper,
                signatures=signatures,
                by=request.user,
            )
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, _("签到已登记。"))
        return redirect("governance:meeting-attendance", self.meeting.pk)

    def get_context_data(self, **kwargs):
        seats = list(self.meeting.seats.order_by("pk"))
        return super().get_context_data(
            seats=[
                {
                    "pk": seat.pk,
                    "name": seat.name,
                    "post": seat.post,
                    "is_paper": seat.way == Seat.Way.PAPER,
                    "is_phone": seat.way == Seat.Way.PHONE,
                    "at": formats.cn_time(seat.signed_in_at),
                }
                for seat in seats
            ],
            quorum=quorum_of(self.meeting),
            signatures=self.meeting.paper_signatures or 0,
            **kwargs,
        )


class SheetView(OfMeeting):
    """The sign-in sheet for paper, with the code that leads phones to the meeting."""

    template_name = "governance/sheet.html"
    title = gettext_lazy("签到表")

    def get_context_data(self, **kwargs):
        audit.record("printed", subject=self.meeting)
        door = reverse("governance:meeting-door", args=[self.meeting.door])
        return super().get_context_data(
            seats=list(self.meeting.seats.order_by("pk")),
            address=self.request.build_absolute_uri(door),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class InvitationsView(OfMeeting):
    """Invitations with a code for each person; printed again, the old ones are void."""

    template_name = "governance/invitations.html"
    title = gettext_lazy("打印请柬")

    def post(self, request, *args, **kwargs):
        try:
            issued = issue_codes(meeting=self.meeting, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return self.render_to_response(self.get_context_data(), status=422)
        cards = [
            {
                "name": seat.name,
                "post": seat.post,
                "code": in_groups(code),
                "address": request.build_absolute_uri(
                    reverse("governance:meeting-seat", args=[code])
                ),
            }
            for seat, code in issued
        ]
        return self.render_to_response(self.get_context_data(cards=cards))


class MinutesView(OfMeeting):
    """会议纪要 as a document for Word, once the meeting is closed."""

    http_method_names = ("get",)

    def get(self, request, *args, **kwargs):
        with as_bad_request():
            if self.meeting.status != Meeting.Status.CLOSED:
                raise ValidationError(_("散会以后才有会议纪要。"))
        audit.record("exported", subject=self.meeting)
        name = _("%(title)s会议纪要.docx") % {"title": self.meeting.title}
        content = BytesIO(minutes_of(self.meeting))
        answer = FileResponse(
            content, as_attachment=True, filename=name, content_type=MEDIA_TYPE
        )
        answer["Cache-Control"] = "private, no-store"
        return answer


def in_groups(code: str) -> str:
    """Return a code as it is read: ABCD-EFGH-JKLM."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
