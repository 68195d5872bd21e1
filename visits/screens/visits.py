from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.columns import Column, DateTimeColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register
from toolkit.sync.photos import kept_of
from visits import filters
from visits.actions.corrections import may_correct
from visits.entries import entry_lines, still_open
from visits.models import Visit
from visits.screens.photos import photos_shown
from visits.sections import log_action


@register
class VisitScreens(ModelScreens):
    model = Visit
    icon = "visit"
    filter_class = filters.VisitFilters
    facts = (
        "visited",
        "kind",
        "place",
        "method",
        "visited_at",
        "outcome",
        "met_names",
        "note",
        "again",
        "followed_up_on",
        "org_unit",
        "responsible",
        "logged_by",
        "created_at",
    )
    passed_over = ("again", "followed_up_on", "responsible")
    columns = (
        LinkColumn("whom", _("走访对象")),
        DateTimeColumn("visited_at", is_lead=True),
        Column("method"),
        Column("outcome"),
        Column("note"),
        Column("org_unit__full_name", _("网格")),
        Column("logged_by__name", _("登记人"), is_dropped=True),
    )
    sorts = {
        "newest": (_("最近走访"), Sort("visited_at", descending=True)),
        "oldest": (_("最早走访"), Sort("visited_at")),
    }
    counted_in = _("次")
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    has_create = False
    has_update = False

    @classmethod
    def get_queryset(cls):
        return Visit.objects.select_related(
            "resident__household",
            "household__org_unit",
            "organisation",
            "org_unit__community",
            "logged_by",
        )

    @classmethod
    def row_subtitle(cls, row):
        return gettext("第 %(number)d 号　%(summary)s") % {
            "number": row.pk,
            "summary": row.summary,
        }

    @classmethod
    def chips(cls, row):
        marks = {row.late_entry: "", row.uncertain_time: "wait"}
        return [{"text": text, "tone": tone} for text, tone in marks.items() if text]

    @classmethod
    def sections(cls, row, request):
        ledgers = ledger_section(row, request.user)
        return [*photos_of(row), *([ledgers] if ledgers else [])]

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        if request.user.has_perm("visits.add_visit"):
            url = reverse("visits:visit-new")
            action = {"label": _("登记走访"), "url": url, "icon": "plus"}
            actions.append(action | {"primary": True})
        return actions

    @classmethod
    def row_actions(cls, row, request):
        actions = []
        if may_correct(request.user, row):
            url = reverse("visits:visit-correct", args=[row.pk])
            actions.append({"label": _("更正"), "url": url, "icon": "edit"})
        again = log_action(row.subject, request.user)
        if again:
            actions.append(again | {"label": _("登记新走访"), "icon": "plus"})
        return actions


def photos_of(visit: Visit) -> list[dict]:
    """Show the photos that came with what has become the visit, or put it right."""
    return photos_shown(
        reverse("visits:visit-photo", args=[visit.pk, photo.uid])
        for photo in kept_of(visit.client_uuid)
    )


def ledger_section(visit: Visit, user) -> dict | None:
    """Show the ledgers in which the visit stands, and lead to those still open."""
    lines = entry_lines(visit)
    may_enter = may_correct(user, visit) and still_open(visit)
    if not lines and not may_enter:
        return None
    section = {
        "title": _("台账"),
        "template": "visits/_entries.html",
        "context": {"lines": lines},
    }
    if may_enter:
        section["url"] = reverse("visits:visit-enter", args=[visit.pk])
        section["url_label"] = _("补记台账")
    return section
