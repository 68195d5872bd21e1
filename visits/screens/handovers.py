from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from communities.models import OrgUnit
from toolkit import formats
from toolkit.columns import Column, DateColumn, LinkColumn, StateColumn
from toolkit.paging import Sort
from toolkit.refusals import not_found
from toolkit.screens import ModelScreens, register
from toolkit.screens.details import TransitionScreen
from toolkit.screens.forms import CreateScreen, UpdateScreen
from visits import filters, forms
from visits.guards import why_not_giver
from visits.models import (
    ExtraVisit,
    HandOver,
    HandOverMatter,
    HandOverStatus,
    Visit,
    VisitDuty,
)
from visits.open_matters import count_people, open_matters
from visits.responsibility import may_hand_over, units_to_hand_over

SHOWN = 200
SAVE_DRAFT = _("保存草稿")
TONES = {
    HandOverStatus.DRAFT: "draft",
    HandOverStatus.OFFERED: "wait",
    HandOverStatus.ACCEPTED: "done",
    HandOverStatus.DECLINED: "bad",
}
MATTER_TONES = {
    "alarm": "late",
    "late": "late",
    "due": "near",
    "appointment": "",
    "extra": "near",
}
Subject = VisitDuty | Visit | ExtraVisit
WHERE = ("resident__household", "resident__org_unit")


class HandOverCreateScreen(CreateScreen):
    """A new draft, about the grids of the community in the address."""

    label = _("存草稿")
    submit_label = SAVE_DRAFT

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"within": self.get_community()}

    def get_community(self) -> OrgUnit | None:
        """Return the community of the unit in the address; else the only one."""
        user, code = self.request.user, self.request.GET.get("unit")
        if not code:
            communities = set(units_to_hand_over(user).values_list("community"))
            keys = [key for (key,) in communities]
            return OrgUnit.objects.get(pk=keys[0]) if len(keys) == 1 else None
        rows = OrgUnit.objects.in_scope_of(user).filter(code=code)
        unit = rows.select_related("community").first()
        if unit is None:
            named = OrgUnit.objects.filter(code=code)
            raise not_found(user, "communities.view_orgunit", named)
        return unit.community

    def get_title(self, noun):
        return _("交接责任区")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        within = context["form"].within
        communities = [] if within else self.communities()
        return context | {"within": within, "communities": communities}

    def communities(self) -> list[dict]:
        """Return where there are grids to hand over, each with how many."""
        rows = units_to_hand_over(self.request.user).order_by()
        counts = dict(rows.values_list("community").annotate(Count("pk")))
        units = OrgUnit.objects.filter(pk__in=counts).order_by("path")
        words = ngettext_lazy("%(grids)s 个网格", "%(grids)s 个网格", "grids")
        return [
            {
                "name": unit.name,
                "url": f"{self.request.path}?unit={unit.code}",
                "end": words % {"grids": counts[unit.pk]},
            }
            for unit in units
        ]


class HandOverUpdateScreen(UpdateScreen):
    """A change to a draft; what was offered is recalled before it is changed."""

    submit_label = SAVE_DRAFT

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        refusal = why_not_change(self.object, self.request.user)
        if form.is_bound and refusal:
            form.add_error(None, ValidationError(refusal))
        return form

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"within": context["form"].within}


class HandOverTransitionScreen(TransitionScreen):
    """A step of a hand-over; whoever has accepted is told what is his from when on."""

    def words_after(self, case, step):
        if step.name != "accept":
            return super().words_after(case, step)
        case.refresh_from_db(fields=["begins_on"])
        words = _("已接收，%(day)s起由您负责%(units)s。")
        if case.is_substitution:
            words = _("已接收，%(day)s起由您代班%(units)s。")
        return words % {"day": formats.cn_day(case.begins_on), "units": case.unit_words}


def why_not_change(hand_over: HandOver, user) -> str:
    """Return why the user may not change what the hand-over says, or ""."""
    if not hand_over.is_draft:
        return _("只有草稿可以修改，已提出的请先撤回。")
    return why_not_giver(hand_over, user)


