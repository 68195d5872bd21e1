"""A list on paper that asks for a purpose first: the same question as for a file.

The purpose is posted, so it stands in no URL and in no log of a server.
"""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from toolkit.screens.lists import ListScreen


class PrintScreen(ListScreen):
    """Ask what the list is printed for, then give the sheet."""

    @property
    def action(self) -> str:
        """Rows leave only where the user may take them away, not where he sees them."""
        return self.screens.export_action

    def get(self, request, *args, **kwargs):
        self.found = self.get_queryset()
        if self.is_bad():
            self.tell_refused()
            raise BadRequest(self.filterset.refusals())
        return render(request, "toolkit/object_print.html", self.question())

    def post(self, request, *args, **kwargs):
        purpose = dict(self.screens.purposes).get(request.POST.get("purpose", ""))
        if not purpose:
            messages.error(request, _("请先选择用途。"))
            return redirect(request.get_full_path())
        return self.on_paper(str(purpose))

    def heads(self) -> list[str]:
        """Return the label of each column on the sheet."""
        columns = self.screens.table_class.base_columns.values()
        return [str(column.verbose_name) for column in columns]

    def question(self) -> dict:
        """Return what the form shows."""
        screen, back = self.screen(), self.get_back_url()
        conditions = self.get_conditions()
        return {
            "screen": screen,
            "title": _("打印%(title)s") % {"title": screen["title"]},
            "conditions": conditions,
            "reach": self.reach_words(conditions),
            "heads": self.heads(),
            "purposes": self.screens.purposes,
            "cancel_url": back,
            "breadcrumbs": [
                {"label": screen["title"], "url": screen["list_url"]},
                {"label": _("打印"), "url": None},
            ],
        }
