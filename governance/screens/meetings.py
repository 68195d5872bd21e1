from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms import MeetingFilters, MeetingForm
from governance.meeting_clocks import why_too_late
from governance.models import Meeting
from governance.screens.meeting_parts import (
    agenda_section,
    attendance_section,
    motions_section,
)
from toolkit.columns import (
    Column,
    DateTimeColumn,
    LinkColumn,
    NumberColumn,
    StateColumn,
)
from toolkit.paging import Sort
from toolkit.refusals import as_bad_request
from toolkit.screens import ModelScreens, register
from toolkit.screens.forms import UpdateScreen

Status = Meeting.Status
TONES = {
    Status.DRAFT: "draft",
    Status.CALLED: "wait",
    Status.READY: "wait",
    Status.OPEN: "open",
    Status.CLOSED: "done",
    Status.CANCELLED: "draft",
}
# Which page of the clerk belongs to which time of a meeting.
PAGES = (
    ("attendance", _("签到"), (Status.OPEN,)),
    ("invitations", _("打印请柬"), (Status.READY, Status.OPEN)),
    ("sheet", _("签到表"), (Status.READY, Status.OPEN)),
    ("minutes", _("会议纪要"), (Status.CLOSED,)),
)


def refuse_unless_planned(meeting: Meeting) -> None:
    """Raise ValidationError for a meeting that was called: its plan stays."""
    if not meeting.is_planned:
        raise ValidationError(_("会议通知已发出，要改请先点“改期重发”。"))


class MeetingUpdateScreen(UpdateScreen):
    """A change of plan before the call."""

    def get_object(self, queryset=None):
        meeting = super().get_object(queryset)
        with as_bad_request():
            refuse_unless_planned(meeting)
        return meeting


@register
class MeetingScreens(ModelScreens):
    model = Meeting
    about = _("各组织的会议：通知、签到、表决和纪要")
    icon = "calendar"
    form_class = MeetingForm
    filter_class = MeetingFilters
    counted_in = _("次")
    columns = (
        LinkColumn("title"),
        Column("body__org_unit__name", _("社区（村）")),
        Column("kind"),
        DateTimeColumn("starts_at"),
        StateColumn("status", tones=TONES),
        NumberColumn("present", unit=_("人")),
        NumberColumn("entitled", unit=_("人")),
    )
    facts = (
        "body",
        "kind",
        "starts_at",
        "place",
        "demand",
        "demanded_by",
        "urgency",
        "called_at",
    )
    passed_over = ("demanded_by", "urgency", "called_at")
    sorts = {
        "when": (_("开会时间"), Sort("starts_at", descending=True)),
        "newest": (_("最近登记"), Sort("pk", descending=True)),
    }
    update_screen = MeetingUpdateScreen

    @classmethod
    def create_label(cls):
        return _("筹备会议")

    @classmethod
    def row_subtitle(cls, row):
        return f"{row.unit.name}　{row.get_kind_display()}"

    @classmethod
    def chips(cls, row):
        tone = TONES[Status(row.status)]
        return [{"text": row.get_status_display(), "tone": tone}]

    @classmethod
    def banners(cls, row, request):
        if row.status == Status.CLOSED:
            words = _("会议有效。") if row.is_valid else _("会议无效，结果不能公布。")
            tone = "done" if row.is_valid else "urgent"
            return [{"text": words + row.finding, "tone": tone}]
        late = row.is_planned and why_too_late(row, timezone.localdate())
        return [{"text": late, "tone": "urgent"}] if late else []

    @classmethod
    def row_actions(cls, row, request):
        if not request.user.has_perm(cls.permission("change"), row):
            return []
        actions = super().row_actions(row, request) if row.is_planned else []
        pages = [
            {
                "label": label,
                "url": reverse(f"governance:meeting-{name}", args=[row.pk]),
                "primary": name == "attendance",
            }
            for name, label, statuses in PAGES
            if row.status in statuses
        ]
        return [*pages, *actions]

    @classmethod
    def sections(cls, row, request):
        parts = [attendance_section(row), motions_section(row, request.user)]
        return [agenda_section(row), *(part for part in parts if part)]
