from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from toolkit import audit
from toolkit.forms import NoteForm
from toolkit.policy import Policy
from toolkit.refusals import Denied, not_found
from visits.actions import enter_later, strike_entry
from visits.actions.corrections import may_correct
from visits.declared import Ledger
from visits.entries import still_open
from visits.forms import LedgersForm
from visits.models import LedgerEntry, Visit


class EnterView(TemplateView):
    """Enter a visit into ledgers afterwards: whoever may correct it."""

    template_name = "visits/enter.html"
    policy = Policy("permission", "visits.view_visit")

    def dispatch(self, request, *args, **kwargs):
        rows = Visit.objects.in_scope_of(request.user)
        related = ("resident", "household", "organisation", "org_unit", "logged_by")
        self.visit = rows.select_related(*related).filter(pk=kwargs["pk"]).first()
        if self.visit is None:
            named = Visit.objects.filter(pk=kwargs["pk"])
            raise not_found(request.user, self.policy.permission, named)
        if not may_correct(request.user, self.visit):
            raise Denied("visits.change_visit", self.visit)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        audit.record("read", subject=self.visit)
        form = LedgersForm(offered=self.offered)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request, *args, **kwargs):
        form = LedgersForm(request.POST, offered=self.offered)
        if not form.is_valid() or not self.enter(form):
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect(self.visit)

    def enter(self, form: LedgersForm) -> bool:
        """Write the entries; False if the action refuses, its sentences shown."""
        answers, by = form.answers(), self.request.user
        if not answers:
            form.add_error(None, _("请至少选一本台账。"))
            return False
        try:
            made = enter_later(visit=self.visit, answers=answers, by=by)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        words = ngettext(
            "已记入 %(count)d 本台账。", "已记入 %(count)d 本台账。", len(made)
        )
        messages.success(self.request, words % {"count": len(made)})
        return True

    @cached_property
    def offered(self) -> list[Ledger]:
        """The ledgers in which the visit may stand and does not stand yet."""
        return still_open(self.visit)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=_("补记台账"),
            subtitle=f"{self.visit}　{self.visit.summary}",
            faults=kwargs["form"].faults(),
            cancel_url=self.visit.get_absolute_url(),
            breadcrumbs=[
                {"label": _("走访记录"), "url": reverse("visits:visit-list")},
                {"label": str(self.visit), "url": self.visit.get_absolute_url()},
                {"label": _("补记台账"), "url": None},
            ],
            **kwargs,
        )


class StrikeView(FormView):
    """Strike an entry out with a reason: whoever may correct its visit."""

    template_name = "toolkit/object_confirm.html"
    form_class = NoteForm
    policy = Policy("permission", "visits.view_ledgerentry")

    def dispatch(self, request, *args, **kwargs):
        rows = LedgerEntry.objects.in_scope_of(request.user).with_subject()
        self.entry = rows.filter(pk=kwargs["pk"]).first()
        if self.entry is None:
            named = LedgerEntry.objects.filter(pk=kwargs["pk"])
            raise not_found(request.user, self.policy.permission, named)
        if not may_correct(request.user, self.entry.visit):
            raise Denied("visits.change_visit", self.entry.visit)
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form):
        reason = form.cleaned_data["note"]
        try:
            strike_entry(entry=self.entry, reason=reason, by=self.request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("已作废，不再计入数字。"))
        return redirect(self.entry)

    def get_context_data(self, **kwargs):
        entry = self.entry
        return super().get_context_data(
            object=entry,
            title=_("作废：%(entry)s") % {"entry": entry},
            hint=_("作废后不再计入数字，这条记录和原因都会保留；走访记录不变。"),
            cancel_url=entry.get_absolute_url(),
            submit_label=_("作废"),
            breadcrumbs=[
                {"label": _("台账"), "url": reverse("visits:ledgerentry-list")},
                {"label": str(entry), "url": entry.get_absolute_url()},
                {"label": _("作废"), "url": None},
            ],
            **kwargs,
        )
