from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from governance import law
from governance.election_actions import leave
from governance.forms import (
    BallotCountFilters,
    BallotCountForm,
    ElectionFilters,
    ElectionForm,
    OfficerFilters,
    OfficerForm,
)
from governance.models import BallotCount, Election, ElectionOfficer, ElectionStatus
from governance.outcome import result_words, standing_of, turnout_of
from governance.screens.election_parts import election_sections
from governance.screens.guarded import GuardedCloseScreen, GuardedScreens
from governance.screens.rounds import round_section
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn, StateColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, register

Status = ElectionStatus
TONES = {
    Status.DRAFT: "draft",
    Status.LISTED: "open",
    Status.FROZEN: "open",
    Status.NOMINATED: "wait",
    Status.ANNOUNCED: "done",
    Status.INVALID: "bad",
    Status.DISCARDED: "draft",
}
COUNT_TONES = {"typed": "wait", "signed": "done"}


@register
class ElectionScreens(GuardedScreens):
    model = Election
    about = _("居（村）委会换届选举和补选：日程、名单、候选人、计票、结果")
    icon = "calendar"
    form_class = ElectionForm
    filter_class = ElectionFilters
    counted_in = _("次")
    leads_home = True
    columns = (
        LinkColumn("body__name", _("选举的委员会")),
        StateColumn("status", tones=TONES, is_lead=True),
        Column("kind"),
        Column("mode"),
        DateColumn("held_on"),
        DateColumn("list_published_on"),
        DateColumn("announced_on"),
    )
    facts = (
        "body",
        "kind",
        "mode",
        "held_on",
        "place",
        "seats_words",
        "voters_words",
        "number",
        "document",
        "audit_published_on",
        "met_on",
        "proxies_published_on",
    )
    passed_over = (
        "place",
        "number",
        "document",
        "audit_published_on",
        "met_on",
        "proxies_published_on",
    )
    sorts = {
        "day": (_("选举日"), Sort("held_on", descending=True)),
        "newest": (_("最近登记"), Sort("pk", descending=True)),
    }

    @classmethod
    def create_label(cls):
        return _("筹备选举")

    @classmethod
    def why_not_change(cls, row):
        return "" if row.is_running else _gettext("选举已经结束，不能修改。")

    @classmethod
    def chips(cls, row):
        tone = TONES.get(row.status, "")
        return [{"text": row.get_status_display(), "tone": tone}]

    @classmethod
    def banners(cls, row, request):
        standing = standing_of(row)
        words = result_words(standing, row)
        tone = "done" if standing.is_valid else "urgent"
        return [{"text": words, "tone": tone}] if words else []

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        url = reverse("governance:election-calendar", args=[row.pk])
        return [*actions, {"label": _("选举日程"), "url": url}]

    @classmethod
    def sections(cls, row, request):
        return election_sections(row, request.user)


class OfficerCloseScreen(GuardedCloseScreen):
    """Somebody leaves an election committee, and the next substitute enters."""

    def end(self, note: str) -> None:
        if self.object.left_on:
            raise ValidationError(_gettext("已经办过了。"))
        leave(officer=self.object, reason=note, by=self.request.user)


@register
class ElectionOfficerScreens(GuardedScreens):
    model = ElectionOfficer
    about = _("主持选举的选举委员会成员和递补人选")
    icon = "team"
    form_class = OfficerForm
    filter_class = OfficerFilters
    counted_in = _("人")
    export_action = "export"
    export_needs_purpose = True
    columns = (
        LinkColumn("name"),
        Column("election__body__name", _("选举")),
        Column("post"),
        NumberColumn("rank"),
        DateColumn("left_on"),
    )
    facts = ("election", "post", "rank", "left_on")
    passed_over = ("left_on",)
    close_screen = OfficerCloseScreen
    closing = Closing(
        field="left_on",
        label=_("退出选举委员会"),
        hint=_("退出后由递补人选按次序接替，记录保留。"),
    )

    @classmethod
    def belongs_to(cls, pillar):
        """Not on the first page of the pillar: each election tells its own."""
        return False

    @classmethod
    def why_not_change(cls, row):
        if not row.election.is_running:
            return _gettext("选举已经结束，不能修改。")
        return _gettext("已经退出，不能修改。") if row.left_on else ""


@register
class BallotCountScreens(GuardedScreens):
    model = BallotCount
    about = _("每一轮投票的计票，两人签字")
    icon = "list"
    form_class = BallotCountForm
    filter_class = BallotCountFilters
    counted_in = _("轮")
    columns = (
        LinkColumn("election__body__name", _("选举")),
        StateColumn("status", tones=COUNT_TONES, is_lead=True),
        NumberColumn("round"),
        DateColumn("held_on"),
        NumberColumn("entitled"),
        NumberColumn("issued"),
        NumberColumn("returned"),
        NumberColumn("invalid"),
    )
    facts = (
        "election",
        "round",
        "held_on",
        "entitled",
        "issued",
        "returned",
        "valid",
        "invalid",
        "typed_by",
        "signed_by",
    )
    passed_over = ("signed_by",)

    @classmethod
    def belongs_to(cls, pillar):
        return False

    @classmethod
    def create_label(cls):
        return _("登记计票")

    @classmethod
    def chips(cls, row):
        tone = COUNT_TONES[row.status]
        return [{"text": row.get_status_display(), "tone": tone}]

    @classmethod
    def why_not_change(cls, row):
        if row.status == BallotCount.Status.TYPED:
            return ""
        words = _gettext("计票已经两人签字，不能再改。")
        return words + law.cited("ballots", row.org_unit)

    @classmethod
    def banners(cls, row, request):
        turnout = turnout_of(row.election, row)
        tone = "done" if turnout.is_met else "urgent"
        return [{"text": turnout.sentence, "tone": tone}]

    @classmethod
    def sections(cls, row, request):
        return [round_section(row)]
