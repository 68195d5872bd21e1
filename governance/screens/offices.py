from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance import law
from governance.election_calendar import limit_of_unit
from governance.forms import (
    RecallFilters,
    RecallForm,
    ResignationFilters,
    ResignationForm,
    TransferFilters,
    TransferForm,
    TransferItemFilters,
    TransferItemForm,
)
from governance.models import Recall, Resignation, TermTransfer, TransferItem
from governance.recalling import called_check, vote_words
from governance.screens.guarded import GuardedScreens
from toolkit import clocks, formats
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn, StateColumn
from toolkit.screens import register

TRANSFER_TONES = {"open": "wait", "given": "open", "taken": "open", "done": "done"}
RECALL_TONES = {
    "proposed": "wait",
    "accepted": "open",
    "heard": "open",
    "passed": "done",
    "failed": "draft",
    "dismissed": "draft",
}


@register
class RecallScreens(GuardedScreens):
    model = Recall
    about = _("罢免要求：联名、申辩、表决、结果")
    icon = "alert"
    form_class = RecallForm
    filter_class = RecallFilters
    counted_in = _("件")
    export_action = "export"
    export_needs_purpose = True
    columns = (
        LinkColumn("member__name", _("被要求罢免的人")),
        StateColumn("status", tones=RECALL_TONES, is_lead=True),
        Column("member__term__body__name", _("委员会")),
        DateColumn("proposed_on"),
        NumberColumn("callers"),
        DateColumn("voted_on"),
    )
    facts = (
        "member",
        "proposed_on",
        "reason",
        "called_by",
        "callers",
        "callers_of",
        "mode",
        "voted_on",
        "entitled",
        "returned",
        "in_favour",
        "typed_by",
    )
    passed_over = ("voted_on", "entitled", "returned", "in_favour", "typed_by")

    @classmethod
    def create_label(cls):
        return _("登记罢免要求")

    @classmethod
    def chips(cls, row):
        return [{"text": row.get_status_display(), "tone": RECALL_TONES[row.status]}]

    @classmethod
    def why_not_change(cls, row):
        if row.status in (Recall.Status.PROPOSED, Recall.Status.HEARD):
            return ""
        return _gettext("这一步不能修改。")

    @classmethod
    def banners(cls, row, request):
        called = called_check(row)
        told = [{"text": called.sentence, "tone": tone_of(called.is_met)}]
        if words := vote_words(row):
            told.append({"text": words, "tone": "wait"})
        return told

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        if row.status == Recall.Status.HEARD:
            for one in actions:
                if one["url"] == cls.url("update", row.pk):
                    one["label"] = _("填写投票结果")
        return actions


def tone_of(is_met: bool) -> str:
    return "done" if is_met else "urgent"


@register
class ResignationScreens(GuardedScreens):
    model = Resignation
    about = _("委员会成员的辞职申请和审议结果")
    icon = "people"
    form_class = ResignationForm
    filter_class = ResignationFilters
    counted_in = _("件")
    export_action = "export"
    export_needs_purpose = True
    columns = (
        LinkColumn("member__name", _("辞职人")),
        StateColumn(
            "status",
            tones={"handed_in": "wait", "agreed": "done"},
            is_lead=True,
        ),
        Column("member__term__body__name", _("委员会")),
        DateColumn("handed_in_on"),
    )
    facts = ("member", "handed_in_on", "reason")

    @classmethod
    def create_label(cls):
        return _("登记辞职申请")

    @classmethod
    def why_not_change(cls, row):
        is_open = row.status == Resignation.Status.HANDED_IN
        return "" if is_open else _gettext("已经审议，不能修改。")

    @classmethod
    def banners(cls, row, request):
        words = _gettext("职务自居民（村民）会议或代表会议审议通过之日起终止。")
        return [{"text": words + law.cited("resignation", row.org_unit)}]


@register
class TermTransferScreens(GuardedScreens):
    model = TermTransfer
    plural = "transfers"
    about = _("换届后十日内的工作移交：清单、签字、打包")
    icon = "list"
    form_class = TransferForm
    filter_class = TransferFilters
    counted_in = _("件")
    has_create = False
    columns = (
        LinkColumn("term__body__name", _("委员会")),
        StateColumn("status", tones=TRANSFER_TONES, is_lead=True),
        DateColumn("began_on"),
        DateColumn("due_on"),
        DateColumn("done_on"),
    )
    facts = ("term", "began_on", "due_on", "done_on", "giver", "taker", "witness")
    passed_over = ("done_on",)

    @classmethod
    def chips(cls, row):
        limit = limit_of_unit(row.org_unit, "T07")
        due = clocks.run(limit, row.began_on, done_at=row.done_on)
        state = due.status(timezone.localdate())
        is_late = (row.done_on or timezone.localdate()) > due.due_on
        tone = (
            "bad" if is_late else {"done": "done", "near": "wait"}.get(state.tone, "")
        )
        status = row.get_status_display()
        return [
            {"text": status, "tone": TRANSFER_TONES[row.status]},
            {"text": state.text, "tone": tone},
        ]

    @classmethod
    def banners(cls, row, request):
        due = clocks.run(limit_of_unit(row.org_unit, "T07"), row.began_on)
        is_late = (row.done_on or timezone.localdate()) > due.due_on
        return [{"text": due.why, "tone": "urgent" if is_late else "wait"}]

    @classmethod
    def why_not_change(cls, row):
        if row.status == TermTransfer.Status.OPEN:
            return ""
        return _gettext("移交已经签字，不能修改。")

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        if not request.user.has_perm("governance.change_termtransfer", row):
            return actions
        url = reverse("governance:transfer-pack", args=[row.pk])
        return [*actions, {"label": _("下载移交包"), "url": url, "icon": "download"}]

    @classmethod
    def sections(cls, row, request):
        may = request.user.has_perm("governance.add_transferitem", row)
        may = may and row.status == TermTransfer.Status.OPEN
        url = f"{reverse('governance:transferitem-create')}?transfer={row.pk}"
        lines = [
            {
                "label": f"{one.get_kind_display()}　{one.name}",
                "about": about_item(one),
                "url": one.get_absolute_url(),
            }
            for one in row.items.all()
        ]
        return [
            {
                "title": _("移交清单"),
                "note": _gettext("%(count)d 项") % {"count": len(lines)},
                "template": "governance/_lines.html",
                "context": {
                    "lines": lines,
                    "empty": _("清单还是空的。"),
                    "add": {"label": _("增加一项"), "url": url} if may else None,
                },
            }
        ]


def about_item(item: TransferItem) -> str:
    told = [item.amount, item.note]
    if item.checked_on:
        words = _gettext("%(day)s清点")
        told.append(words % {"day": formats.cn_day(item.checked_on)})
    else:
        told.append(_gettext("没有清点"))
    return formats.phrased(told)


@register
class TransferItemScreens(GuardedScreens):
    model = TransferItem
    about = _("移交清单上的各项")
    icon = "list"
    form_class = TransferItemForm
    filter_class = TransferItemFilters
    counted_in = _("项")
    columns = (
        LinkColumn("name"),
        Column("transfer__term__body__name", _("委员会")),
        Column("kind"),
        Column("amount"),
        DateColumn("checked_on"),
    )
    facts = ("transfer", "kind", "amount", "checked_on", "note")
    passed_over = ("amount", "note")

    @classmethod
    def belongs_to(cls, pillar):
        return False

    @classmethod
    def why_not_change(cls, row):
        return TermTransferScreens.why_not_change(row.transfer)
