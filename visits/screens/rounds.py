from django.contrib import messages
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from toolkit.columns import Column, DateColumn, LinkColumn, StateColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register
from toolkit.screens.forms import CreateScreen
from visits import filters, forms
from visits.actions import gather_people
from visits.models import ExtraRound, ExtraVisit, RoundStatus
from visits.rounds import MET, counts_by_unit

TONES = {RoundStatus.OPEN: "wait", RoundStatus.CLOSED: "done"}


class ExtraRoundCreateScreen(CreateScreen):
    """A new round: whom it concerns is gathered with it."""

    label = gettext_lazy("发起加访")
    submit_label = gettext_lazy("发起加访")
    # What there is to say is known only once the people are gathered.
    said = ""

    def get_title(self, noun):
        return _("发起加访")

    def write(self, form):
        response = super().write(form)
        gather_people(self.object)
        words = _("已发起，应见 %(people)d 人，已见 %(met)d 人。")
        counts = self.object.people.aggregate(people=Count("pk"), met=MET)
        messages.success(self.request, words % counts)
        return response


@register
class ExtraRoundScreens(ModelScreens):
    model = ExtraRound
    icon = "extra"
    form_class = forms.ExtraRoundForm
    filter_class = filters.ExtraRoundFilters
    facts = (
        "title",
        "occasion",
        "org_unit",
        "rule_words",
        "days_words",
        "opened_by",
        "closed_on",
    )
    passed_over = ("closed_on",)
    columns = (
        LinkColumn("title"),
        StateColumn("status", tones=TONES, is_lead=True),
        Column("occasion"),
        Column("org_unit__full_name", gettext_lazy("加访范围")),
        DateColumn("begins_on"),
        DateColumn("last_day"),
    )
    sorts = {
        "newest": (gettext_lazy("最近发起"), Sort("pk", descending=True)),
        "last": (gettext_lazy("最后一天"), Sort("last_day", descending=True)),
    }
    counted_in = gettext_lazy("次")
    has_update = False
    create_screen = ExtraRoundCreateScreen

    @classmethod
    def get_queryset(cls):
        return ExtraRound.objects.select_related("org_unit__community", "opened_by")

    @classmethod
    def create_label(cls):
        return _("发起加访")

    @classmethod
    def chips(cls, row):
        tone = TONES[row.status]
        return [{"text": row.get_status_display(), "tone": tone}]

    @classmethod
    def row_actions(cls, row, request):
        """Lead to whom the round still waits for, as far as the user reaches."""
        people = ExtraVisit.objects.in_scope_of(request.user).counted()
        left = people.filter(round=row, met_on=None).count()
        if not left:
            return []
        label = ngettext("看没见到的 %(count)d 人", "看没见到的 %(count)d 人", left)
        url = f"{reverse('visits:extravisit-list')}?round={row.pk}&state=not-met"
        return [{"label": label % {"count": left}, "url": url, "primary": True}]

    @classmethod
    def banners(cls, row, request):
        if row.status == RoundStatus.CLOSED or row.last_day < timezone.localdate():
            return []
        return [{"text": row.explained, "tone": "wait"}]

    @classmethod
    def sections(cls, row, request):
        rows = ExtraVisit.objects.in_scope_of(request.user).counted().filter(round=row)
        total = rows.aggregate(met=MET)["met"]
        people = rows.count()
        note = _("应见 %(people)d 人，已见 %(met)d 人")
        return [
            {
                "title": _("各网格"),
                "note": note % {"people": people, "met": total},
                "template": "visits/_round_units.html",
                "context": {"lines": counts_by_unit(rows, row)},
            }
        ]


@register
class ExtraVisitScreens(ModelScreens):
    model = ExtraVisit
    icon = "visit"
    filter_class = filters.ExtraVisitFilters
    facts = (
        "round",
        "resident",
        "org_unit",
        "outcome",
        "met_on",
        "met_by",
        "dropped_on",
    )
    passed_over = ("dropped_on",)
    columns = (
        LinkColumn("resident__name", gettext_lazy("居民")),
        Column("outcome", gettext_lazy("结果"), is_lead=True),
        Column("round__title", gettext_lazy("加访")),
        DateColumn("round__last_day", gettext_lazy("最晚哪天见到")),
        DateColumn("met_on"),
        Column("org_unit__full_name", gettext_lazy("网格")),
    )
    counted_in = gettext_lazy("人")
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    has_create = False
    has_update = False

    @classmethod
    def get_queryset(cls):
        related = ("round", "resident", "org_unit__community", "met_by")
        return ExtraVisit.objects.select_related(*related)
