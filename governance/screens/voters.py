from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance.election_guards import (
    objection_words,
    why_not_change_list,
    why_not_remove,
)
from governance.forms import (
    CandidateFilters,
    CandidateForm,
    ObjectionFilters,
    ObjectionForm,
    ProxyFilters,
    ProxyForm,
    VoterFilters,
    VoterForm,
)
from governance.models import Candidate, ElectionStatus, Objection, Proxy, Voter
from governance.screens.guarded import GuardedScreens
from toolkit.columns import Column, DateColumn, LinkColumn, StateColumn
from toolkit.screens import Closing, register


class PartScreens(GuardedScreens):
    """Base of registers of which each election tells its own rows."""

    export_action = "export"
    export_needs_purpose = True

    @classmethod
    def belongs_to(cls, pillar):
        """Not on the first page of the pillar: each election tells its own."""
        return False


@register
class VoterScreens(PartScreens):
    model = Voter
    about = _("每次选举登记的选民和登记依据")
    icon = "people"
    form_class = VoterForm
    filter_class = VoterFilters
    counted_in = _("人")
    columns = (
        LinkColumn("name"),
        Column("election__body__name", _("选举")),
        Column("basis"),
        Column("is_delegate"),
        DateColumn("declared_on"),
        DateColumn("removed_on"),
    )
    facts = (
        "election",
        "basis",
        "declared_on",
        "since",
        "agreed_on",
        "is_delegate",
        "reason",
        "removed_on",
    )
    passed_over = ("since", "agreed_on", "reason", "removed_on")
    closing = Closing(
        field="removed_on",
        label=_("从名单删除"),
        hint=_("写明原因，例如：本人不参加、依法被剥夺政治权利。记录保留。"),
    )

    @classmethod
    def why_not_change(cls, row):
        if row.removed_on:
            return _gettext("已从名单删除。")
        return why_not_change_list(row.election)

    @classmethod
    def why_not_close(cls, row):
        return why_not_remove(row)


@register
class ObjectionScreens(PartScreens):
    model = Objection
    about = _("居民对选民名单的申诉和处理决定")
    icon = "request"
    form_class = ObjectionForm
    filter_class = ObjectionFilters
    counted_in = _("件")
    columns = (
        LinkColumn("by_name"),
        StateColumn(
            "status",
            tones={"received": "wait", "upheld": "done", "dismissed": "draft"},
            is_lead=True,
        ),
        Column("election__body__name", _("选举")),
        Column("wish"),
        DateColumn("received_on"),
        DateColumn("decided_on"),
    )
    facts = (
        "election",
        "by_name",
        "wish",
        "resident",
        "reason",
        "received_on",
        "decided_on",
    )
    passed_over = ("decided_on",)

    @classmethod
    def why_not_change(cls, row):
        if row.status == Objection.Status.RECEIVED:
            return ""
        return _gettext("申诉已经处理，不能再改。")

    @classmethod
    def banners(cls, row, request):
        return [{"text": objection_words(row), "tone": "wait"}]


@register
class CandidateScreens(PartScreens):
    model = Candidate
    about = _("各次选举的候选人，由谁提名")
    icon = "people"
    form_class = CandidateForm
    filter_class = CandidateFilters
    counted_in = _("人")
    columns = (
        LinkColumn("name"),
        StateColumn(
            "status",
            tones={"nominated": "open", "withdrawn": "draft", "disqualified": "bad"},
            is_lead=True,
        ),
        Column("election__body__name", _("选举")),
        Column("post"),
        Column("nominated_by"),
        Column("sex"),
        Column("birth_year"),
    )
    facts = (
        "election",
        "post",
        "nominated_by",
        "nominators",
        "sex",
        "birth_year",
        "education",
        "about",
    )
    passed_over = ("nominators", "about")

    @classmethod
    def create_label(cls):
        return _("提名候选人")

    @classmethod
    def why_not_change(cls, row):
        if row.status != Candidate.Status.NOMINATED:
            return _gettext("已不是候选人，不能修改。")
        return "" if row.election.is_running else _gettext("选举已经结束，不能修改。")


@register
class ProxyScreens(PartScreens):
    model = Proxy
    plural = "proxies"
    about = _("外出选民的书面委托，每人最多受托三人")
    icon = "people"
    form_class = ProxyForm
    filter_class = ProxyFilters
    counted_in = _("份")
    columns = (
        LinkColumn("principal__name", _("委托人")),
        Column("agent__name", _("受托人")),
        Column("election__body__name", _("选举")),
        DateColumn("written_on"),
        DateColumn("withdrawn_on"),
    )
    facts = ("election", "principal", "agent", "written_on", "withdrawn_on")
    passed_over = ("withdrawn_on",)
    closing = Closing(
        field="withdrawn_on",
        label=_("撤回委托"),
        hint=_("撤回后委托人自己投票，记录保留。"),
    )

    @classmethod
    def why_not_change(cls, row):
        if row.election.status in (ElectionStatus.FROZEN, ElectionStatus.NOMINATED):
            return ""
        return _gettext("选举已经结束，不能修改。")

    why_not_close = why_not_change
