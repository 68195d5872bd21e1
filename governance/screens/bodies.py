from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.checks import FAULT, LATE, NEAR, findings_of
from governance.forms import BodyFilters, BodyForm, TermFilters, TermForm
from governance.models import Body, Term
from governance.screens.body_parts import (
    branches_section,
    members_section,
    terms_section,
    upgrades_section,
)
from governance.screens.document_parts import documents_section
from governance.screens.upgrades import UpgradeScreens
from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, ModelScreens, register

BANNERS = {LATE: "urgent", FAULT: "urgent", NEAR: "wait"}


@register
class BodyScreens(ModelScreens):
    model = Body
    plural = "bodies"
    about = _("每个社区（村）的党组织、代表会议、协商、居委和监督组织")
    icon = "governance"
    form_class = BodyForm
    filter_class = BodyFilters
    counted_in = _("个")
    columns = (
        LinkColumn("name"),
        Column("org_unit__name", _("社区（村）")),
        Column("kind"),
        Column("rank"),
        Column("head", _("负责人")),
        DateColumn("began_on", _("本届产生日期")),
        DateColumn("ends_on", _("任期届满")),
        Column("document", _("成立或换届文号")),
    )
    facts = (
        "org_unit",
        "kind",
        "rank",
        "task",
        "parent",
        "head",
        "began_on",
        "ends_on",
        "document",
    )
    passed_over = ("rank", "task", "parent")
    sorts = {
        "units": (_("社区（村）"), Sort("org_unit__path")),
        "newest": (_("最近登记"), Sort("pk", descending=True)),
    }
    closing = Closing(label=_("撤销"), hint=_("撤销后不再计入，记录保留。"))

    @classmethod
    def get_queryset(cls):
        return super().get_queryset().with_terms()

    @classmethod
    def list_actions(cls, request):
        board = {"label": _("组织一览"), "url": reverse("governance:board")}
        return [*super().list_actions(request), board]

    @classmethod
    def banners(cls, row, request):
        if row.closed_on:
            return []
        return [
            {"text": one.text, "tone": BANNERS[one.tone]} for one in findings_of(row)
        ]

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        user = request.user
        if row.closed_on is None and user.has_perm("governance.add_term", row):
            url = f"{TermScreens.url('create')}?body={row.pk}"
            actions.append({"label": _("登记换届"), "url": url})
        if may_rise(row) and user.has_perm("governance.add_upgrade", row):
            url = f"{UpgradeScreens.url('create')}?body={row.pk}"
            actions.append({"label": _("登记升格"), "url": url})
        return actions + election_actions(row, user)

    @classmethod
    def sections(cls, row, request):
        parts = [
            members_section(row, request.user),
            terms_section(row),
            upgrades_section(row),
            branches_section(row),
        ]
        return [part for part in parts if part]


def may_rise(body: Body) -> bool:
    """Answer whether a Party organisation could become a higher one."""
    return body.closed_on is None and body.rank in (
        Body.Rank.BRANCH,
        Body.Rank.GENERAL,
    )


def election_actions(body: Body, user) -> list[dict]:
    """Return the way to the running election of a committee, or to a new one."""
    if body.kind != Body.Kind.COMMITTEE or body.closed_on:
        return []
    running = body.elections.running().first()
    if running and user.has_perm("governance.view_election", body):
        return [{"label": _("正在进行的选举"), "url": running.get_absolute_url()}]
    if running or not user.has_perm("governance.add_election", body):
        return []
    url = f"{reverse('governance:election-create')}?body={body.pk}"
    return [{"label": _("筹备选举"), "url": url}]


@register
class TermScreens(ModelScreens):
    model = Term
    about = _("各组织历届的产生日期、任期和文号")
    icon = "calendar"
    form_class = TermForm
    filter_class = TermFilters
    counted_in = _("届")
    columns = (
        LinkColumn("body__name", _("组织")),
        Column("number"),
        DateColumn("began_on"),
        DateColumn("ends_on"),
        Column("document"),
    )
    facts = ("body", "number", "began_on", "ends_on", "document")
    passed_over = ("number",)

    @classmethod
    def belongs_to(cls, pillar):
        """Not on the first page of the pillar: each body tells its own terms."""
        return False

    @classmethod
    def create_label(cls):
        return _("登记换届")

    @classmethod
    def sections(cls, row, request):
        return [documents_section(row, request.user)]
