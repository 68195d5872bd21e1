from django.utils.translation import gettext_lazy as _

from governance.columns import ClockColumn, clock_chip
from governance.forms import (
    ComplaintFilters,
    ComplaintForm,
    QuestionFilters,
    QuestionForm,
)
from governance.models import Complaint, ComplaintStatus, Question, QuestionStatus
from governance.screens.drafts import ReplyScreen
from toolkit import prose
from toolkit.columns import Column, LinkColumn, StateColumn
from toolkit.screens import ModelScreens, register

QUESTION_TONES = {
    QuestionStatus.ASKED: "wait",
    QuestionStatus.ANSWERED: "done",
    QuestionStatus.DECLINED: "",
}
COMPLAINT_TONES = {
    ComplaintStatus.RECEIVED: "wait",
    ComplaintStatus.ACCEPTED: "open",
    ComplaintStatus.ORDERED: "done",
    ComplaintStatus.UNFOUNDED: "",
}


class AskedScreens(ModelScreens):
    """What both have in common: the words of a resident, the reply, the clock."""

    has_create = False
    update_screen = ReplyScreen
    tones: dict = {}
    open_states: tuple[str, ...] = ()

    @classmethod
    def chips(cls, row):
        state = {"text": row.get_status_display(), "tone": cls.tones[row.status]}
        return [state, clock_chip(row.deadline)]

    @classmethod
    def row_actions(cls, row, request):
        is_open = row.status in cls.open_states
        if not is_open or not request.user.has_perm(cls.permission("change"), row):
            return []
        return [{"label": _("写答复"), "url": cls.url("update", row.pk)}]

    @classmethod
    def sections(cls, row, request):
        texts = [(_("居民写的"), row.text), (_("答复"), row.reply)]
        return [
            {
                "title": title,
                "template": "governance/_text.html",
                "context": {"html": prose.to_html(text)},
            }
            for title, text in texts
            if text
        ]


@register
class QuestionScreens(AskedScreens):
    model = Question
    about = _("居民对公开内容的提问和答复")
    icon = "request"
    form_class = QuestionForm
    filter_class = QuestionFilters
    tones, open_states = QUESTION_TONES, ("asked",)
    columns = (
        LinkColumn("head", _("提问")),
        StateColumn("status", tones=QUESTION_TONES, is_lead=True),
        ClockColumn(label=_("期限")),
        Column("disclosure__title", _("公开内容")),
        Column("org_unit__name", _("社区（村）")),
        Column("asked_words", _("提出时间")),
        Column("is_open", is_filed=True),
    )
    facts = (
        "org_unit",
        "disclosure",
        "asked_words",
        "clock_words",
        "is_open",
        "replied_at",
        "replied_by",
    )
    passed_over = ("replied_at", "replied_by")


@register
class ComplaintScreens(AskedScreens):
    model = Complaint
    about = _("居民反映应公开没有公开、公开不真实，由街道核实")
    icon = "alert"
    form_class = ComplaintForm
    filter_class = ComplaintFilters
    tones, open_states = COMPLAINT_TONES, ("accepted",)
    columns = (
        LinkColumn("head", _("反映内容")),
        StateColumn("status", tones=COMPLAINT_TONES, is_lead=True),
        ClockColumn(label=_("期限")),
        Column("kind"),
        Column("matter__second_level", _("公开事项")),
        Column("org_unit__name", _("被反映单位")),
        Column("asked_words", _("提出时间")),
    )
    facts = (
        "org_unit",
        "kind",
        "matter",
        "asked_words",
        "clock_words",
        "accepted_at",
        "replied_at",
        "replied_by",
    )
    passed_over = ("matter", "accepted_at", "replied_at", "replied_by")
