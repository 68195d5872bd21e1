from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from communities.contacts import phone_links
from safety.actions import take_back, tell
from safety.board import occupancy, tally_of
from safety.forms import TellForm
from safety.models import RollCall
from safety.naming import reached_words
from safety.roll import CALL, REVEAL, lines_for, roll_url, unit_named
from safety.views.lines import line_shown, shelters_offered
from toolkit import audit
from toolkit.policy import Policy
from toolkit.refusals import Denied, not_found


class LineView(View):
    """A button on the roll: the answer is the row, or without script the roll again."""

    policy = Policy("permission", CALL)
    action = "change"

    def get_line(self) -> RollCall:
        """Return the line in the URL; raises Http404 for one out of reach."""
        rows = RollCall.objects.in_scope_of(self.request.user, self.action)
        rows = rows.with_homes().select_related("emergency")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            named = RollCall.objects.filter(pk=self.kwargs["pk"])
            raise not_found(self.request.user, CALL, named)
        return found

    def get(self, request, *args, **kwargs):
        return redirect(self.get_line())

    def answer(self, line: RollCall, fault: str = ""):
        """Return the row as it is now, with what was refused."""
        if not self.request.htmx:
            if fault:
                messages.error(self.request, fault)
            return redirect(self.back_to(line))
        line, user = self.get_line(), self.request.user
        unit = unit_named(user, self.request.POST.get("back", ""))
        context = {
            "line": line_shown(line, user),
            "emergency": line.emergency,
            "tally_words": reached_words(
                tally_of(lines_for(user, line.emergency, unit))
            ),
            "shelters": shelters_offered(occupancy(line.emergency)),
            "back": self.request.POST.get("back", ""),
            "fault": fault,
            "is_fresh": not fault,
        }
        status = 422 if fault else 200
        return render(self.request, "safety/_told.html", context, status=status)

    def back_to(self, line: RollCall) -> str:
        """Return the place on the roll from which the button was pressed."""
        unit = self.request.POST.get("back", "")
        unit = unit if unit.isalnum() else ""
        return roll_url(line.emergency_id, unit, line.pk)


class TellView(LineView):
    """Write down how it stands with one person: one tap."""

    def post(self, request, *args, **kwargs):
        line, form = self.get_line(), TellForm(request.POST)
        if not form.is_valid():
            return self.answer(line, form.first_fault())
        try:
            tell(line=line, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.answer(line, refusal.messages[0])
        return self.answer(line)


class TakeBackView(LineView):
    """Take back what was told last."""

    def post(self, request, *args, **kwargs):
        line = self.get_line()
        try:
            taken = take_back(
                line=line, by=request.user, seen=request.POST.get("seen", "")
            )
        except ValidationError as refusal:
            return self.answer(line, refusal.messages[0])
        return self.answer(line, "" if taken else _("已经没有可以撤回的登记。"))


@method_decorator(never_cache, name="dispatch")
class PhoneView(LineView):
    """Show the number of a person to call, and write down that it was shown."""

    def post(self, request, *args, **kwargs):
        line = self.get_line()
        resident = line.resident
        if resident is None or not request.user.has_perm(REVEAL, resident):
            raise Denied(REVEAL, resident)
        if not line.emergency.is_open:
            # What was collected serves the response alone (突发事件应对法 2024, 84).
            raise BadRequest(_("这次响应已经结束，不再显示电话。"))
        audit.record(
            "revealed", subject=resident, fields=["phone"], purpose=_("紧急情况")
        )
        context = {
            "title": _("电话"),
            "name": str(resident),
            "numbers": phone_links(resident.phone or ""),
            "back_url": self.back_to(line),
        }
        page = "_phone" if request.htmx else "phone"
        return render(request, f"safety/{page}.html", context)