@register
class HandOverScreens(ModelScreens):
    model = HandOver
    icon = "team"
    form_class = forms.HandOverForm
    filter_class = filters.HandOverFilters
    facts = (
        "unit_words",
        "org_unit",
        "kind",
        "from_worker",
        "to_worker",
        "takes_effect_on",
        "last_day",
        "note",
        "proposed_by",
        "begins_on",
        "people_words",
        "matter_words",
    )
    passed_over = ("last_day", "begins_on", "people_words", "matter_words")
    columns = (
        LinkColumn("unit_words", _("交接的网格")),
        StateColumn("status", tones=TONES, is_lead=True),
        Column("org_unit__full_name", _("社区或网格"), is_dropped=True),
        Column("kind"),
        Column("from_worker__name", _("移交人")),
        Column("to_worker__name", _("接收人")),
        DateColumn("takes_effect_on"),
        DateColumn("last_day"),
    )
    sorts = {
        "newest": (_("最近登记"), Sort("pk", descending=True)),
        "day": (_("接手日期"), Sort("takes_effect_on", descending=True)),
    }
    counted_in = _("张")
    records_reading = True
    create_screen = HandOverCreateScreen
    update_screen = HandOverUpdateScreen
    transition_screen = HandOverTransitionScreen

    @classmethod
    def get_queryset(cls):
        related = ("org_unit__community", "from_worker", "to_worker", "proposed_by")
        return HandOver.objects.select_related(*related).prefetch_related("units")

    @classmethod
    def list_actions(cls, request):
        """Return the actions; without a grid to give the form would be a dead end."""
        found = super().list_actions(request)
        if may_hand_over(request.user):
            return found
        return [one for one in found if one["url"] != cls.url("create")]

    @classmethod
    def create_label(cls):
        return _("交接责任区")

    @classmethod
    def chips(cls, row):
        tone = TONES.get(row.status, "")
        return [{"text": row.get_status_display(), "tone": tone}]

    @classmethod
    def row_actions(cls, row, request):
        if why_not_change(row, request.user):
            return []
        return super().row_actions(row, request)

    @classmethod
    def sections(cls, row, request):
        kept = row.matters.all() if row.was_accepted else None
        units, today = list(row.units.all()), timezone.localdate()
        found = open_matters(units, today) if kept is None else kept
        lines = matter_lines(list(found[:SHOWN]), request.user)
        title = _("目前未办完的") if kept is None else _("接收时未办完的")
        people = count_people(units) if kept is None else row.people
        context = {"lines": lines, "people": people, "is_cut": len(found) > SHOWN}
        template = "visits/_handover_matters.html"
        return [{"title": title, "template": template, "context": context}]


def matter_lines(matters: list[HandOverMatter], user) -> list[dict]:
    """Return what is open as prepared strings; who has moved away stays unnamed."""
    duties = VisitDuty.objects.in_scope_of(user).select_related("rule", *WHERE)
    duties = duties.in_bulk({one.duty_id for one in matters if one.duty_id})
    visits = Visit.objects.in_scope_of(user)
    visits = visits.select_related("resident", "household", "organisation")
    visits = visits.in_bulk({one.visit_id for one in matters if one.visit_id})
    extras = ExtraVisit.objects.in_scope_of(user).select_related("round", "resident")
    extras = extras.in_bulk({one.extra_id for one in matters if one.extra_id})
    found = (
        duties.get(one.duty_id) or visits.get(one.visit_id) or extras.get(one.extra_id)
        for one in matters
    )
    return [matter_line(*pair) for pair in zip(matters, found, strict=True)]


def matter_line(matter: HandOverMatter, row: Subject | None) -> dict:
    words = str(matter.get_kind_display())
    if matter.misses and matter.kind == HandOverMatter.Kind.ALARM:
        words = _("连续 %(count)d 次未见") % {"count": matter.misses}
    return {
        "name": str(row) if row else _("已不在您的工作范围"),
        "url": row.get_absolute_url() if row else "",
        "what": what_is_asked(row),
        "due": formats.cn_date(matter.due_on),
        "clock": formats.clock(words, MATTER_TONES[matter.kind]),
    }


def what_is_asked(row: Subject | None) -> str:
    """Name the rule or the round for which one goes; an appointment has neither."""
    if isinstance(row, VisitDuty):
        return row.rule.reason
    return row.round.title if isinstance(row, ExtraVisit) else ""
