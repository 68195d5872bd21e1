from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from toolkit import audit
from toolkit.policy import Policy
from toolkit.refusals import Denied, not_found
from toolkit.screens import seen
from visits.actions import correct_visit
from visits.actions.corrections import may_correct
from visits.forms import CorrectionForm
from visits.models import Visit


class CorrectView(TemplateView):
    """Put a visit right: its author on the same day, a supervisor at any time."""

    template_name = "visits/correct.html"
    policy = Policy("permission", "visits.view_visit")

    def dispatch(self, request, *args, **kwargs):
        rows = Visit.objects.in_scope_of(request.user)
        related = ("resident", "household", "organisation", "logged_by")
        self.visit = rows.select_related(*related).filter(pk=kwargs["pk"]).first()
        if self.visit is None:
            named = Visit.objects.filter(pk=kwargs["pk"])
            raise not_found(request.user, self.policy.permission, named)
        if not may_correct(request.user, self.visit):
            raise Denied("visits.change_visit", self.visit)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        audit.record("read", subject=self.visit)
        self.mark = seen.mark_of(self.visit)
        form = CorrectionForm(instance=self.visit, user=request.user)
        return self.render_to_response(self.get_context_data(form=form))

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        self.visit = seen.locked(self.visit)
        # Before the form puts its own values into the visit at hand.
        self.mark = seen.mark_of(self.visit)
        form = CorrectionForm(request.POST, instance=self.visit, user=request.user)
        if not form.is_valid() or not self.correct(form):
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, _("已更正，历史里有这次改动。"))
        return redirect(self.visit)

    def correct(self, form) -> bool:
        """Write the correction; False if the action refuses, its sentences shown."""
        if not form.values():
            form.add_error(None, _("没有改动，请修改后再提交。"))
            return False
        sent = self.request.POST.get(seen.FIELD, "")
        try:
            seen.refuse_if_changed(self.visit, mark=self.mark, sent=sent)
            correct_visit(
                visit=self.visit,
                values=form.values(),
                changes=form.changes(),
                reason=form.cleaned_data["reason"],
                by=self.request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        return True

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=_("更正走访"),
            seen=self.mark,
            subtitle=f"{self.visit}　{self.visit.summary}",
            submit_label=_("更正"),
            undone=_("尚未更正"),
            has_entries=self.visit.ledger_entries.standing().exists(),
            cancel_url=self.visit.get_absolute_url(),
            breadcrumbs=[
                {"label": _("走访记录"), "url": "/visits/visits/"},
                {"label": str(self.visit), "url": self.visit.get_absolute_url()},
                {"label": _("更正"), "url": None},
            ],
            **kwargs,
        )
