from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from communities.models import Resident
from safety.actions import add_person
from safety.forms import NewcomerForm
from safety.roll import emergency_asked, way_to
from toolkit.policy import Policy
from toolkit.refusals import not_found
from toolkit.row_numbers import row_number

ADD = "safety.add_rollcall"


class NewcomerView(FormView):
    """Put somebody on the roll who is not on it: a resident, or one met on the spot."""

    template_name = "safety/newcomer.html"
    form_class = NewcomerForm
    policy = Policy("permission", ADD)

    def dispatch(self, request, *args, **kwargs):
        self.emergency = emergency_asked(request)
        self.resident = self.get_resident()
        return super().dispatch(request, *args, **kwargs)

    def get_resident(self) -> Resident | None:
        """Return the resident in the URL; raises Http404 for one out of reach."""
        asked = self.request.GET.get("resident")
        if not asked:
            return None
        pk = row_number(asked)
        rows = Resident.objects.in_scope_of(self.request.user)
        found = rows.select_related("household", "org_unit").filter(pk=pk).first()
        if found is None or not self.request.user.has_perm(ADD, found):
            raise not_found(self.request.user, ADD, Resident.objects.filter(pk=pk))
        return found

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"user": self.request.user, "resident": self.resident}

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form):
        if self.emergency is None:
            return redirect("safety:roll")
        try:
            line = add_person(
                emergency=self.emergency,
                by=self.request.user,
                resident=self.resident,
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("已列入：%(name)s") % {"name": line})
        return redirect(way_to(line))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=_("列入应急点名"),
            emergency=self.emergency,
            resident=self.resident,
            back_url=reverse("safety:roll"),
            find_url=reverse("communities:find"),
            **kwargs,
        )
