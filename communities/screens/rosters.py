"""The register of roster imports: what was handed in, what it comes to, who did it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from communities.filters.rosters import RosterImportFilters
from communities.forms.rosters import RosterCommitForm, RosterImportForm
from communities.models import RosterImport
from communities.models.roster import IMPORT
from communities.roster.actions import order_commit
from communities.roster.endings import drop
from communities.roster.files import has_marked
from communities.screens.columns import FileNameColumn, UnitColumn
from communities.screens.roster_parts import (
    banner_of,
    effects_of,
    result_sections,
    steps_of,
    tiles_of,
)
from toolkit import formats
from toolkit.columns import Column, DateTimeColumn, StateColumn
from toolkit.policy import Policy
from toolkit.screens import ModelScreens, register
from toolkit.screens.base import ScopedScreen
from toolkit.screens.details import DetailScreen
from toolkit.screens.forms import CreateScreen

State = RosterImport.State
TONES = {
    State.CHECKING: "open",
    State.CHECKED: "wait",
    State.REFUSED: "bad",
    State.COMMITTING: "open",
    State.COMMITTED: "done",
    State.EXPIRED: "draft",
    State.DROPPED: "draft",
}


def takeout_url(user) -> str:
    """Return where the present roster is exported, "" for whoever may not."""
    may_export = user.has_perm("communities.export_resident")
    url = reverse("communities:resident-export")
    return f"{url}?format=roster" if may_export else ""


class RosterCreateScreen(CreateScreen):
    """Hand a file in; the worker goes through it."""

    verb = "handed_in"
    label = gettext_lazy("上传名册")
    said = gettext_lazy("已上传：%(row)s")

    def get_title(self, noun):
        return _("导入名册")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "submit_label": _("上传并试算"),
            "undone": _("尚未上传"),
            "steps": steps_of(None),
            "template_url": reverse("communities:rosterimport-template"),
            "takeout_url": takeout_url(self.request.user),
        }


class RosterDetailScreen(DetailScreen):
    """What a file comes to; asks for itself while the worker has it."""

    def get_context_data(self, **kwargs):
        row = self.object
        context = super().get_context_data(**kwargs)
        return context | {
            "title": _("名册导入：%(name)s") % {"name": row},
            "steps": steps_of(row),
            "tiles": tiles_of(row),
            "job": row.job if row.is_at_work else None,
        }


class RosterQuestion(ScopedScreen, generic.FormView):
    """The last question about a checked roster; any other leads back to its page."""

    policy = Policy("permission", IMPORT)
    template_name_suffix = "_confirm"
    form_class = Form
    closed = gettext_lazy("已经有人在办了，请看最新情况。")
    over = gettext_lazy("这份名册已经办结，不用再处理。")

    def dispatch(self, request, *args, **kwargs):
        self.object = self.get_object()
        if self.object.state != State.CHECKED:
            is_over = self.object.is_over
            messages.warning(request, self.over if is_over else self.closed)
            return redirect(self.object)
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        row, screen = self.object, self.screen()
        url = row.get_absolute_url()
        return super().get_context_data(
            screen=screen,
            cancel_url=url,
            breadcrumbs=[
                {"label": screen["title"], "url": screen["list_url"]},
                {"label": str(row), "url": url},
                {"label": kwargs["submit_label"], "url": None},
            ],
            **kwargs,
        )


class RosterCommitScreen(RosterQuestion):
    """The last question before a roster is written."""

    form_class = RosterCommitForm
    closed = gettext_lazy("这份名册现在不能写入，请看最新情况。")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"roster": self.object}

    def form_valid(self, form):
        leaves = form.cleaned_data.get("leave_conflicts", False)
        try:
            is_ordered = order_commit(
                roster=self.object, by=self.request.user, leave_conflicts=leaves
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        if not is_ordered:
            messages.warning(self.request, RosterQuestion.closed)
        return redirect(self.object)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=_("写入名册：%(name)s") % {"name": self.object},
            hint=_("整份名册一次写入。写入后不能整体撤销，只能逐人更正。"),
            effects=effects_of(self.object),
            submit_label=_("确认写入"),
            **kwargs,
        )


class RosterDropScreen(RosterQuestion):
    """The last question before a checked file is wiped unwritten."""

    def form_valid(self, form):
        if not drop(roster=self.object, by=self.request.user):
            messages.warning(self.request, self.closed)
        return redirect(self.object)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=_("不写入名册：%(name)s") % {"name": self.object},
            hint=_("上传的文件马上删除，不改动任何档案。还要导入时请重新上传。"),
            submit_label=_("不写入，删除文件"),
            **kwargs,
        )


@register
class RosterImportScreens(ModelScreens):
    model = RosterImport
    plural = "rosters"
    icon = "upload"
    form_class = RosterImportForm
    filter_class = RosterImportFilters
    columns = (
        FileNameColumn("file_name"),
        StateColumn("state", tones=TONES, is_lead=True),
        UnitColumn(gettext_lazy("所属社区（村）")),
        Column("outcome_words", gettext_lazy("结果")),
        Column("by"),
        DateTimeColumn("created_at", gettext_lazy("上传时间")),
    )
    facts = (
        "org_unit",
        "purpose",
        "size_words",
        "by",
        "checked_at",
        "committed_at",
    )
    counted_in = gettext_lazy("份")
    has_update = False
    create_screen = RosterCreateScreen
    detail_screen = RosterDetailScreen

    @classmethod
    def permission(cls, action):
        """One permission for all of it: who may import sees what was imported."""
        return IMPORT

    @classmethod
    def get_queryset(cls):
        return RosterImport.objects.select_related("org_unit__community", "by", "job")

    @classmethod
    def list_actions(cls, request):
        template = reverse("communities:rosterimport-template")
        actions = [{"label": _("下载模板"), "url": template, "icon": "download"}]
        if url := takeout_url(request.user):
            actions.append({"label": _("导出名册"), "url": url, "icon": "download"})
        url, label = cls.url("create"), _("导入名册")
        actions.append({"label": label, "url": url, "icon": "upload", "primary": True})
        return actions

    @classmethod
    def subtitle(cls, request):
        return _("先试算，核对以后再写入；写入以前不改动任何档案。")

    @classmethod
    def empty(cls, request):
        return {
            "title": _("没有导入记录"),
            "hint": _("下载模板，填好居民名册，上传后先试算，再决定写不写入。"),
            "action": {"label": _("导入名册"), "url": cls.url("create")},
        }

    @classmethod
    def row_subtitle(cls, row):
        handed_in = _("%(moment)s上传") % {
            "moment": formats.cn_datetime(row.created_at)
        }
        # One line holds both, and a phone would break the last word.
        return format_html(
            '{}　<span class="text-nowrap">{}</span>', row.org_unit.full_name, handed_in
        )

    @classmethod
    def chips(cls, row):
        return [{"text": row.get_state_display(), "tone": TONES[row.state]}]

    @classmethod
    def banners(cls, row, request):
        return [banner_of(row)]

    @classmethod
    def sections(cls, row, request):
        return result_sections(row, request.user)

    @classmethod
    def row_actions(cls, row, request):
        actions = []
        if has_marked(row) and not row.is_at_work:
            url = reverse("communities:rosterimport-marked", args=[row.pk])
            label = _("下载批注文件")
            actions.append({"label": label, "url": url, "icon": "download"})
        is_open = row.state == State.CHECKED
        if is_open:
            url = reverse("communities:rosterimport-drop", args=[row.pk])
            actions.append({"label": _("不写入，删除文件"), "url": url})
        if is_open or (row.is_over and row.state != State.COMMITTED):
            told = {"org_unit": row.org_unit_id, "purpose": row.purpose}
            url = f"{cls.url('create')}?{urlencode(told)}"
            again = {"label": _("重新上传"), "url": url, "icon": "upload"}
            actions.append(again | {"primary": not is_open})
        if is_open and row.changes:
            url = reverse("communities:rosterimport-commit", args=[row.pk])
            actions.append({"label": _("写入名册"), "url": url, "primary": True})
        return actions
