from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import formats
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register
from toolkit.screens.lists import ListScreen
from visits import filters
from visits.actions.corrections import may_correct
from visits.models import LedgerEntry


class MoneyColumn(NumberColumn):
    """An amount in yuan: 200.00 on the page, the number itself in a file."""

    def show(self, row) -> str:
        return formats.money(self.raw(row))


class EntryList(ListScreen):
    """The entries, with what those that were asked for add up to."""

    def get_count_text(self, page, *, is_filtered: bool) -> str:
        text = super().get_count_text(page, is_filtered=is_filtered)
        # Of everything there is the figures of the apps tell more, and cheaper.
        if not is_filtered or self.figure is not None:
            return text
        found = self.found.order_by().aggregate(
            amount=Sum("amount"), minutes=Sum(F("minutes") * Coalesce("quantity", 1))
        )
        amount, minutes = found["amount"], found["minutes"]
        return formats.phrased(
            [
                text,
                amount and gettext("合计 %(amount)s 元") % {"amount": f"{amount:,.2f}"},
                minutes
                and gettext("合计 %(minutes)s 分钟") % {"minutes": f"{minutes:,}"},
            ]
        )


@register
class LedgerEntryScreens(ModelScreens):
    model = LedgerEntry
    title = _("台账")
    icon = "ledger"
    plural = "ledgerentries"
    filter_class = filters.LedgerEntryFilters
    facts = (
        "name",
        "visited",
        "happened_on",
        "answers",
        "org_unit",
        "entered_by",
        "created_at",
        "struck_on",
        "struck_by",
        "strike_reason",
    )
    passed_over = ("answers", "struck_on", "struck_by", "strike_reason")
    columns = (
        LinkColumn("whom", _("走访对象")),
        Column("name", _("台账"), is_lead=True),
        DateColumn("happened_on"),
        Column("kind", _("类别")),
        MoneyColumn("amount", _("金额（元）")),
        NumberColumn("quantity", is_filed=True),
        NumberColumn("minutes", _("时长（分钟）"), is_filed=True),
        Column("text"),
        Column("receipt", is_filed=True),
        Column("org_unit__full_name", _("网格")),
        Column("entered_by__name", _("登记人"), is_dropped=True),
    )
    sorts = {
        "newest": (_("最近走访"), Sort("happened_on", descending=True)),
        "oldest": (_("最早走访"), Sort("happened_on")),
    }
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    has_create = False
    has_update = False
    list_screen = EntryList

    @classmethod
    def get_queryset(cls):
        related = ("org_unit__community", "entered_by", "visit__logged_by")
        return LedgerEntry.objects.with_subject().select_related(*related)

    @classmethod
    def row_subtitle(cls, row):
        return row.visit.summary

    @classmethod
    def chips(cls, row):
        return [{"text": gettext("已作废"), "tone": "bad"}] if row.struck_on else []

    @classmethod
    def row_actions(cls, row, request):
        url = row.visit.get_absolute_url()
        actions = [{"label": _("查看走访"), "url": url, "icon": "visit"}]
        if row.record_id:
            url = row.address_of_record
            actions.append({"label": _("查看办理"), "url": url, "icon": "right"})
        if row.struck_on is None and may_correct(request.user, row.visit):
            url = reverse("visits:ledgerentry-strike", args=[row.pk])
            actions.append({"label": _("作废"), "url": url})
        return actions
