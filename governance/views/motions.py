from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from governance.counting import close_vote
from governance.forms import CountForm
from governance.forms.motions import VOTE_WORDS
from governance.meeting_actions import OPTIONS, hand_out_papers, record_choices
from governance.meeting_results import quorum_of
from governance.models import Elector, Motion, Poll, Seat
from toolkit.policy import Policy
from toolkit.refusals import as_bad_request, not_found
from toolkit.row_numbers import row_number

CHANGE = "governance.change_motion"
Used = Elector.Used


class OfMotion(TemplateView):
    """A page of the clerk while a motion is voted on."""

    policy = Policy("permission", CHANGE)
    title = ""

    def dispatch(self, request, *args, **kwargs):
        rows = Motion.objects.in_scope_of(request.user, "change")
        rows = rows.select_related("meeting__body__org_unit", "poll")
        found = rows.filter(pk=kwargs["pk"]).first()
        if found is None:
            everywhere = Motion.objects.filter(pk=kwargs["pk"])
            raise not_found(request.user, CHANGE, everywhere)
        with as_bad_request():
            if not found.is_voting:
                raise ValidationError(_("这项议案不在表决中。"))
        self.motion = found
        return super().dispatch(request, *args, **kwargs)

    def present(self) -> list[tuple[Seat, str]]:
        """Return who has signed in, each with how the vote was used."""
        used = dict(self.motion.poll.electors.values_list("voter", "used"))
        seats = self.motion.meeting.seats.present().order_by("pk")
        return [(seat, used.get(seat.voter, "")) for seat in seats]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.title,
            motion=self.motion,
            back_url=self.motion.get_absolute_url(),
            **kwargs,
        )


class PapersView(OfMotion):
    """Who takes a ballot of paper; whoever has voted by phone gets none."""

    template_name = "governance/papers.html"
    title = gettext_lazy("发纸质票")

    def post(self, request, *args, **kwargs):
        chosen = {row_number(one) for one in request.POST.getlist("seat")}
        seats = [seat for seat, _used in self.present() if seat.pk in chosen]
        try:
            count = hand_out_papers(motion=self.motion, seats=seats, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, _("发出%(count)d张纸质票。") % {"count": count})
        return redirect("governance:motion-papers", self.motion.pk)

    def get_context_data(self, **kwargs):
        people = [
            {
                "pk": seat.pk,
                "name": seat.name,
                "used": Used(used).label,
                "is_used": used,
            }
            for seat, used in self.present()
        ]
        return super().get_context_data(people=people, **kwargs)


class TallyView(OfMotion):
    """The end of a vote: what was counted by hand is entered, then it is counted."""

    template_name = "governance/tally.html"
    title = gettext_lazy("计票")

    def post(self, request, *args, **kwargs):
        if self.motion.way == Poll.Way.NAMED:
            return self.count_named()
        form = CountForm(request.POST, way=self.motion.way)
        if not form.is_valid():
            return self.again(form)
        try:
            close_vote(motion=self.motion, paper=form.paper(), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.again(form)
        return self.counted()

    def count_named(self):
        """Write down who voted how, then count."""
        choices = {}
        for seat, used in self.present():
            option = self.request.POST.get(f"seat-{seat.pk}", "")
            if option in OPTIONS and not used:
                choices[seat] = option
        try:
            record_choices(motion=self.motion, choices=choices)
            close_vote(motion=self.motion, paper=None, by=self.request.user)
        except ValidationError as refusal:
            messages.error(self.request, refusal.messages[0])
            return self.again(None)
        return self.counted()

    def counted(self):
        messages.success(self.request, _("已计票。"))
        return redirect(self.motion)

    def again(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        present, named = self.present(), self.motion.way == Poll.Way.NAMED
        used = [way for _seat, way in present]
        if not named:
            kwargs.setdefault("form", CountForm(way=self.motion.way))
        return super().get_context_data(
            quorum=quorum_of(self.motion.meeting),
            options=[
                {"value": value, "label": label} for value, label in VOTE_WORDS.items()
            ],
            people=[
                {"pk": seat.pk, "name": seat.name, "voted": bool(way)}
                for seat, way in present
                if named
            ],
            online=used.count(Used.ONLINE),
            papers=used.count(Used.PAPER),
            present=len(present),
            is_hands=self.motion.way == Poll.Way.HANDS,
            **kwargs,
        )
