"""The page of one row: facts, history, who has read it; reveal and transitions."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import generic
from django.views.decorators.cache import never_cache

from toolkit import audit, paging
from toolkit.audit_fields import field_words
from toolkit.forms import NoteForm
from toolkit.history import history_of
from toolkit.screens import printing, seen
from toolkit.screens.base import ScopedScreen
from toolkit.screens.facts import fact_list, in_full
from toolkit.screens.forms import CreateScreen
from toolkit.workflow import workflow_of

HISTORY_SHOWN = 20
READERS_SHOWN = 5


class DetailScreen(ScopedScreen, generic.TemplateView):
    """One row. Opening a sensitive one is itself written down."""

    template_name_suffix = "_detail"
    revealed: dict = {}
    # What was typed for a step that was refused, by its name.
    typed: dict[str, str] = {}

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        on_paper = printing.is_asked(request)
        if self.screens.records_reading:
            audit.record("printed" if on_paper else "read", subject=self.object)
        sheet = printing.sheet_of(request.user, request.path) if on_paper else None
        return self.render_to_response(self.get_context_data(printing=sheet))

    def get_context_data(self, **kwargs):
        row, declared = self.object, self.screens
        on_paper = kwargs.get("printing") is not None
        return super().get_context_data(
            screen=self.screen(),
            object=row,
            title=str(row),
            subtitle=declared.row_subtitle(row),
            chips=declared.chips(row),
            banners=declared.banners(row, self.request),
            facts=fact_list(declared, row, self.request, self.revealed),
            sections=[
                part
                for part in self.get_sections()
                if not (on_paper and part.get("is_menu"))
            ],
            transitions=self.get_transitions(),
            seen=seen.mark_of(row) if declared.workflow else "",
            history=self.get_history(),
            readers=None if on_paper else self.get_readers(),
            readers_title=self.readers_title(),
            readers_url="" if on_paper else self.get_readers_url(),
            actions=declared.row_actions(row, self.request),
            breadcrumbs=self.get_breadcrumbs(),
            print_url=f"{declared.url('detail', row.pk)}?{urlencode(printing.ASKED)}",
            **kwargs,
        )

    def get_sections(self) -> list[dict]:
        return self.screens.sections(self.object, self.request)

    def get_transitions(self) -> list[dict]:
        workflow = workflow_of(self.screens.model)
        if workflow is None:
            return []
        return [
            {
                "name": step.name,
                "label": step.label,
                "needs_note": step.needs_note,
                "note": self.typed.get(step.name),
                "note_label": step.note_label or _("办理意见"),
                "warning": step.warning_for(self.object, self.request.user),
                "primary": step.is_primary,
                "final": step.is_final,
                "url": self.screens.url("transition", self.object.pk, step.name),
            }
            for step in workflow.available(self.object, self.request.user)
        ]

    def get_history(self) -> list[dict]:
        return [
            {
                "at": line.at,
                "by": str(line.by or _("系统")),
                "label": line.label,
                "note": line.note,
                "changes": changes_told(line),
            }
            for line in history_of(self.object)[:HISTORY_SHOWN]
        ]

    def get_readers(self) -> list[dict] | None:
        """Return who has read the row, None where reading is not recorded."""
        if not self.screens.records_reading:
            return None
        events = audit.readers_of(self.object)[:READERS_SHOWN]
        return [reader_line(event, self.screens) for event in events]

    def get_readers_url(self) -> str:
        """Return the address of the whole list, "" where all of it is shown."""
        if not self.screens.records_reading:
            return ""
        if audit.readers_of(self.object)[: READERS_SHOWN + 1].count() <= READERS_SHOWN:
            return ""
        return self.screens.url("readers", self.object.pk)

    def get_breadcrumbs(self) -> list[dict]:
        screen = self.screen()
        return [
            {"label": screen["title"], "url": screen["list_url"]},
            {"label": str(self.object), "url": None},
        ]


def changes_told(line) -> list[dict]:
    """Return the changes of a line of history that a reader learns something from.

    That a new record was filled in goes without saying where no values are kept.
    """
    if line.verb != CreateScreen.verb:
        return line.changes
    return [change for change in line.changes if "new" in change]


def reader_line(event, declared) -> dict:
    """Return one reading as the page shows it: who, what, what for, when."""
    return {
        "at": event.at,
        "by": event.actor_name,
        "what": what_was_read(event, declared),
        "purpose": event.purpose,
    }


def what_was_read(event, declared) -> str:
    """Return which part of a record was read, or by what it was found."""
    names = field_words(event)
    if event.verb == "searched":
        return _("按%(names)s查到") % {"names": names}
    if names:
        return names
    is_printed = event.verb == "printed"
    if declared.is_dossier:
        return _("打印档案") if is_printed else _("查看档案")
    return _("打印记录") if is_printed else _("查看记录")


class ReadersScreen(ScopedScreen, generic.TemplateView):
    """Everybody who has read one row, page by page."""

    template_name_suffix = "_readers"

    def get_context_data(self, **kwargs):
        row = self.get_object()
        newest = paging.Sort("pk", descending=True)
        events = audit.readers_of(row)
        page = paging.page_of(events, newest, self.request.GET, paging.SIZES[1])
        screen, url = self.screen(), self.screens.url("readers", row.pk)
        return super().get_context_data(
            screen=screen,
            title=self.readers_title(),
            subtitle=str(row),
            readers=[reader_line(event, self.screens) for event in page.rows],
            pager={
                "previous_url": page.previous and f"{url}?before={page.previous}",
                "next_url": page.next and f"{url}?after={page.next}",
            },
            breadcrumbs=[
                {"label": screen["title"], "url": screen["list_url"]},
                {"label": str(row), "url": row.get_absolute_url()},
                {"label": _("查阅记录"), "url": None},
            ],
            **kwargs,
        )


class StepScreen(ScopedScreen):
    """A form on the page of a row, whose answer may be that page at this address.

    Whoever reloads it there, or changes its language, gets the page of the row.
    """

    http_method_names = ["get", "post"]

    def get(self, request, *args, **kwargs):
        return redirect(self.get_object())


@method_decorator(never_cache, name="dispatch")
class RevealScreen(StepScreen, DetailScreen):
    """Show one sealed field for a stated purpose, and write that down."""

    action = "reveal"

    def post(self, request, *args, **kwargs):
        name = kwargs["field"]
        if name not in self.screens.sealed:
            raise Http404
        self.object = self.get_object()
        purpose = request.POST.get("purpose", "").strip()
        if purpose not in dict(self.screens.purposes):
            messages.error(request, _("请先选择查看用途。"))
            return redirect(self.object)
        label = str(dict(self.screens.purposes)[purpose])
        audit.record("revealed", subject=self.object, fields=[name], purpose=label)
        self.revealed = {name: in_full(self.object, name)}
        if request.htmx:
            fact = next(
                fact
                for fact in fact_list(self.screens, self.object, request, self.revealed)
                if fact.get("field") == name
            )
            return render(request, "toolkit/_revealed.html", {"fact": fact})
        return self.render_to_response(self.get_context_data())


class TransitionScreen(StepScreen, generic.View):
    """Apply one transition of the model's workflow.

    What is refused comes back with the page: what was typed for it is not lost.
    """

    def post(self, request, *args, **kwargs):
        case, workflow = self.get_object(), workflow_of(self.screens.model)
        if kwargs["name"] not in workflow.by_name:
            raise Http404
        step = workflow.by_name[kwargs["name"]]
        try:
            self.apply(case, step)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return self.page_again(step)
        messages.success(request, self.words_after(case, step))
        return redirect(case)

    def words_after(self, case, step) -> str:
        """Return what is said once the step is taken with the case."""
        return _("已%(step)s。") % {"step": step.label}

    @transaction.atomic
    def apply(self, case, step) -> None:
        """Take the step with the case that the person has seen, or raise."""
        stored, sent = seen.locked(case), self.request.POST
        mark = seen.mark_of(stored)
        seen.refuse_if_changed(stored, mark=mark, sent=sent.get(seen.FIELD, ""))
        note = self.note_for(step)
        self.screens.workflow.apply(case, step.name, by=self.request.user, note=note)

    def note_for(self, step) -> str:
        """Return the note of a step that asks for one; raise for one too long."""
        if not step.needs_note:
            return ""
        form = NoteForm(self.request.POST)
        # Of a missing note the workflow speaks, once it knows that the step is allowed.
        if form.is_valid() or form.has_error("note", "required"):
            return form.cleaned_data.get("note", "")
        told = {"label": step.note_label or _("办理意见")}
        told["why"] = form.errors["note"][0]
        raise ValidationError(_("%(label)s：%(why)s") % told)

    def page_again(self, step):
        """Return the page of the case as it is now, with the note that was typed."""
        case = self.get_object()
        note = self.request.POST.get("note", "") if step.needs_note else ""
        steps = workflow_of(self.screens.model).available(case, self.request.user)
        if note.strip() and step not in steps:
            told = _("您填写的办理意见没有写入：%(note)s") % {"note": note}
            messages.warning(self.request, told)
        typed = {step.name: note} if step.needs_note else {}
        page = self.screens.detail_screen(screens=self.screens, typed=typed)
        page.setup(self.request, pk=case.pk)
        page.object = case
        if self.screens.records_reading:
            audit.record("read", subject=case)
        return page.render_to_response(page.get_context_data(), status=422)
