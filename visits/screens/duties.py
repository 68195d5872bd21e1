from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toolkit import formats
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.row_numbers import row_number
from toolkit.screens import Closing, ModelScreens, register
from toolkit.screens.forms import CloseScreen, CreateScreen
from visits import filters, forms
from visits.actions import end_duty, enrol
from visits.banners import duty_banners
from visits.models import DueVisit, VisitDuty


class StandColumn(Column):
    """How a duty stands: the clock chip on the page, its words in a file."""

    css_class = "text-nowrap"

    def export(self, row):
        return self.raw(row)[0]

    def show(self, row) -> str:
        return formats.clock(*self.raw(row))


class EnrolScreen(CreateScreen):
    """Put a person under a rule: the action does what the form says."""

    @transaction.atomic
    def form_valid(self, form):
        data = form.cleaned_data
        try:
            self.object = enrol(
                resident=data["resident"],
                rule=data["rule"],
                reason=data["reason"],
                since=data["since"],
                by=self.request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        return redirect(self.object)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        resident = context["form"]["resident"].value()
        rows = context["form"].fields["resident"].queryset
        context["resident"] = rows.filter(pk=row_number(resident)).first()
        return context


class EndScreen(CloseScreen):
    """End a duty: its owed visit falls away with it."""

    said = _("任务已结束。")

    @transaction.atomic
    def end(self, note):
        end_duty(duty=self.object, reason=note, by=self.request.user)


@register
class VisitDutyScreens(ModelScreens):
    model = VisitDuty
    icon = "visit"
    form_class = forms.VisitDutyForm
    filter_class = filters.VisitDutyFilters
    facts = (
        "resident",
        "place",
        "rule",
        "pace",
        "basis",
        "origin",
        "reason",
        "since",
        "last_visited_on",
        "next_due_on",
        "missed",
        "retry_on",
        "enrolled_by",
        "until",
        "end_reason",
    )
    columns = (
        LinkColumn("resident__name", _("居民")),
        Column("rule__name", _("人员类别")),
        Column("pace", _("频次")),
        StandColumn("stand", _("期限"), is_lead=True),
        DateColumn("next_due_on"),
        DateColumn("last_visited_on"),
        Column("resident__org_unit__full_name", _("网格")),
    )
    sorts = {
        "due": (_("最该去的在前"), Sort("next_due_on")),
        "newest": (_("最近列入"), Sort("pk", descending=True)),
    }
    counted_in = _("项")
    has_update = False
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    closing = Closing(
        field="until",
        label=_("结束任务"),
        hint=_(
            "结束后不再出现在走访清单里，走访记录和历史都会保留。按年龄、独居自动列入的，"
            "等本人不再符合、以后重新符合时才会再自动列入；人工随时可以再列入。"
        ),
    )
    create_screen = EnrolScreen
    close_screen = EndScreen

    @classmethod
    def get_queryset(cls):
        related = ("rule", "resident__household", "resident__org_unit__community")
        return VisitDuty.objects.select_related(*related, "enrolled_by")

    @classmethod
    def row_subtitle(cls, row):
        return formats.phrased((row.rule.name, row.rule.pace))

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        for action in actions:
            if action["url"] == cls.url("create"):
                # It begins with a person, whom one has to find first.
                action["label"] = _("列入走访")
                action["url"] = f"{reverse('visits:visit-find')}?enrol=1"
        return actions

    @classmethod
    def banners(cls, row, request):
        return duty_banners(row)

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        if row.until is None and request.user.has_perm("visits.add_visit", row):
            url = f"{reverse('visits:visit-new')}?duty={row.pk}"
            action = {"label": _("登记走访"), "url": url, "icon": "plus"}
            actions.append(action | {"primary": True})
        return actions

    @classmethod
    def sections(cls, row, request):
        owed = row.due_visits.select_related("met_by").order_by("-due_on", "-pk")[:12]
        return [
            {
                "title": _("应访记录"),
                "template": "visits/_due_visits.html",
                "context": {"due_visits": owed},
            }
        ]


@register
class DueVisitScreens(ModelScreens):
    model = DueVisit
    icon = "clock"
    filter_class = filters.DueVisitFilters
    facts = (
        "duty",
        "org_unit",
        "opened_on",
        "due_on",
        "due_at",
        "why",
        "met_on",
        "met_by",
        "outcome",
        "lapsed_on",
        "dropped_on",
    )
    columns = (
        LinkColumn("duty__resident__name", _("居民")),
        Column("duty__rule__name", _("人员类别")),
        DateColumn("due_on"),
        DateColumn("met_on"),
        Column("outcome", _("结果"), is_lead=True),
        Column("org_unit__full_name", _("网格")),
    )
    sorts = {
        "due": (_("最晚走访日在后的在前"), Sort("due_on", descending=True)),
        "oldest": (_("最早应访的在前"), Sort("due_on")),
    }
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    has_create = False
    has_update = False

    @classmethod
    def get_queryset(cls):
        related = ("met_by", "duty__rule", "duty__resident", "org_unit__community")
        return DueVisit.objects.select_related(*related)
