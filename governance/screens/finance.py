from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.books.guards import why_not_check, why_not_close, why_not_own
from governance.books.table import table_of
from governance.books.tiers import tier_for
from governance.columns import MoneyColumn, PublishedMoneyColumn
from governance.forms import (
    ApprovalTierFilters,
    ApprovalTierForm,
    StatementFilters,
    StatementForm,
    VoucherFilters,
    VoucherForm,
)
from governance.models import (
    ApprovalTier,
    Statement,
    StatementStatus,
    Voucher,
    VoucherStatus,
)
from governance.screens.drafts import (
    DraftCreateScreen,
    DraftUpdateScreen,
    without_update,
)
from toolkit.columns import Column, DateColumn, LinkColumn, StateColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, ModelScreens, register

VOUCHER_TONES = {
    VoucherStatus.DRAFT: "draft",
    VoucherStatus.REVIEW: "wait",
    VoucherStatus.APPROVED: "done",
    VoucherStatus.DROPPED: "",
}
STATEMENT_TONES = {
    StatementStatus.DRAFT: "draft",
    StatementStatus.REVIEW: "wait",
    StatementStatus.PUBLISHED: "done",
}


@register
class ApprovalTierScreens(ModelScreens):
    model = ApprovalTier
    plural = "approval-tiers"
    about = _("多少元起由谁审批，依据什么")
    icon = "key"
    form_class = ApprovalTierForm
    filter_class = ApprovalTierFilters
    columns = (
        LinkColumn("least_words", _("从多少元起")),
        Column("approver", is_lead=True),
        Column("profile"),
        Column("org_unit__name", _("制定单位")),
        Column("source", is_dropped=True),
    )
    facts = ("org_unit", "profile", "least_words", "approver", "source")
    sorts = {
        "least": (_("起点金额"), Sort("least")),
        "newest": (_("最近登记"), Sort("pk", descending=True)),
    }
    closing = Closing(label=_("停用"), hint=_("停用后审批不再按这一档。"))


@register
class VoucherScreens(ModelScreens):
    model = Voucher
    about = _("社区（村）的每一笔收入和支出")
    icon = "money"
    form_class = VoucherForm
    filter_class = VoucherFilters
    counted_in = _("张")
    columns = (
        LinkColumn("code", _("凭证号")),
        StateColumn("status", tones=VOUCHER_TONES, is_lead=True),
        DateColumn("dated_on"),
        Column("kind"),
        MoneyColumn("amount"),
        Column("purpose"),
        Column("org_unit__name", _("社区（村）")),
        Column("handler", is_dropped=True),
        Column("approver", is_dropped=True),
    )
    facts = (
        "org_unit",
        "code",
        "kind",
        "dated_on",
        "amount_words",
        "purpose",
        "handler",
        "approver",
        "decided_on",
        "decision",
        "corrects",
    )
    passed_over = ("approver", "decided_on", "decision", "corrects")
    create_screen = DraftCreateScreen
    update_screen = DraftUpdateScreen

    @classmethod
    def chips(cls, row):
        return [{"text": row.get_status_display(), "tone": VOUCHER_TONES[row.status]}]

    @classmethod
    def banners(cls, row, request):
        if row.status not in ("draft", "review"):
            return []
        told, tier = [], tier_for(row.org_unit, row.amount)
        if row.status == "review" and (own := why_not_own(row, request.user)):
            told.append({"text": own, "tone": "wait"})
        if tier:
            words = _("这笔金额由%(who)s。依据：%(source)s。")
            facts = {"who": tier.get_approver_display(), "source": tier.source}
            told.append({"text": words % facts, "tone": ""})
        return told

    @classmethod
    def row_actions(cls, row, request):
        change = cls.url("update", row.pk)
        kept = without_update(
            super().row_actions(row, request), row, ("draft",), change
        )
        if row.file:
            url = reverse("governance:voucher-file", args=[row.pk])
            kept.append({"label": _("下载附件"), "url": url, "icon": "download"})
        may_add = request.user.has_perm(cls.permission("add"), row)
        if row.status == "approved" and may_add:
            query = {"corrects": row.pk, "org_unit": row.org_unit_id}
            url = reverse("governance:voucher-create", query=query)
            kept.append({"label": _("登记更正凭证"), "url": url})
        return kept

    @classmethod
    def sections(cls, row, request):
        lines = [
            {
                "label": str(one),
                "about": one.amount_words,
                "url": one.get_absolute_url(),
            }
            for one in row.corrections.order_by("pk")
        ]
        if not lines:
            return []
        context = {"lines": lines}
        part = {"title": _("更正这张凭证的"), "template": "governance/_lines.html"}
        return [part | {"context": context}]


@register
class StatementScreens(ModelScreens):
    model = Statement
    about = _("由凭证生成的月度、季度收支报表，平了才能公布")
    icon = "ledger"
    form_class = StatementForm
    filter_class = StatementFilters
    counted_in = _("张")
    columns = (
        LinkColumn("period_words", _("期间")),
        StateColumn("status", tones=STATEMENT_TONES, is_lead=True),
        Column("org_unit__name", _("社区（村）")),
        MoneyColumn("opening"),
        PublishedMoneyColumn("income"),
        PublishedMoneyColumn("expense"),
        MoneyColumn("counted"),
    )
    facts = ("org_unit", "period_words", "opening_words", "counted_words", "author")
    sorts = {
        "period": (_("期间"), Sort("starts_on", descending=True)),
        "newest": (_("最近登记"), Sort("pk", descending=True)),
    }
    create_screen = DraftCreateScreen
    update_screen = DraftUpdateScreen

    @classmethod
    def create_label(cls):
        return _("编制收支报表")

    @classmethod
    def chips(cls, row):
        return [{"text": row.get_status_display(), "tone": STATEMENT_TONES[row.status]}]

    @classmethod
    def banners(cls, row, request):
        if row.status == "published":
            return []
        own = why_not_check(row, request.user) if row.status == "review" else ""
        told = [(own, "wait"), (why_not_close(row, request.user), "urgent")]
        return [{"text": text, "tone": tone} for text, tone in told if text]

    @classmethod
    def row_actions(cls, row, request):
        change = cls.url("update", row.pk)
        return without_update(
            super().row_actions(row, request), row, ("draft",), change
        )

    @classmethod
    def sections(cls, row, request):
        context = {"books": table_of(row), "is_staff": True}
        part = {"title": _("收支明细"), "template": "governance/_books.html"}
        return [part | {"context": context}]
