"""Create, update and close: one transaction, one line of history, scope asked twice."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from toolkit.forms import NoteForm
from toolkit.history import remember
from toolkit.marks import colon
from toolkit.refusals import Denied
from toolkit.screens import seen
from toolkit.screens.base import ScopedScreen

logger = logging.getLogger(__name__)
TOO_EARLY = gettext_lazy(
    "现在还不能办：开始的日期还没有到，或者与记录里别的内容不符。"
    "请到开始以后再办，或先改日期。"
)


OVERTAKEN = gettext_lazy(
    "刚才有人写入了与这里冲突的内容，这次没有写入。请核对后再办一次。"
)


def why_not_written(row) -> list[str]:
    """Return what the database refused: two had asked at the same moment."""
    try:
        row.validate_constraints()
    except ValidationError as refusal:
        return refusal.messages
    return [OVERTAKEN]


class FormScreen(ScopedScreen):
    """A form over one row."""

    template_name_suffix = "_form"
    verb = "changed"
    label = ""
    said = gettext_lazy("已保存：%(row)s")
    submit_label = gettext_lazy("保存")

    def get_form_class(self):
        return self.screens.form_class

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form):
        """Save; a rule that only shows while writing comes back as a form error."""
        before = self.object
        try:
            return self.write(form)
        except ValidationError as failure:
            refusal = failure
        except IntegrityError:
            logger.warning("a row could not be written", exc_info=True)
            refusal = why_not_written(form.instance)
        self.object = before
        form.add_error(None, refusal)
        return self.form_invalid(form)

    @transaction.atomic
    def write(self, form):
        changes, known = form.changes(), self.object
        self.object = form.save()
        # A user must not move a row to a place where he may not work.
        if not self.get_queryset().filter(pk=self.object.pk).exists():
            raise Denied(self.screens.permission(self.action), known)
        by = self.request.user
        remember(self.object, self.verb, self.label, by=by, changes=changes)
        messages.success(self.request, self.said % {"row": self.object})
        # What is doubtful but allowed, such as an unknown region in an ID number.
        for warning in getattr(form, "warnings", ()):
            messages.warning(self.request, warning)
        return redirect(self.object)

    def get_context_data(self, **kwargs):
        screen = self.screen()
        back = self.object.get_absolute_url() if self.object else screen["list_url"]
        crumbs = [{"label": screen["title"], "url": screen["list_url"]}]
        if self.object:
            crumbs.append({"label": str(self.object), "url": back})
        title = self.get_title(screen["noun"])
        return super().get_context_data(
            screen=screen,
            title=title,
            cancel_url=back,
            submit_label=self.submit_label,
            undone=_("尚未保存"),
            breadcrumbs=[*crumbs, {"label": title, "url": None}],
            **kwargs,
        )


class CreateScreen(FormScreen, generic.CreateView):
    """A new row."""

    action = "add"
    verb = "created"
    label = gettext_lazy("登记")

    def get_initial(self):
        """Return what the URL suggests for fields that the form has."""
        names = self.get_form_class().base_fields
        return {
            name: self.request.GET[name] for name in names if name in self.request.GET
        }

    def get_title(self, noun):
        return self.screens.create_label()


class UpdateScreen(FormScreen, generic.UpdateView):
    """A change to a row."""

    action = "change"
    label = gettext_lazy("修改")

    def get_title(self, noun):
        return _("修改%(noun)s") % {"noun": noun}

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)

    def get_object(self, queryset=None):
        """Return the row; before it is changed, locked and as it is stored now."""
        row = super().get_object(queryset)
        if self.request.method == "POST":
            row = seen.locked(row)
        # Before the form puts its own values into the object at hand.
        self.mark = seen.mark_of(row)
        return row

    def write(self, form):
        sent = self.request.POST.get(seen.FIELD, "")
        seen.refuse_if_changed(self.object, mark=self.mark, sent=sent)
        if not form.has_changed():
            messages.info(self.request, _("没有改动，内容不变。"))
            return redirect(self.object)
        return super().write(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, seen=self.mark)


class CloseScreen(ScopedScreen, generic.FormView):
    """End a row with a reason: nothing is deleted."""

    action = "change"
    template_name_suffix = "_confirm"
    form_class = NoteForm
    said = gettext_lazy("已%(step)s。")

    def dispatch(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form):
        """End the row; what forbids it comes back in the form, beside the reason."""
        try:
            self.end(form.cleaned_data["note"])
        except IntegrityError:
            logger.warning("a row could not be closed", exc_info=True)
            refusal = TOO_EARLY
        except ValidationError as failure:
            refusal = failure
        else:
            label = self.screens.closing.label
            messages.success(self.request, self.said % {"step": label})
            return redirect(self.object)
        form.add_error(None, refusal)
        return self.form_invalid(form)

    @transaction.atomic
    def end(self, note: str) -> None:
        """End the row and say so in its history; raise if it has ended before."""
        closing, by = self.screens.closing, self.request.user
        is_open = {closing.field: None}
        open_rows = self.get_queryset().filter(pk=self.object.pk, **is_open)
        if not open_rows.update(**{closing.field: timezone.localdate()}):
            raise ValidationError(_("已经办过了。"))
        remember(self.object, "closed", closing.label, by=by, note=note)

    def get_context_data(self, **kwargs):
        closing, screen = self.screens.closing, self.screen()
        return super().get_context_data(
            screen=screen,
            title=f"{closing.label}{colon()}{self.object}",
            hint=closing.hint,
            cancel_url=self.object.get_absolute_url(),
            submit_label=closing.label,
            breadcrumbs=[
                {"label": screen["title"], "url": screen["list_url"]},
                {"label": str(self.object), "url": self.object.get_absolute_url()},
                {"label": closing.label, "url": None},
            ],
            **kwargs,
        )
