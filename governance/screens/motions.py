from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.forms import MotionFilters, MotionForm
from governance.models import Motion, Poll
from governance.screens.meeting_parts import MOTION_TONES
from toolkit import formats
from toolkit.columns import Column, DateColumn, LinkColumn, StateColumn
from toolkit.refusals import as_bad_request
from toolkit.screens import ModelScreens, register
from toolkit.screens.forms import CreateScreen, UpdateScreen

Status = Motion.Status
TONES = {
    Status.TABLED: "draft",
    Status.VOTING: "open",
    Status.COUNTED: "wait",
    Status.PUBLISHED: "wait",
    Status.DONE: "done",
    Status.WITHDRAWN: "draft",
}
BANNERS = {Motion.Outcome.INVALID: "urgent", Motion.Outcome.PASSED: "done"}


def why_fixed(motion: Motion) -> str:
    """Return why nothing of a motion may be changed, "" if something may."""
    if motion.is_tabled:
        return ""
    if motion.has_passed and motion.status != Status.DONE:
        return ""
    return _("表决已经开始，议案不能再改；通过后可以填责任人和期限。")


class MotionCreateScreen(CreateScreen):
    """A motion for a meeting that is not over."""

    def get_title(self, noun):
        return _("提出议案")


class MotionUpdateScreen(UpdateScreen):
    """Its text before the vote; owner and day once it has passed."""

    def get_object(self, queryset=None):
        motion = super().get_object(queryset)
        with as_bad_request():
            if why := why_fixed(motion):
                raise ValidationError(why)
        return motion


@register
class MotionScreens(ModelScreens):
    model = Motion
    about = _("会议的议案、表决结果和落实情况")
    icon = "list"
    form_class = MotionForm
    filter_class = MotionFilters
    counted_in = _("项")
    columns = (
        LinkColumn("title"),
        Column("meeting__title", _("会议")),
        StateColumn("outcome", tones=MOTION_TONES),
        StateColumn("status", tones=TONES),
        Column("owner"),
        DateColumn("due_on"),
        DateColumn("done_on"),
    )
    facts = (
        "meeting",
        "text",
        "origin",
        "mover",
        "supporters",
        "is_major",
        "discussed_on",
        "way",
        "votes",
        "owner",
        "due_on",
        "done_on",
    )
    passed_over = (
        "supporters",
        "is_major",
        "discussed_on",
        "votes",
        "owner",
        "due_on",
        "done_on",
    )
    create_screen = MotionCreateScreen
    update_screen = MotionUpdateScreen

    @classmethod
    def create_label(cls):
        return _("提出议案")

    @classmethod
    def get_queryset(cls):
        return super().get_queryset().select_related("meeting__body__org_unit", "poll")

    @classmethod
    def row_subtitle(cls, row):
        return f"{row.meeting.unit.name}　{row.meeting.title}"

    @classmethod
    def chips(cls, row):
        chips = [{"text": row.get_status_display(), "tone": TONES[Status(row.status)]}]
        if row.outcome:
            tone = MOTION_TONES[Motion.Outcome(row.outcome)]
            chips.append({"text": row.get_outcome_display(), "tone": tone})
        return chips

    @classmethod
    def banners(cls, row, request):
        banners = []
        if row.finding:
            is_invalid = row.outcome == Motion.Outcome.INVALID
            words = _("表决无效，不能公布。") if is_invalid else ""
            tone = BANNERS.get(Motion.Outcome(row.outcome), "")
            banners.append({"text": words + row.finding, "tone": tone})
        if row.is_late:
            facts = {"day": formats.cn_date(row.due_on), "owner": row.owner}
            words = _("应在%(day)s完成，已过期。责任人：%(owner)s。") % facts
            banners.append({"text": words, "tone": "urgent"})
        return banners

    @classmethod
    def row_actions(cls, row, request):
        if not request.user.has_perm(cls.permission("change"), row):
            return []
        if row.is_voting:
            papers = {"label": _("发纸质票"), "url": page_of("papers", row)}
            count = {"label": _("计票"), "url": page_of("tally", row), "primary": True}
            return [papers, count] if row.way == Poll.Way.SECRET else [count]
        if why_fixed(row):
            return []
        actions = super().row_actions(row, request)
        if not row.is_tabled:
            actions[0]["label"] = _("责任人和期限")
        return actions


def page_of(name: str, motion: Motion) -> str:
    return reverse(f"governance:motion-{name}", args=[motion.pk])
