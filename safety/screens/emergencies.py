from urllib.parse import urlencode

from django.core.exceptions import BadRequest, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from safety.closing import linked
from safety.forms import EmergencyDayFilters, EmergencyFilters, EmergencyForm
from safety.models import Emergency, EmergencyDay, Status
from safety.models.emergencies import LAW
from safety.naming import asked_to_close
from safety.roll import CALL
from safety.screens.board_parts import board_sections
from safety.screens.expected import expected_sections
from toolkit import formats
from toolkit.columns import (
    Column,
    DateColumn,
    DateTimeColumn,
    LinkColumn,
    NumberColumn,
    StateColumn,
)
from toolkit.refusals import as_bad_request
from toolkit.screens import ModelScreens, printing, register
from toolkit.screens.details import DetailScreen, TransitionScreen
from toolkit.screens.forms import CreateScreen, UpdateScreen

TONES = {
    Status.DRAFT: "draft",
    Status.OPEN: "bad",
    Status.CLOSED: "wait",
    Status.DESTROYED: "done",
}


def refuse_when_over(emergency: Emergency) -> None:
    """Raise ValidationError for an emergency that is over: it stays as it was."""
    if emergency.status in (Status.CLOSED, Status.DESTROYED):
        raise ValidationError(_("响应已经结束，不能修改。"))


class EmergencyCreateScreen(CreateScreen):
    """What is prepared calls nobody yet, and the page says so."""

    submit_label = _("保存，暂不启动")

    def get_context_data(self, **kwargs):
        banner = {"text": _("先保存，核对范围和名单，再点“启动响应”。")}
        return super().get_context_data(banner=banner, **kwargs)


class EmergencyUpdateScreen(UpdateScreen):
    """A change before the opening, or of title, level and days while it is open."""

    def get_object(self, queryset=None):
        emergency = super().get_object(queryset)
        with as_bad_request():
            refuse_when_over(emergency)
        return emergency


class EmergencyDetailScreen(DetailScreen):
    """The board; on paper that of one unit, too, as long as people are being called.

    Once it is over the counts of all that the reader sees may leave, and nothing closer
    to a person (突发事件应对法 2024, 85).
    """

    def get_object(self, queryset=None):
        emergency = super().get_object(queryset)
        if printing.is_asked(self.request) and self.is_of_a_unit_then(emergency):
            raise BadRequest(_("响应已经结束，单个社区或网格的汇总不再打印。"))
        return emergency

    def is_of_a_unit_then(self, emergency: Emergency) -> bool:
        return emergency.status == Status.CLOSED and "unit" in self.request.GET

    def get_context_data(self, **kwargs):
        context, unit = super().get_context_data(**kwargs), self.request.GET.get("unit")
        if self.is_of_a_unit_then(self.object):
            return context | {"print_url": ""}
        more = f"&{urlencode({'unit': unit})}" if unit else ""
        return context | {"print_url": context["print_url"] + more}


class EmergencyTransitionScreen(TransitionScreen):
    """Once it is open the page says what comes next, with the way there."""

    def words_after(self, case, step):
        said = super().words_after(case, step)
        if step.target != Status.OPEN or not self.request.user.has_perm(CALL):
            return said
        query = f"?emergency={case.pk}"
        next_steps = format_html(
            _("接下来：{posts}，{roll}。"),
            posts=linked(reverse("safety:posts") + query, _("安排包干和值守")),
            roll=linked(reverse("safety:roll") + query, _("逐户点名")),
        )
        return format_html("{}{}{}", said, formats.sentence_gap(), next_steps)


@register
class EmergencyScreens(ModelScreens):
    model = Emergency
    plural = "emergencies"
    about = _("街道启动的台风、暴雨等应急响应：叫应、转移、安置，按小时汇总")
    icon = "alert"
    form_class = EmergencyForm
    filter_class = EmergencyFilters
    counted_in = _("次")
    leads_home = True
    columns = (
        LinkColumn("title"),
        StateColumn("status", is_lead=True, tones=TONES),
        Column("kind"),
        Column("level"),
        DateTimeColumn("opened_at"),
        DateTimeColumn("closed_at"),
        DateColumn("destroy_on"),
    )
    facts = (
        "kind",
        "level",
        "org_unit",
        "units_words",
        "criteria_words",
        "opened_at",
        "closed_at",
        "keep_words",
    )
    passed_over = ("opened_at", "closed_at")
    detail_screen = EmergencyDetailScreen
    create_screen = EmergencyCreateScreen
    update_screen = EmergencyUpdateScreen
    transition_screen = EmergencyTransitionScreen

    @classmethod
    def create_label(cls):
        return _("准备应急响应")

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        if request.user.has_perm("safety.view_emergencyday"):
            url = reverse("safety:emergencyday-list")
            actions.append({"label": _("应急日报"), "url": url})
        return actions

    @classmethod
    def chips(cls, row):
        chips = [
            {"text": row.get_status_display(), "tone": TONES[Status(row.status)]},
            {"text": row.get_level_display(), "tone": ""},
        ]
        if row.is_drill:
            chips.append({"text": _("演练"), "tone": "draft"})
        return chips

    @classmethod
    def banners(cls, row, request):
        if row.is_destroyed:
            text = _(
                "点名名单、登记经过和手机交来的内容已于%(day)s销毁，不能恢复；"
                "这里只有汇总数。依据：%(law)s。"
            )
            day = formats.cn_date(row.destroyed_at)
            return [{"text": text % {"day": day, "law": LAW}}]
        if row.status == Status.CLOSED:
            text = _(
                "名单不再导出、打印，%(day)s自动销毁点名名单和登记经过，只留汇总数。"
                "依据：%(law)s。"
            )
            day = formats.cn_date(row.destroy_on)
            return [{"text": text % {"day": day, "law": LAW}, "tone": "wait"}]
        asked = asked_to_close(row, request.user, timezone.now())
        return [{"text": asked, "tone": "wait"}] if asked else []

    @classmethod
    def row_actions(cls, row, request):
        may_change = row.status in (Status.DRAFT, Status.OPEN)
        actions = super().row_actions(row, request) if may_change else []
        if not row.is_open:
            return actions
        user, query = request.user, f"?emergency={row.pk}"
        if user.has_perm("safety.change_rollcall"):
            url = reverse("safety:posts") + query
            actions.append({"label": _("包干和值守"), "url": url})
            url = reverse("safety:roll") + query
            action = {"label": _("逐户点名"), "url": url, "icon": "phone"}
            actions.append(action | {"primary": True})
        return actions

    @classmethod
    def sections(cls, row, request):
        if row.is_draft:
            return expected_sections(row, request)
        return board_sections(row, request)


@register
class EmergencyDayScreens(ModelScreens):
    """The days behind the figures of a report."""

    model = EmergencyDay
    about = _("每次响应每天新联系上、新转移的人数，自动汇总")
    icon = "calendar"
    filter_class = EmergencyDayFilters
    columns = (
        LinkColumn("emergency__title", _("应急响应")),
        DateColumn("day", is_lead=True),
        Column("org_unit__full_name", _("社区和网格")),
        NumberColumn("contacted_then", _("当日新联系"), unit=_("人")),
        NumberColumn("moved_then", _("当日新转移"), unit=_("人")),
    )
    facts = ("emergency", "day", "org_unit", "contacted_then", "moved_then")
    has_create = False
    has_update = False

    @classmethod
    def belongs_to(cls, pillar):
        """Not on the first page of a pillar, where one title would fill the table."""
        return False

    @classmethod
    def get_queryset(cls):
        days = EmergencyDay.objects.counted()
        return days.select_related("emergency", "org_unit__community")
