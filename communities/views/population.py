"""Entering a population event of a resident, and taking one back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from communities.actions.population import possible_kinds, record_event, reverse_event
from communities.forms.population import PopulationEventForm
from communities.models import ARRIVALS, PopulationEvent, Resident
from communities.previews import unknown_relations
from toolkit import formats
from toolkit.forms import NoteForm
from toolkit.policy import Policy
from toolkit.refusals import not_found

ENTER = Policy("permission", "communities.add_populationevent")


def resident_or_404(user, pk: int) -> Resident:
    """Return a resident for whom the user may enter events."""
    rows = Resident.objects.in_scope_of(user).select_related(
        "org_unit__community", "household"
    )
    resident = rows.filter(pk=pk).first()
    if resident is None or not user.has_perm(ENTER.permission, resident):
        raise not_found(user, ENTER.permission, Resident.objects.filter(pk=pk))
    return resident


def frame_of(resident: Resident, label) -> dict:
    url = resident.get_absolute_url()
    return {
        "title": label,
        "subtitle": resident.name,
        "cancel_url": url,
        "breadcrumbs": [
            {"label": _("居民档案"), "url": reverse("communities:resident-list")},
            {"label": resident.name, "url": url},
            {"label": label, "url": None},
        ],
    }


class EventView(View):
    """Enter what happened to a resident."""

    policy = ENTER
    http_method_names = ["get", "post"]

    def dispatch(self, request, *args, **kwargs):
        self.resident = resident_or_404(request.user, kwargs["pk"])
        if not possible_kinds(self.resident):
            messages.error(request, _("已注销的人没有可以登记的变动。"))
            return redirect(self.resident)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        asked = {"kind": request.GET.get("kind", "")}
        return self.show(PopulationEventForm(resident=self.resident, initial=asked))

    def post(self, request, *args, **kwargs):
        form = PopulationEventForm(request.POST, resident=self.resident)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            event = record_event(**form.arguments(), by=request.user)
        except ValidationError as broken:
            form.add_error(None, broken)
            return self.show(form, status=422)
        self.tell(event)
        return redirect(self.resident)

    def tell(self, event) -> None:
        """Say what was entered, and what is left to fill in."""
        done = _("已登记%(name)s的“%(kind)s”。")
        told = {"name": self.resident.name, "kind": event.get_kind_display()}
        messages.success(self.request, done % told)
        home = event.resident.household
        comes = event.kind in ARRIVALS
        if comes and home is None:
            words = _("本人现在没有住户，请编入住户。")
            messages.warning(self.request, words)
        elif event.step and home and unknown_relations(home):
            words = _("本户有人与户主的关系还不清楚，请到住户页面补填。")
            messages.warning(self.request, words)

    def show(self, form, status: int = 200):
        context = frame_of(self.resident, _("登记人口变动"))
        context |= {"form": form, "submit_label": _("登记")}
        template = "communities/event_form.html"
        return render(self.request, template, context, status=status)


class ReverseView(View):
    """Take an entry back by a second one."""

    policy = ENTER
    http_method_names = ["get", "post"]

    def dispatch(self, request, *args, **kwargs):
        # Whoever has the resident takes it back: the entry may belong to the unit in
        # which the resident was before.
        named = PopulationEvent.objects.filter(pk=kwargs["pk"])
        self.event = named.select_related("resident").first()
        if self.event is None:
            raise not_found(request.user, ENTER.permission, named)
        self.resident = resident_or_404(request.user, self.event.resident_id)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.show(NoteForm())

    def post(self, request, *args, **kwargs):
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            note = form.cleaned_data["note"][:200]
            reverse_event(event=self.event, note=note, by=request.user)
        except ValidationError as broken:
            form.add_error(None, broken)
            return self.show(form, status=409)
        told = {"kind": self.event.get_kind_display()}
        messages.success(request, _("已撤销“%(kind)s”登记。") % told)
        return redirect(self.resident)

    def show(self, form, status: int = 200):
        told = {
            "kind": self.event.get_kind_display(),
            "day": formats.cn_date(self.event.happened_on),
        }
        label = _("撤销“%(kind)s”登记") % told
        context = frame_of(self.resident, label) | {
            "object": self.resident,
            "hint": formats.sentences(
                [
                    _("%(day)s的这条登记连同它引起的变化一并退回。") % told,
                    _("原登记不删，另记一条撤销。"),
                ]
            ),
            "form": form,
            "submit_label": _("撤销登记"),
            "danger": True,
        }
        template = "toolkit/object_confirm.html"
        return render(self.request, template, context, status=status)
