from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from toolkit import audit, formats
from toolkit.columns import Column, DateTimeColumn, LinkColumn, StateColumn
from toolkit.screens import ModelScreens, register, seen
from toolkit.screens.details import DetailScreen, TransitionScreen
from toolkit.sync.photos import kept_with
from visits import filters
from visits.comparison import banners_of, lines_of, may_be_shown, may_see, whereabouts
from visits.deciding import judging_banner, leading_step
from visits.entering import entering_section
from visits.models import HandedIn
from visits.screens.photos import photos_shown
from visits.trays import count_waiting, waiting_for

TONES = {"waiting": "wait", "taken": "done", "set_aside": "draft"}
DONE = {
    "keep_stored": _("已保留先前登记的。"),
    "take_sent": _("已按手机上的更正。"),
    "count_both": _("两份都算，已登记为两次走访。"),
    "store": _("已登记为走访。"),
    "leave_out": _("没有登记，手机上的原文已留底。"),
}


def marks_of(item: HandedIn) -> str:
    """Return the mark of what the page shows: the item and the visit beside it."""
    beside = seen.mark_of(item.stored) if item.stored else ""
    return f"{seen.mark_of(item)}-{beside}"


class TrayDetail(DetailScreen):
    """A handed-in visit; the mark of the page tells of the stored one, too."""

    def get(self, request, *args, **kwargs):
        page = super().get(request, *args, **kwargs)
        if may_see(self.object.stored, request.user):
            audit.record("read", subject=self.object.stored)
        return page

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"seen": marks_of(self.object)}

    def get_transitions(self):
        """Let the decision lead that what was sent itself asks for."""
        steps = super().get_transitions()
        leading = leading_step(self.object, self.request.user)
        for step in steps:
            step["primary"] |= step["name"] == leading
        return steps


class TrayStep(TransitionScreen):
    """Decide of a visit as it was shown, beside the stored one as it was shown."""

    def words_after(self, case, step) -> str:
        return DONE[step.name]

    @transaction.atomic
    def apply(self, case, step) -> None:
        sent, _dash, beside = self.request.POST.get(seen.FIELD, "").partition("-")
        item = seen.locked(case)
        seen.refuse_if_changed(item, mark=seen.mark_of(item), sent=sent)
        if case.stored:
            stored = seen.locked(case.stored)
            seen.refuse_if_changed(stored, mark=seen.mark_of(stored), sent=beside)
        note = self.note_for(step)
        self.screens.workflow.apply(case, step.name, by=self.request.user, note=note)


@register
class HandedInScreens(ModelScreens):
    model = HandedIn
    title = _("离线登记核对")
    plural = "trays"
    icon = "wait"
    about = _("手机上补传的走访，有的要先核对再登记。")
    filter_class = filters.HandedInFilters
    facts = ("status", "why", "told_reason", "by", "received_at", "unit_name")
    passed_over = ("why", "told_reason")
    columns = (
        LinkColumn("whom", _("走访对象")),
        StateColumn("status", tones=TONES, is_lead=True),
        Column("result", _("为什么核对")),
        DateTimeColumn("moment", _("走访时间")),
        Column("by__name", _("登记人")),
        DateTimeColumn("received_at"),
        Column("unit_name", _("社区或网格"), is_dropped=True),
    )
    records_reading = True
    export_action = "export"
    export_needs_purpose = True
    has_create = False
    has_update = False
    detail_screen = TrayDetail
    transition_screen = TrayStep

    @classmethod
    def subtitle(cls, request) -> str:
        return gettext("核对以前，不计入走访任务和报表。")

    @classmethod
    def empty(cls, request):
        return {
            "title": _("没有要核对的离线登记"),
            "hint": _("手机上补传的走访，该核对的都已核对。"),
        }

    @classmethod
    def row_subtitle(cls, row):
        told = {"whom": row.whom, "at": formats.cn_day_time(row.moment)}
        return gettext("%(whom)s　%(at)s走访") % told

    @classmethod
    def chips(cls, row):
        return [{"text": row.get_status_display(), "tone": TONES[row.status]}]

    @classmethod
    def banners(cls, row, request):
        found = banners_of(row, request.user)
        judging = judging_banner(row, request.user)
        return [*found, judging] if judging else found

    @classmethod
    def row_actions(cls, row, request):
        return [*super().row_actions(row, request), *next_action(row, request.user)]

    @classmethod
    def sections(cls, row, request):
        sent = [
            sent_section(row, request.user),
            *entering_section(row, request.user),
            *photos_with(row),
        ]
        if row.stored is not None:
            return [*sent, *became_section(row, request.user)]
        return [
            *sent,
            {
                "title": _("走访对象现在"),
                "template": "visits/_facts.html",
                "context": {"facts": whereabouts(row, request.user)},
            },
        ]


def next_action(item: HandedIn, user) -> list[dict]:
    """Lead from what is decided to the next that waits for the user, the oldest."""
    count = 0 if item.status == HandedIn.Status.WAITING else count_waiting(user)
    if not count:
        return []
    words = ngettext("还有%(count)d条，看下一条", "还有%(count)d条，看下一条", count)
    url = waiting_for(user).order_by("pk").first().get_absolute_url()
    return [{"label": words % {"count": count}, "url": url, "primary": True}]


def became_section(item: HandedIn, user) -> list[dict]:
    """Lead to the visits that there are of it, each by where it was written down."""
    became = item.became
    if became is None:
        return []
    first = [item.stored] if item.stored != became else []
    lines = [
        {"label": words % {"number": visit.pk}, "url": visit.get_absolute_url()}
        for visit, words in [
            (became, _("第%(number)d号（手机上的）")),
            *((one, _("第%(number)d号（先登记的）")) for one in first),
        ]
        if may_see(visit, user)
    ]
    section = {"title": _("走访记录"), "template": "toolkit/_lines.html"}
    return [section | {"context": {"lines": lines}}] if lines else []


def photos_with(item: HandedIn) -> list[dict]:
    """Show the photos of what has become no visit, to whom its subject is shown."""
    if not may_be_shown(item):
        return []
    return photos_shown(
        reverse("visits:handedin-photo", args=[item.pk, photo.uid])
        for photo in kept_with(item)
    )


def sent_section(item: HandedIn, user) -> dict:
    """Return what was sent, beside the stored visit where there is one."""
    lines, beside = lines_of(item, user), item.beside
    section = {
        "title": _("两份对照") if beside else _("手机上登记的"),
        "note": _("不论怎么定，手机上的原文都会保留。"),
    }
    if item.became is None and may_see(beside, user):
        url = beside.get_absolute_url()
        section |= {"url": url, "url_label": _("打开已登记的走访")}
    if not lines:
        text = {"text": item.body}
        return section | {"template": "visits/_as_sent.html", "context": text}
    if beside is None:
        return section | {"template": "visits/_facts.html", "context": {"facts": lines}}
    kept = _("更正前") if item.replaced else _("已登记的")
    is_open = item.status == HandedIn.Status.WAITING
    differing = [one for one in lines if one["differs"]]
    compared = {"lines": lines, "kept": kept, "differing": differing}
    compared["same"] = [one for one in lines if not one["differs"]]
    compared["is_to_decide"] = is_open and bool(differing)
    return section | {"template": "visits/_comparison.html", "context": compared}
