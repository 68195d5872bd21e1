"""How every step of a household runs: fill in, look at what will change, confirm.

Nothing is written before the confirmation, which carries the fingerprint of what the
clerk has seen: whoever was overtaken by a colleague is told so.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from communities.forms.steps import RELATIONS
from communities.previews import preview
from toolkit.row_numbers import row_number

EDIT, CONFIRM = "edit", "confirm"
# What a member can be to the head of his household.
OFFERED = frozenset(code for code, _label in RELATIONS)
# Names of the page's own fields, which a preview must not carry along twice.
OWN = ("csrfmiddlewaretoken", "stage", "seen")


def answers_in(data) -> dict[int, str]:
    """Return the relations that the clerk filled in on the preview."""
    answers = {}
    for name, code in data.items():
        key = row_number(name.removeprefix("answer-"))
        if name.startswith("answer-") and key is not None and code in OFFERED:
            answers[key] = code
    return answers


class StepView(View):
    """Form, preview and confirmation of one step. A subclass says of what."""

    http_method_names = ["get", "post"]
    form_class = None

    def get_form_kwargs(self) -> dict:
        return {"user": self.request.user}

    def page(self) -> dict:
        """Return subtitle, cancel_url and breadcrumbs of the step."""
        raise NotImplementedError

    def after(self, step):
        """Return the row whose page comes next."""
        homes = list(step.households.all())
        return next((home for home in homes if home.is_open), homes[0])

    def get_form(self, data=None):
        initial = {name: self.request.GET[name] for name in self.request.GET}
        return self.form_class(data, initial=initial, **self.get_form_kwargs())

    def get(self, request, *args, **kwargs):
        return self.show_form(self.get_form())

    def post(self, request, *args, **kwargs):
        form, stage = self.get_form(request.POST), request.POST.get("stage", "")
        if stage == EDIT:
            return self.show_form(form)
        if not form.is_valid():
            return self.show_form(form, status=422)
        if stage == CONFIRM:
            return self.carry_out(form)
        return self.show_preview(form)

    def carry_out(self, form):
        """Run the step if what the clerk has seen still stands."""
        answers = answers_in(self.request.POST)
        arguments = form.arguments() | ({"relations": answers} if answers else {})
        seen = self.request.POST.get("seen", "")
        try:
            step = form.action(**arguments, by=self.request.user, expected=seen)
        except ValidationError as broken:
            if getattr(broken, "code", "") == "stale":
                return self.show_preview(form, refusal=broken.messages[0], status=409)
            return self.refuse(form, broken)
        label = self.form_class.label
        messages.success(self.request, _("已办理%(step)s。") % {"step": label})
        return redirect(self.after(step))

    def show_preview(self, form, *, refusal: str = "", status: int = 200):
        try:
            change = preview(form.action, **form.arguments(), by=self.request.user)
        except ValidationError as broken:
            return self.refuse(form, broken)
        context = self.frame() | {
            "change": change,
            "relations": RELATIONS,
            "refusal": refusal,
            "sent": self.sent_along(),
            "happened_on": form.cleaned_data["happened_on"],
            "reason": form.cleaned_data["reason"],
        }
        template = "communities/step_preview.html"
        return render(self.request, template, context, status=status)

    def refuse(self, form, broken: ValidationError):
        form.add_error(form.field_of(broken), broken)
        return self.show_form(form, status=422)

    def show_form(self, form, status: int = 200):
        context = self.frame() | {"form": form, "members": form.members}
        template = "communities/step_form.html"
        return render(self.request, template, context, status=status)

    def frame(self) -> dict:
        """Return what form and preview have in common."""
        label, about = self.form_class.label, self.form_class.about
        return {"title": label, "about": about} | self.page()

    def sent_along(self) -> list[tuple[str, str]]:
        """Return the fields of the form, for the preview to send again."""
        return [
            (name, value)
            for name, values in self.request.POST.lists()
            for value in values
            if name not in OWN and not name.startswith("answer-")
        ]
