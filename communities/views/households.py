"""The pages of household surgery: found, the steps of one household, join, undo."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from communities.actions.undo import undo_step, undoable_step
from communities.forms.households import UndoForm
from communities.forms.step_forms import FORMS, FoundForm, JoinForm
from communities.models import Household, HouseholdStep, Resident
from communities.views.steps import StepView
from toolkit import formats
from toolkit.policy import Policy
from toolkit.refusals import not_found
from toolkit.row_numbers import row_number

CHANGE = Policy("permission", "communities.change_household")
FOUND = Policy("permission", "communities.add_household")


def household_or_404(user, pk: int) -> Household:
    """Return a household that the user may change."""
    rows = Household.objects.in_scope_of(user, "change").filter(pk=pk)
    household = rows.select_related("org_unit__community", "building__lane").first()
    if household is None:
        rows = Household.objects.filter(pk=pk)
        raise not_found(user, CHANGE.permission, rows)
    return household


def frame_of(household: Household, label) -> dict:
    """Return subtitle, way back and breadcrumbs of a page about one household."""
    url = household.get_absolute_url()
    told = {"number": household.number, "address": household.address}
    return {
        "household": household,
        "subtitle": _("户号%(number)s　%(address)s") % told,
        "cancel_url": url,
        "breadcrumbs": [
            {"label": _("住户"), "url": reverse("communities:household-list")},
            {"label": household.number, "url": url},
            {"label": label, "url": None},
        ],
    }


class HouseholdStepView(StepView):
    """Split, merge, transfer, new head, move, close, fill in relations."""

    policy = CHANGE

    def dispatch(self, request, *args, **kwargs):
        self.household = household_or_404(request.user, kwargs["pk"])
        self.form_class = FORMS.get(kwargs["slug"])
        if self.form_class is None:
            raise Http404(_("没有这种办理事项。"))
        if not self.household.is_open:
            messages.error(request, _("这一户已经销户，不能再办。"))
            return redirect(self.household)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"household": self.household}

    def page(self):
        return frame_of(self.household, self.form_class.label)

    def after(self, step):
        self.household.refresh_from_db(fields=["closed_on"])
        return self.household if self.household.is_open else super().after(step)


class FoundView(StepView):
    """Enter a new household."""

    policy = FOUND
    form_class = FoundForm

    def page(self):
        url = reverse("communities:household-list")
        return {
            "subtitle": "",
            "cancel_url": url,
            "breadcrumbs": [
                {"label": _("住户"), "url": url},
                {"label": self.form_class.label, "url": None},
            ],
        }


class JoinView(StepView):
    """Let a resident without a household join one."""

    policy = CHANGE
    form_class = JoinForm

    def dispatch(self, request, *args, **kwargs):
        rows = Resident.objects.in_scope_of(request.user, "change")
        self.resident = rows.filter(pk=kwargs["pk"]).first()
        if self.resident is None:
            named = Resident.objects.filter(pk=kwargs["pk"])
            raise not_found(request.user, "communities.change_resident", named)
        if self.resident.household_id or self.resident.ended_on:
            messages.error(request, _("这个人已有住户，或已注销，不能编入。"))
            return redirect(self.resident)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"resident": self.resident}

    def page(self):
        url = self.resident.get_absolute_url()
        return {
            "subtitle": self.resident.name,
            "cancel_url": url,
            "breadcrumbs": [
                {"label": _("居民档案"), "url": reverse("communities:resident-list")},
                {"label": self.resident.name, "url": url},
                {"label": self.form_class.label, "url": None},
            ],
        }


class UndoView(View):
    """Take the last step of a household back, with a reason.

    The page names the step that it shows: sent once more, or overtaken by a colleague,
    it takes no other step back.
    """

    policy = CHANGE
    http_method_names = ["get", "post"]

    def dispatch(self, request, *args, **kwargs):
        self.household = household_or_404(request.user, kwargs["pk"])
        self.step = self.asked_step()
        if self.step is None:
            messages.error(request, _("没有可以撤销的办理，或之后又办过别的。"))
            return redirect(self.household)
        within = Household.objects.in_scope_of(request.user, "change")
        touched = self.step.households.all()
        if within.filter(pk__in=touched).count() < len(touched):
            messages.error(request, _("这一步涉及别的社区，请由街道办理撤销。"))
            return redirect(self.household)
        return super().dispatch(request, *args, **kwargs)

    def asked_step(self) -> HouseholdStep | None:
        """Return the step to take back: the last one, or that of the page sent back."""
        if self.request.method != "POST":
            return undoable_step(self.household)
        number = row_number(self.request.POST.get("step", ""))
        return self.household.steps.filter(pk=number).first()

    def get(self, request, *args, **kwargs):
        return self.show(UndoForm(initial={"step": self.step.pk}))

    def post(self, request, *args, **kwargs):
        form = UndoForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        reason = form.cleaned_data["note"][:200]
        try:
            undo_step(step_back=self.step, reason=reason, by=request.user)
        except ValidationError as broken:
            form.add_error(None, broken)
            return self.show(form, status=409)
        label = self.step.get_kind_display()
        messages.success(request, _("已撤销%(step)s。") % {"step": label})
        return redirect(self.household)

    def show(self, form, status: int = 200):
        told = {
            "step": self.step.get_kind_display(),
            "day": formats.cn_date(self.step.happened_on),
            "by": self.step.by or _("系统"),
        }
        context = frame_of(self.household, _("撤销")) | {
            "title": _("撤销%(step)s") % told,
            "object": self.household,
            "hint": formats.sentences(
                [
                    _("%(day)s由%(by)s办理的“%(step)s”将整步退回。") % told,
                    _("人和住址恢复到办理前的样子，撤销本身也会记下来。"),
                ]
            ),
            "form": form,
            "submit_label": _("撤销%(step)s") % told,
            "danger": True,
        }
        template = "toolkit/object_confirm.html"
        return render(self.request, template, context, status=status)
