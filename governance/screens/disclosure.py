from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.disclosing.standing import StandingColumn, standing_of, why
from governance.forms import (
    DisclosureFilters,
    DisclosureForm,
    DutyFilters,
    MatterFilters,
    MatterForm,
    PostingFilters,
    PostingForm,
)
from governance.models import (
    Disclosure,
    DisclosureDuty,
    DisclosureStatus,
    Matter,
    Posting,
)
from governance.screens.disclosure_parts import (
    banners_of,
    page_actions,
    posting_banners,
    sections_of,
)
from governance.screens.drafts import (
    DraftCreateScreen,
    DraftUpdateScreen,
    without_update,
)
from toolkit.columns import Column, DateColumn, LinkColumn, StateColumn
from toolkit.paging import Sort
from toolkit.screens import Closing, ModelScreens, register
from toolkit.screens.forms import CloseScreen

Status = DisclosureStatus
TONES = {
    Status.DRAFT: "draft",
    Status.REVIEW: "wait",
    Status.PUBLISHED: "done",
    Status.WITHDRAWN: "",
    Status.CORRECTED: "",
}


@register
class MatterScreens(ModelScreens):
    model = Matter
    title = _("公开目录")
    about = _("应当公开的事项、依据和时限")
    icon = "book"
    form_class = MatterForm
    filter_class = MatterFilters
    counted_in = _("项")
    columns = (
        Column("number", is_number=True),
        Column("first_level", is_dropped=True),
        LinkColumn("second_level"),
        Column("group"),
        Column("contents", is_dropped=True),
        Column("basis", is_dropped=True),
        Column("time_limit", is_lead=True),
        Column("publisher", is_filed=True),
        Column("channels", is_filed=True),
        Column("audience", is_filed=True),
        Column("manner", is_filed=True),
        Column("level", is_filed=True),
        Column("profile", is_dropped=True),
        Column("cadence"),
    )
    sorts = {
        "number": (_("序号"), Sort("number")),
        "newest": (_("最近登记"), Sort("pk", descending=True)),
    }
    closing = Closing(label=_("停用"), hint=_("停用后不再生成任务，已有的保留。"))


@register
class DutyScreens(ModelScreens):
    model = DisclosureDuty
    title = _("公开任务")
    plural = "duties"
    about = _("各社区（村）每一期应当公开的事项")
    icon = "check"
    filter_class = DutyFilters
    counted_in = _("项")
    has_create = has_update = False
    columns = (
        LinkColumn("matter__second_level", _("公开事项")),
        StandingColumn(_("情况"), is_lead=True),
        Column("org_unit__name", _("社区（村）")),
        Column("period_words", _("所属时间")),
        DateColumn("due_on"),
        DateColumn("met_on"),
        Column("matter__basis", _("公开依据"), is_filed=True),
    )
    facts = (
        "org_unit",
        "matter",
        "period_words",
        "formed_on",
        "due_on",
        "met_on",
        "disclosure",
    )
    passed_over = ("met_on", "disclosure")
    sorts = {"due": (_("最迟公开日期"), Sort("due_on", descending=True))}

    @classmethod
    def list_actions(cls, request):
        board = {"label": _("公开看板"), "url": reverse("governance:disclosures")}
        return [*super().list_actions(request), board]

    @classmethod
    def banners(cls, row, request):
        tones = {"missing": "urgent", "late": "wait"}
        return [{"text": why(row), "tone": tones.get(standing_of(row).state, "")}]

    @classmethod
    def row_actions(cls, row, request):
        user = request.user
        if row.met_on or not user.has_perm("governance.add_disclosure", row):
            return []
        actions = [{"label": _("起草公开内容"), "url": draft_url(row)}]
        is_money = row.matter.group == Matter.Group.FINANCE
        if is_money and user.has_perm("governance.add_statement", row):
            query = {"org_unit": row.org_unit_id, "period": row.period}
            url = reverse("governance:statement-create", query=query)
            actions.insert(0, {"label": _("编制收支报表"), "url": url})
        return actions


def draft_url(duty: DisclosureDuty) -> str:
    """Return the form that meets a duty, filled in as far as the duty knows."""
    query = {
        "org_unit": duty.org_unit_id,
        "matter": duty.matter_id,
        "formed_on": duty.formed_on.isoformat(),
        "title": str(duty),
    }
    return reverse("governance:disclosure-create", query=query)


@register
class DisclosureScreens(ModelScreens):
    model = Disclosure
    about = _("社区（村）的党务、居务和财务公开")
    icon = "open"
    form_class = DisclosureForm
    filter_class = DisclosureFilters
    columns = (
        LinkColumn("title"),
        StateColumn("status", tones=TONES, is_lead=True),
        Column("org_unit__name", _("社区（村）")),
        Column("matter__second_level", _("公开事项")),
        Column("period_words", _("所属时间")),
        DateColumn("published_on"),
        DateColumn("shown_until"),
        DateColumn("taken_down_on", is_dropped=True),
    )
    facts = (
        "org_unit",
        "matter",
        "period_words",
        "formed_on",
        "author",
        "published_on",
        "shown_until",
        "taken_down_on",
        "corrects",
        "statement",
    )
    passed_over = (
        "published_on",
        "shown_until",
        "taken_down_on",
        "corrects",
        "statement",
    )
    create_screen = DraftCreateScreen
    update_screen = DraftUpdateScreen

    @classmethod
    def create_label(cls):
        return _("起草公开内容")

    @classmethod
    def list_actions(cls, request):
        board = {"label": _("公开看板"), "url": reverse("governance:disclosures")}
        return [*super().list_actions(request), board]

    @classmethod
    def chips(cls, row):
        return [{"text": row.get_status_display(), "tone": TONES[row.status]}]

    @classmethod
    def banners(cls, row, request):
        return banners_of(row, request.user)

    @classmethod
    def row_actions(cls, row, request):
        change = cls.url("update", row.pk)
        kept = without_update(
            super().row_actions(row, request), row, ("draft",), change
        )
        return [*kept, *page_actions(row, request.user)]

    @classmethod
    def sections(cls, row, request):
        return sections_of(row, request.user)


class TakeDownScreen(CloseScreen):
    """Taking a sheet down; before the time is over the page says what it means."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.object.days_short:
            context["hint"] = posting_banners(self.object)[0]["text"]
        return context


@register
class PostingScreens(ModelScreens):
    model = Posting
    about = _("公开栏上贴了什么、在哪里、从哪天到哪天")
    icon = "pin"
    form_class = PostingForm
    filter_class = PostingFilters
    columns = (
        LinkColumn("disclosure__title", _("公开内容")),
        Column("disclosure__org_unit__name", _("社区（村）")),
        Column("place"),
        DateColumn("put_up_on"),
        DateColumn("taken_down_on"),
    )
    facts = ("disclosure", "place", "put_up_on", "taken_down_on", "has_photo")
    closing = Closing(
        field="taken_down_on",
        label=_("取下"),
        hint=_("公开期限已满，可以取下。记录保留。"),
    )
    close_screen = TakeDownScreen

    @classmethod
    def create_label(cls):
        return _("登记张贴")

    @classmethod
    def banners(cls, row, request):
        return posting_banners(row)

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        if row.photo:
            url = reverse("governance:posting-photo", args=[row.pk])
            actions.append({"label": _("下载照片"), "url": url, "icon": "download"})
        return actions
