"""The list as a file: the same filters, scope, columns and masks.

A short list is written at once; a long one by the worker, with its progress on a page
that may be closed and opened again. Every export is in the audit trail.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, EmptyResultSet
from django.http import FileResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkit import audit, exported_files, formats, jobs, spreadsheets
from toolkit.marks import colon
from toolkit.registry import Registry
from toolkit.screens import leaving
from toolkit.screens.asking import refusal
from toolkit.screens.cells import CellReader
from toolkit.screens.lists import ListScreen

ROWS_TOLD = 5000


class ExportScreen(ListScreen):
    """Ask for format and purpose, then hand out the file or order it."""

    template_name_suffix = "_export"
    # A sentence under the form.
    hint = gettext_lazy(
        "证件号码、电话在导出文件中同样遮挡。记录较多时转入后台生成，文件保留 24 小时。"
    )

    @property
    def action(self) -> str:
        """Rows leave only where the user may take them away, not where he sees them."""
        return self.screens.export_action

    def get_formats(self) -> dict[str, str]:
        """Return the label of each format on offer, the usual one first."""
        return {slug: form.label for slug, form in spreadsheets.FORMATS.items()}

    def get_format_groups(self) -> list[dict]:
        """Return the formats by what they are for; one kind needs no name."""
        return [{"label": "", "formats": self.get_formats()}]

    def format_at_first(self) -> str:
        """Return the format that the address names, else the usual one."""
        on_offer = self.get_formats()
        named = self.request.GET.get("format", "")
        return named if named in on_offer else next(iter(on_offer))

    def file_title(self, chosen: str) -> str:
        """Return what the file is called, before the day."""
        return str(self.screen()["title"])

    def form_of(self, chosen: str) -> spreadsheets.Format:
        """Return the form of the file of a format on offer."""
        return spreadsheets.FORMATS[chosen]

    def note_on(self, chosen: str, queryset) -> str:
        """Return what must be known of a file, such as what is not in it; else ""."""
        return ""

    def get_queryset(self):
        """Return the rows of the list; raises BadRequest on what cannot be read.

        A condition that is left out would let out every row in scope.
        """
        queryset = super().get_queryset()
        if self.filterset is not None and not self.filterset.is_valid():
            self.tell_refused()
            raise BadRequest(self.filterset.refusals())
        return queryset

    def get(self, request, *args, **kwargs):
        return self.ask(self.get_queryset(), {})

    def ask(self, queryset, sent: dict):
        """Answer with the question; of one that was refused, with what it lacked."""
        self.found = queryset
        shown = self.get_context_data_for(queryset) | sent
        return self.render_to_response(shown, status=422 if sent else 200)

    def get_context_data_for(self, queryset) -> dict:
        screen, conditions = self.screen(), self.get_conditions()
        return {
            "screen": screen,
            "title": _("导出%(title)s") % {"title": screen["title"]},
            "conditions": conditions,
            "reach": self.reach_words(conditions),
            "purposes": self.screens.purposes if self.asks_purpose else (),
            "groups": self.get_format_groups(),
            "refusal": {},
            "chosen": self.format_at_first(),
            "heads": self.heads(),
            "hint": self.hint,
            "jobs": jobs.recent_of(self.request.user, timezone.now(), kind="export"),
            "cancel_url": screen["list_url"],
            "breadcrumbs": [
                {"label": screen["title"], "url": screen["list_url"]},
                {"label": _("导出"), "url": None},
            ],
            "view": self,
        }

    @property
    def asks_purpose(self) -> bool:
        return self.screens.export_needs_purpose

    def post(self, request, *args, **kwargs):
        # What cannot be read is refused before anything is asked.
        queryset = self.get_queryset()
        chosen = request.POST.get("format", "xlsx")
        given = request.POST.get("purpose", "")
        purpose = str(dict(self.screens.purposes).get(given, ""))
        on_offer = self.get_formats()
        refused = refusal(
            _("尚未导出"),
            self.screens,
            purpose=self.asks_purpose and not purpose,
            formats=None if chosen in on_offer else on_offer,
        )
        if refused:
            kept = {"chosen": chosen, "purpose": given}
            return self.ask(queryset, kept | {"refusal": refused})
        cap = settings.YUHAI_EXPORT_IN_PAGE
        if queryset.order_by()[: cap + 1].count() > cap:
            return self.order(chosen, purpose)
        made = self.write(chosen, purpose, queryset)
        if made.note:
            messages.info(request, made.note)
        return FileResponse(
            made.path.open("rb"),
            as_attachment=True,
            filename=made.name,
            content_type=self.form_of(chosen).media_type,
        )

    def order(self, chosen: str, purpose: str):
        """Have the worker make the file; show its progress."""
        job = jobs.enqueue(
            "export",
            key=f"export:{uuid4()}",
            title=_("导出%(title)s") % {"title": self.screen()["title"]},
            by=self.request.user,
            payload={
                "model": self.screens.model._meta.label_lower,
                "query": self.request.GET.urlencode(),
                "format": chosen,
                "purpose": purpose,
            },
            return_url=self.screens.url("list"),
        )
        return redirect("toolkit:job", job.pk)

    def write(self, chosen: str, purpose: str, queryset, tell=None) -> SimpleNamespace:
        """Write the file and the audit event; return path, name, count, note and unit.

        `tell` is told now and then how many rows are written.
        """
        user = self.request.user
        kind = self.form_of(chosen).extension
        label = self.screens.model._meta.label_lower
        path = exported_files.path_for(label, kind)
        title, note = self.file_title(chosen), self.note_on(chosen, queryset)
        facts = {
            _("内容"): title,
            _("条件"): self.condition_text(),
            _("导出人"): str(user),
            _("导出时间"): formats.cn_datetime(timezone.now()),
            _("用途"): purpose,
        } | ({_("说明"): note} if note else {})

        def follow(rows: Iterator[list]) -> Iterator[list]:
            return rows if tell is None else told(rows, tell)

        count = self.fill(path, chosen, queryset, facts, follow)
        left = leaving.facts_of(self, form=kind) | {"fields": self.names_in(chosen)}
        audit.record("exported", actor=user, count=count, purpose=purpose, **left)
        name = f"{title}-{timezone.localdate():%Y%m%d}.{kind}"
        unit = left["reach"]
        return SimpleNamespace(path=path, name=name, count=count, note=note, unit=unit)

    def fill(self, path: Path, chosen: str, queryset, facts: dict, follow) -> int:
        """Write the rows to the file; return how many there are."""
        rows = follow(self.cells(queryset))
        return self.form_of(chosen).write(path, self.heads(), rows, facts)

    def reach_mark(self) -> str:
        """Return a mark of how far the user may export: it changes with his posts."""
        reach = self.screens.model.objects.in_scope_of(self.request.user, self.action)
        try:
            condition = str(reach.query)
        except EmptyResultSet:
            condition = ""
        return sha256(condition.encode()).hexdigest()

    def condition_text(self) -> str:
        shown = [f"{c['label']}{colon()}{c['value']}" for c in self.get_conditions()]
        return formats.clauses(shown) or _("全部")

    def names_in(self, chosen: str) -> list[str]:
        """Return the names of the columns in the file of a format."""
        return self.column_names()

    def heads(self) -> list[str]:
        """Return the label of each column; the table gives those of the fields."""
        columns = self.screens.table_class.base_columns.values()
        return [str(column.verbose_name) for column in columns]

    def cells(self, queryset) -> Iterator[list]:
        """Yield the cells of every row, in the order of the list."""
        reader = CellReader(self.screens.model, self.screens.columns)
        return reader.rows(queryset.order_by(*self.get_sort().order()))


def told(rows: Iterator[list], tell: Callable[[int], None]) -> Iterator[list]:
    """Yield the rows and tell after every few thousand how many there were."""
    for count, row in enumerate(rows, start=1):
        yield row
        if count % ROWS_TOLD == 0:
            tell(count)


def screen_of(job, user, screens: Registry) -> ExportScreen:
    """Return the screen that makes the file of a job, as the user would see it now."""
    declaration = screens[job.payload["model"]]
    screen = declaration.export_screen(screens=declaration)
    screen.request = SimpleNamespace(
        GET=QueryDict(job.payload["query"]), user=user, path=declaration.url("list")
    )
    return screen


def make_export(job, screens: Registry) -> dict:
    """Make the file of an export job; return where it lies.

    Nothing is written but the file and, at the end, the audit event, so the progress
    is seen while the work goes on.
    """
    user = get_user_model().objects.get(pk=job.by_id)
    screen = screen_of(job, user, screens)
    reach = screen.reach_mark()
    queryset = screen.get_queryset()
    total = queryset.order_by().count()
    made = screen.write(
        job.payload["format"],
        job.payload["purpose"],
        queryset,
        tell=lambda done: jobs.progress(job, done, total),
    )
    about = {"file": made.path.name, "name": made.name, "count": made.count}
    return about | {"note": made.note, "reach": reach, "unit": made.unit}


def is_still_his(job, user, screens: Registry) -> bool:
    """Answer whether the user may still take away what he had made.

    The permission is asked again, the format, and whether it reaches as far as then.
    """
    screen = screen_of(job, user, screens)
    return (
        screen.may(screen.action)
        and job.payload["format"] in screen.get_formats()
        and job.result.get("reach") == screen.reach_mark()
    )
