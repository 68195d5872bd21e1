"""Pages around a draft: its files, and the buildings to which it is addressed."""

from collections.abc import Iterator
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communities.models import Building
from notices.actions import choose_buildings, refuse_unless_draft, take_off
from notices.forms import AttachmentForm, BuildingsForm
from notices.models import Notice, NoticeAttachment
from notices.screens import NoticeScreens
from toolkit import audit
from toolkit.downloads import as_download
from toolkit.permissions import permission_name
from toolkit.policy import requires
from toolkit.refusals import as_bad_request, not_found
from toolkit.screens import seen


def notice_in_scope(request, pk: int, action: str) -> Notice:
    """Return a notice on which the user may do this; 404 for any other."""
    rows = Notice.objects.select_related("org_unit").in_scope_of(request.user, action)
    notice = rows.filter(pk=pk).first()
    if notice is None:
        permission = permission_name(Notice, action)
        raise not_found(request.user, permission, Notice.objects.filter(pk=pk))
    return notice


@requires("notices.change_notice")
@require_http_methods(["GET", "POST"])
def add_attachment(request, pk):
    """Take a file for a draft; a refusal comes back as a sentence on its page.

    That page stands at this address, which leads to the notice when it is opened again.
    """
    notice = notice_in_scope(request, pk, "change")
    if request.method == "GET":
        return redirect(notice)
    with as_bad_request():
        refuse_unless_draft(notice)
    form = AttachmentForm(request.POST, request.FILES)
    attachment = form.is_valid() and form.attach(notice=notice, by=request.user)
    if not attachment:
        reason = next(iter(form.errors.values()))[0]
        messages.error(request, _("附件没有添加：%(reason)s") % {"reason": reason})
        return page_with(request, notice, form)
    messages.success(request, _("已添加附件：%(title)s") % {"title": attachment})
    return redirect(notice)


def page_with(request, notice: Notice, form: AttachmentForm):
    """Return the page of a notice with the file that was refused and the reason."""
    page = NoticeScreens.detail_screen(screens=NoticeScreens, attachment_form=form)
    page.setup(request, pk=notice.pk)
    page.object = notice
    status = 429 if form.is_busy else 422
    return page.render_to_response(page.get_context_data(), status=status)


@requires("notices.change_notice")
@require_POST
def remove_attachment(request, pk, attachment_pk):
    """Take a file off a draft."""
    notice = notice_in_scope(request, pk, "change")
    attachment = notice.attachments.kept().filter(pk=attachment_pk).first()
    if attachment is None:
        raise Http404(_("附件已经移除。"))
    with as_bad_request():
        take_off(attachment=attachment, by=request.user)
    messages.success(request, _("已移除附件：%(title)s") % {"title": attachment})
    return redirect(notice)


@requires("notices.view_notice")
@require_GET
def show_attachment(request, pk, attachment_pk):
    """Hand out a file of a notice in the reader's scope, published or not."""
    notice = notice_in_scope(request, pk, "view")
    attachment = notice.attachments.kept().filter(pk=attachment_pk).first()
    if attachment is None:
        raise Http404(_("没有这个附件。"))
    if not notice.is_public():
        # A draft may hold what is taken out before residents see it.
        audit.record("read", subject=notice, fields=["attachments"])
    return file_answer(attachment)


def file_answer(attachment: NoticeAttachment):
    """Return the file as a download."""
    return as_download(
        attachment.file, name=attachment.file_name, media_type=attachment.media_type
    )


@requires("notices.change_notice")
@require_http_methods(["GET", "POST"])
@transaction.atomic
def pick_buildings(request, pk):
    """Choose the buildings, lane by lane, out of the audience of a draft."""
    notice = notice_in_scope(request, pk, "change")
    if request.method == "POST":
        notice = seen.locked(notice)
    with as_bad_request():
        refuse_unless_draft(notice)
    mark = seen.mark_of(notice)
    if request.method != "POST":
        chosen = notice.buildings.values_list("pk", flat=True)
        return buildings_page(request, notice, mark, chosen)
    sent = request.POST.get(seen.FIELD, "")
    try:
        seen.refuse_if_changed(notice, mark=mark, sent=sent)
    except ValidationError as refusal:
        told, ticked = refusal.messages[0], request.POST.getlist("buildings")
        return buildings_page(request, notice, mark, ticked, refusal=told)
    form = BuildingsForm(request.POST, buildings=buildings_of(notice))
    if not form.is_valid():
        raise BadRequest(_("选的楼幢不在这条通知的范围内。"))
    chosen = form.cleaned_data["buildings"]
    with as_bad_request():
        choose_buildings(notice=notice, buildings=chosen, by=request.user)
    messages.success(request, _("已保存：%(row)s") % {"row": notice})
    return redirect(notice)


def buildings_page(request, notice: Notice, mark: str, chosen, refusal: str = ""):
    """Return the page to choose on; with a refusal, what was ticked is kept."""
    context = {
        "notice": notice,
        "lanes": list(by_lane(buildings_of(notice), {str(pk) for pk in chosen})),
        "title": _("选择楼幢"),
        "breadcrumbs": breadcrumbs(notice),
        "seen": mark,
        "banner": {"text": refusal, "tone": "urgent"} if refusal else None,
    }
    status = 422 if refusal else 200
    return render(request, "notices/buildings.html", context, status=status)


def buildings_of(notice: Notice):
    """Return the buildings that lie in the audience, lane by lane."""
    reach = Q(pk__in=())
    for path in notice.audience.values_list("path", flat=True):
        reach |= Q(org_unit__path__startswith=path)
    rows = Building.objects.filter(reach).select_related("lane", "org_unit")
    return rows.order_by(
        "lane__pinyin", "lane__name", "lane_id", "order", "block", "pk"
    )


def by_lane(buildings, chosen: set[str]) -> Iterator[dict]:
    """Yield each lane with its buildings, marking those whose keys are chosen."""
    for lane, group in groupby(buildings, key=lambda building: building.lane):
        doors = [
            {"pk": b.pk, "address": b.address, "chosen": str(b.pk) in chosen}
            for b in group
        ]
        count = sum(door["chosen"] for door in doors)
        yield {"name": lane.name, "doors": doors, "chosen": count}


def breadcrumbs(notice: Notice) -> list[dict]:
    return [
        {"label": _("通知公告"), "url": NoticeScreens.url("list")},
        {"label": str(notice), "url": notice.get_absolute_url()},
        {"label": _("选择楼幢"), "url": None},
    ]
