from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.columns import Column, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, ModelScreens, register
from visits import filters, forms
from visits.models import VisitDuty, VisitRule


@register
class VisitRuleScreens(ModelScreens):
    model = VisitRule
    icon = "ledger"
    form_class = forms.VisitRuleForm
    filter_class = filters.VisitRuleFilters
    facts = (
        "name",
        "tier",
        "pace",
        "first_within_days",
        "extra_within_hours",
        "who",
        "stated_source",
        "article",
        "source_mark",
        "first_basis",
        "extra_basis",
        "org_unit",
        "ended_on",
    )
    columns = (
        LinkColumn("name"),
        Column("number"),
        Column("tier"),
        Column("pace", _("频次"), is_lead=True),
        Column("who", _("列入方式")),
        Column("basis", _("依据")),
        Column("source_mark"),
    )
    sorts = {"number": (_("按序号"), Sort("number"))}
    counted_in = _("项")
    closing = Closing(
        field="ended_on",
        label=_("停用"),
        hint=_("停用后，按这一项列入的走访任务会在下一次整理时结束，记录都会保留。"),
    )

    @classmethod
    def row_subtitle(cls, row):
        return f"{row.pace}　{row.who}"

    @classmethod
    def sections(cls, row, request):
        rows = VisitDuty.objects.in_scope_of(request.user).open().filter(rule=row)
        counted = rows.aggregate(
            people=Count("pk"),
            late=Count("pk", filter=Q(next_due_on__lt=timezone.localdate())),
        )
        url = f"{reverse('visits:visitduty-list')}?rule={row.pk}"
        return [
            {
                "title": _("按这一项走访的人"),
                "template": "visits/_rule_people.html",
                "context": counted | {"list_url": url},
            }
        ]

    @classmethod
    def subtitle(cls, request):
        return gettext("各类人员的走访频次和依据。改动从下一次走访起算。")
