"""Pages of an election beside its own: calendar, registration, sheet for the board."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from governance.election_actions import register_voters
from governance.election_calendar import calendar_of, objections_due
from governance.election_guards import why_not_change_list
from governance.forms import RegisterForm
from governance.models import Election, Mode, TermTransfer
from governance.screens.election_parts import told_steps
from governance.transfer_pack import FILE_TYPE, pack_name, write_pack
from toolkit import audit, formats
from toolkit.policy import Policy
from toolkit.refusals import not_found
from toolkit.screens import printing


class ElectionPage:
    """What pages about one election share: which one, and who may look."""

    policy = Policy("permission", "governance.view_election")

    def dispatch(self, request, *args, **kwargs):
        permission, pk = self.policy.permission, kwargs["pk"]
        named = Election.objects.filter(pk=pk).select_related("body", "org_unit")
        self.election = named.first()
        if self.election is None or not request.user.has_perm(
            permission, self.election
        ):
            raise not_found(request.user, permission, named)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        election, request = self.election, self.request
        is_sheet = printing.is_asked(request)
        back = request.path if is_sheet else election.get_absolute_url()
        crumbs = [
            {"label": _("委员会选举"), "url": reverse("governance:election-list")},
            {"label": str(election), "url": election.get_absolute_url()},
            {"label": self.title(), "url": None},
        ]
        return super().get_context_data(
            title=self.title(),
            election=election,
            day=formats.cn_date(election.held_on),
            printing=printing.sheet_of(request.user, back) if is_sheet else None,
            breadcrumbs=crumbs,
            **kwargs,
        )


class CalendarView(ElectionPage, TemplateView):
    """The calendar of an election on one sheet: last day, article, state."""

    template_name = "governance/election_calendar.html"

    def title(self):
        return _("选举日程")

    def get_context_data(self, **kwargs):
        election = self.election
        steps = calendar_of(election, timezone.localdate())
        words = _("%(election)s，选举日%(day)s，选举方式：%(mode)s")
        told = {"election": election, "mode": election.get_mode_display()}
        told["day"] = formats.cn_date(election.held_on)
        return super().get_context_data(
            subtitle=words % told,
            steps=told_steps(steps),
            print_url=f"{self.request.path}?print=1",
            **kwargs,
        )


class BoardSheetView(ElectionPage, TemplateView):
    """The list of voters for the public board: names only, no number, no address."""

    template_name = "governance/voter_board.html"
    policy = Policy("permission", "governance.export_voter")

    def title(self):
        return _("%(unit)s选民名单") % {"unit": self.election.org_unit.name}

    def get(self, request, *args, **kwargs):
        if printing.is_asked(request):
            audit.record("printed", subject=self.election, purpose=_("公布选民名单"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        election = self.election
        listed = election.voters.listed().order_by("resident__name_key", "name", "pk")
        names = list(listed.values_list("name", flat=True))
        delegates = []
        if election.mode != Mode.VOTERS:
            delegates = list(listed.delegates().values_list("name", flat=True))
        published = election.list_published_on or timezone.localdate()
        due = objections_due(election, published)
        return super().get_context_data(
            names=names,
            subtitle=self.subtitle(published, len(names)),
            delegates=delegates,
            mode=election.get_mode_display(),
            objection=formats.cn_date(due.due_on),
            source=due.limit.source,
            print_url=f"{self.request.path}?print=1",
            **kwargs,
        )

    def subtitle(self, published, count: int) -> str:
        """Return when the election is, how many stand on the list, since when."""
        words = _("选举日%(day)s，共%(count)s人，%(published)s公布")
        told = {"day": formats.cn_date(self.election.held_on)}
        told |= {"count": formats.count(count), "published": formats.cn_date(published)}
        return words % told


class RegisterView(ElectionPage, FormView):
    """Put on the list whoever of a grid, or of the whole unit, may be registered."""

    template_name = "governance/register.html"
    policy = Policy("permission", "governance.change_election")
    form_class = RegisterForm

    def title(self):
        return _("按居民档案登记选民")

    def get(self, request, *args, **kwargs):
        if refusal := why_not_change_list(self.election):
            raise BadRequest(refusal)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"election": self.election}

    def form_valid(self, form):
        try:
            count = register_voters(
                election=self.election,
                within=form.cleaned_data["unit"],
                declared_on=form.cleaned_data["declared_on"],
                by=self.request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        words = _("新登记%(count)d人。请核对后删除不参加的。")
        messages.success(self.request, words % {"count": count})
        return redirect(self.election)

    def form_invalid(self, form):
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            cancel_url=self.election.get_absolute_url(),
            submit_label=_("登记"),
            undone=_("尚未登记"),
            screen={"title": _("委员会选举")},
            **kwargs,
        )


class TransferPackView(View):
    """All that is handed over, with the papers of the election, in one file."""

    policy = Policy("permission", "governance.change_termtransfer")

    def get(self, request, pk):
        permission = self.policy.permission
        named = TermTransfer.objects.filter(pk=pk).select_related("term__body")
        transfer = named.first()
        if transfer is None or not request.user.has_perm(permission, transfer):
            raise not_found(request.user, permission, named)
        audit.record("exported", subject=transfer, purpose=_("换届工作移交"))
        answer = HttpResponse(write_pack(transfer), content_type=FILE_TYPE)
        answer.headers["Content-Disposition"] = pack_name(transfer)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
