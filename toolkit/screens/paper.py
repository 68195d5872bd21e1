"""A list on paper that asks for a purpose first: the same question as for a file.

The purpose is posted, so it stands in no URL and in no log of a server.
"""

from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from toolkit.screens.asking import refusal
from toolkit.screens.lists import ListScreen


class PrintScreen(ListScreen):
    """Ask what the list is printed for, then give the sheet."""

    @property
    def action(self) -> str:
        """Rows leave only where the user may take them away, not where he sees them."""
        return self.screens.export_action

    def get(self, request, *args, **kwargs):
        return self.ask({})

    def post(self, request, *args, **kwargs):
        purpose = dict(self.screens.purposes).get(request.POST.get("purpose", ""))
        if not purpose:
            return self.ask(refusal(_("尚未打印"), self.screens, purpose=True))
        return self.on_paper(str(purpose))

    def ask(self, refused: dict):
        """Answer with the question, and with what an answer lacked."""
        self.found = self.get_queryset()
        if self.is_bad():
            self.tell_refused()
            raise BadRequest(self.filterset.refusals())
        asked = self.question() | {"refusal": refused}
        status = 422 if refused else 200
        return render(self.request, "toolkit/object_print.html", asked, status=status)

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
