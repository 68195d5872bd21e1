from datetime import timedelta

from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety.differing import told_differently
from safety.forms import RollCallFilters
from safety.models import Emergency, RollCall
from safety.naming import TONES
from safety.roll import CALL, way_to
from toolkit import formats
from toolkit.columns import Column, DateTimeColumn, LinkColumn, StateColumn
from toolkit.paging import Sort
from toolkit.row_numbers import row_number
from toolkit.screens import ModelScreens, printing, register
from toolkit.screens.details import DetailScreen
from toolkit.screens.exports import ExportScreen
from toolkit.screens.lists import ListScreen
from toolkit.screens.paper import PrintScreen

# What is handed in later than this was out of reach for a while.
LATE_AFTER = timedelta(minutes=10)
OVER = _("这次响应已经结束，名单不再导出、打印。")
NONE_OPEN = _("名单只在响应期间导出、打印，现在没有应急响应。")


class OpenAlone:
    """The list leaves while people are being called, and no more when that is over."""

    def get_queryset(self):
        rows = super().get_queryset()
        if self.filterset.is_valid():
            asked = self.filterset.form.cleaned_data["emergency"]
            if asked is not None and not asked.is_open:
                raise BadRequest(OVER)
        return rows


class RollExportScreen(OpenAlone, ExportScreen):
    hint = _(
        "只有响应中的名单可以导出，响应结束后不再导出。记录较多时转入后台生成，"
        "文件最多保留 24 小时。"
    )


class RollPrintScreen(OpenAlone, PrintScreen):
    """The list on paper."""


class RollListScreen(ListScreen):
    """The list; that of an emergency which is over offers no paper."""

    def get_print_url(self) -> str:
        return "" if why_not_away(self.request) else super().get_print_url()

    def print(self):
        if reason := why_not_away(self.request):
            raise BadRequest(reason)
        return super().print()


class RollDetailScreen(DetailScreen):
    """One person; on paper, too, only while people are being called."""

    def get_object(self, queryset=None):
        line = super().get_object(queryset)
        if printing.is_asked(self.request) and not line.emergency.is_open:
            raise BadRequest(OVER)
        return line

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context if self.object.emergency.is_open else context | {"print_url": ""}


@register
class RollCallScreens(ModelScreens):
    """The roll as a register: who may take it away says what for."""

    model = RollCall
    about = _("台风等应急响应中逐人联系的名单，结束后到期销毁")
    icon = "team"
    filter_class = RollCallFilters
    counted_in = _("人")
    columns = (
        LinkColumn("whom", _("姓名")),
        Column("address", _("住址")),
        StateColumn("state", is_lead=True, tones=TONES),
        Column("shelter__name", _("安置点")),
        Column("note"),
        Column("reason", is_dropped=True),
        DateTimeColumn("state_at"),
        Column("told_by__name", _("登记人"), is_dropped=True),
        Column("org_unit__full_name", _("网格")),
    )
    facts = (
        "emergency",
        "resident",
        "name",
        "address",
        "reason",
        "standing",
        "note",
        "state_at",
        "told_by",
        "org_unit",
        "added_by",
    )
    passed_over = ("resident", "name", "note", "state_at", "told_by", "added_by")
    sorts = {
        "listed": (_("列入先后"), Sort("pk")),
        "newest": (_("最近列入"), Sort("pk", descending=True)),
    }
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    # Nothing beside the response itself (突发事件应对法 2024, 85).
    purposes = (("emergency", _("紧急情况")), ("report", _("上报应急情况")))
    export_screen = RollExportScreen
    print_screen = RollPrintScreen
    list_screen = RollListScreen
    detail_screen = RollDetailScreen
    has_create = False
    has_update = False

    @classmethod
    def belongs_to(cls, pillar):
        """No names on the first page of a pillar: the roll is opened on purpose."""
        return False

    @classmethod
    def get_queryset(cls):
        return RollCall.objects.with_homes().select_related("emergency", "added_by")

    @classmethod
    def subtitle(cls, request) -> str:
        return why_not_away(request)

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        if why_not_away(request):
            # Nobody is called there either.
            return [one for one in actions if one.get("icon") != "download"]
        if request.user.has_perm(CALL):
            action = {"label": _("逐户点名"), "url": reverse("safety:roll")}
            actions.append(action | {"icon": "phone", "primary": True})
        return actions

    @classmethod
    def banners(cls, row, request):
        over = [] if row.emergency.is_open else [{"text": OVER}]
        said = told_differently([row]) if row.is_contradicted else {}
        words = _("两人登记不一致，按较晚的算：%(said)s。请核实后再登记一次。")
        return over + [
            {"text": words % {"said": one}, "tone": "wait"} for one in said.values()
        ]

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        if row.emergency.is_open and request.user.has_perm(CALL, row):
            action = {"label": _("去点名"), "url": way_to(row), "icon": "phone"}
            actions.append(action | {"primary": True})
        return actions

    @classmethod
    def row_subtitle(cls, row):
        return formats.phrased([row.emergency, row.standing])

    @classmethod
    def sections(cls, row, request):
        events = row.events.select_related("by", "shelter", "taken_back_by__by")
        return [
            {
                "title": _("登记经过"),
                "note": _("只增不改，撤回的不计数。"),
                "template": "safety/_events.html",
                "context": {"events": [event_line(one) for one in events]},
            }
        ]


def why_not_away(request) -> str:
    """Return why the list that is asked for is not taken away, "" where it may be.

    It is that of one emergency, which is over, or of all, while none is open; asked
    once per request.
    """
    if not hasattr(request, "_why_not_away"):
        asked, rows = request.GET.get("emergency"), Emergency.objects.open()
        rows = rows.filter(pk=row_number(asked)) if asked else rows
        request._why_not_away = "" if rows.exists() else OVER if asked else NONE_OPEN
    return str(request._why_not_away)


def event_line(event) -> dict:
    """Return one thing that was told as prepared strings."""
    taken = getattr(event, "taken_back_by", None)
    is_undoing = event.takes_back_id is not None
    words = _("撤回，恢复为“%(state)s”") % {"state": event.get_state_display()}
    told = formats.phrased([event.get_state_display(), event.shelter or "", event.note])
    return {
        "at": formats.cn_day_time(event.happened_at),
        "by": str(event.by),
        "words": words if is_undoing else told,
        "is_taken_back": taken is not None,
        "late": is_late(event),
    }


def is_late(event) -> str:
    """Say when it was handed in where that was long after it happened."""
    if event.created_at - event.happened_at < LATE_AFTER:
        return ""
    return _("%(at)s补传") % {"at": formats.cn_day_time(event.created_at)}
