from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices.actions import refuse_unless_draft
from notices.filters import NoticeFilters
from notices.forms import AttachmentForm, NoticeForm
from notices.guards import doubts, is_own, problems
from notices.models import Notice, Status
from notices.preview import easy_context, preview_context
from notices.proofs import content_hash_of
from notices.reviewers import waiting_words
from notices.standing import StandingColumn, chip_of
from toolkit import formats
from toolkit.columns import Column, DateTimeColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.refusals import as_bad_request
from toolkit.screens import ModelScreens, register
from toolkit.screens.details import DetailScreen, TransitionScreen
from toolkit.screens.forms import CreateScreen, UpdateScreen

COPYING = ("copy", "reopen")
# Saving makes nothing public: that is a step of its own.
SAVE_DRAFT = _("保存草稿")


class NoticeCreateScreen(CreateScreen):
    """A new draft."""

    label = _("起草")
    submit_label = SAVE_DRAFT

    def get_title(self, noun):
        return _("起草通知")


class NoticeUpdateScreen(UpdateScreen):
    """A change to a draft; what was handed in or published is not changed.

    Who had the draft open when a colleague handed it in gets his text back.
    """

    submit_label = SAVE_DRAFT

    def get_object(self, queryset=None):
        notice = super().get_object(queryset)
        if self.request.method != "POST":
            with as_bad_request():
                refuse_unless_draft(notice)
        return notice

    def get_form(self, form_class=None):
        """Return the form; what was sent for anything but a draft is refused in it."""
        form = super().get_form(form_class)
        if form.is_bound:
            try:
                # Locked since it was read; no field of the form changes its status.
                refuse_unless_draft(self.object)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return form


class NoticeDetailScreen(DetailScreen):
    """A notice; a file that was refused comes back in its form, with the reason."""

    attachment_form: AttachmentForm | None = None

    def get_sections(self):
        form = self.attachment_form
        return self.screens.sections(self.object, self.request, attachment_form=form)


class NoticeTransitionScreen(TransitionScreen):
    """A step of a notice; after copying one goes on with the copy."""

    def post(self, request, *args, **kwargs):
        notice = self.get_object()
        newest = notice.copies.order_by("-pk").values_list("pk", flat=True).first()
        answer = super().post(request, *args, **kwargs)
        if kwargs["name"] in COPYING:
            copies = notice.copies.filter(pk__gt=newest or 0, author=request.user)
            copy = copies.order_by("-pk").first()
            if copy:
                return redirect("notices:notice-update", copy.pk)
        return answer


@register
class NoticeScreens(ModelScreens):
    model = Notice
    icon = "notice"
    form_class = NoticeForm
    filter_class = NoticeFilters
    columns = (
        LinkColumn("title"),
        StandingColumn(is_lead=True),
        Column("category"),
        Column("org_unit"),
        DateTimeColumn("publish_at"),
        DateTimeColumn("expires_at"),
        Column("author", is_dropped=True),
    )
    facts = (
        "org_unit",
        "category",
        "audience_words",
        "publish_at",
        "expires_at",
        "flags_words",
        "facts_words",
        "contact",
        "contact_phone",
        "document_number",
        "author",
        "edited_by",
    )
    sorts = {
        "newest": (_("最近起草"), Sort("pk", descending=True)),
        "moved": (_("最近办理"), Sort("status_since", descending=True)),
    }
    create_screen = NoticeCreateScreen
    detail_screen = NoticeDetailScreen
    update_screen = NoticeUpdateScreen
    transition_screen = NoticeTransitionScreen

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        for action in actions:
            if action.get("primary"):
                action["label"] = _("起草通知")
        return actions

    @classmethod
    def row_subtitle(cls, row):
        return f"{row.org_unit}　{row.get_category_display()}"

    @classmethod
    def chips(cls, row):
        return [chip_of(row)]

    @classmethod
    def banners(cls, row, request):
        if row.status == Status.REVIEW and is_own(row, request.user):
            why = _("起草人和改过内容的人不能审核自己的通知。")
            return [{"text": waiting_words(row) + why, "tone": "wait"}]
        if row.is_sealed and content_hash_of(row) != row.content_hash:
            text = _("内容与发布时的校验值不一致，请告诉安全管理员。")
            return [{"text": text, "tone": "urgent"}]
        return []

    @classmethod
    def row_actions(cls, row, request):
        actions = []
        if row.is_public():
            url = reverse("portal:notice", args=[row.pk])
            actions.append({"label": _("查看公开页面"), "url": url})
        if not row.is_draft:
            return actions
        actions += super().row_actions(row, request)
        if request.user.has_perm("notices.change_notice", row):
            url = reverse("notices:notice-buildings", args=[row.pk])
            actions.append({"label": _("选择楼幢"), "url": url})
        return actions

    @classmethod
    def sections(cls, row, request, attachment_form=None):
        may_change = request.user.has_perm("notices.change_notice", row)
        attachments = list(row.attachments.kept())
        parts = [part(_("公开页面预览"), "preview", preview_context(row))]
        if row.easy_body:
            parts.append(part(_("大字版"), "easy_preview", easy_context(row)))
        files = {
            "notice": row,
            "attachments": [shown(file) for file in attachments],
            "attachment_form": (attachment_form or AttachmentForm())
            if may_change
            else None,
        }
        parts.append(part(_("附件"), "attachments", files))
        if row.is_public():
            parts.append(part(_("公开"), "public", {"notice": row}) | {"side": True})
        if not row.is_sealed:
            unread = [file.title for file in attachments if not file.was_read]
            found = {"problems": problems(row), "doubts": doubts(row)}
            found["unread"] = unread
            parts.append(part(_("发布前检查"), "problems", found) | {"side": True})
        return parts


def part(title: str, name: str, context: dict) -> dict:
    """Return a part of the page of a notice."""
    return {"title": title, "template": f"notices/_{name}.html", "context": context}


def shown(attachment) -> dict:
    """Return what the page says about an attachment."""
    return {
        "pk": attachment.pk,
        "title": attachment.title,
        "size": f"{attachment.kind.upper()}　{formats.file_size(attachment.size)}",
        "findings": attachment.findings,
    }
