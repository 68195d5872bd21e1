"""Writes on notices that touch several rows."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import editions
from notices.attaching import Content, look_into
from notices.guards import office_phones, why_not_publish
from notices.models import Notice, NoticeAttachment
from notices.proofs import content_hash_of, digests_of, digests_of_attachment
from toolkit.history import remember
from toolkit.uploads import Checked

MOST_ATTACHMENTS = 10
# What a copy takes over; a new notice gets its own number, times and approval.
COPIED = (
    "org_unit",
    "category",
    "title",
    "gist",
    "body",
    "easy_title",
    "easy_body",
    "facts",
    "contact",
    "contact_phone",
    "lists_people",
)


def refuse_unless_draft(notice: Notice | None) -> None:
    """Raise ValidationError for anything but a draft: the rest is not changed."""
    if notice is None or not notice.is_draft:
        raise ValidationError(
            _("只有草稿可以修改。待审的请先撤回，已发布的请撤下后另起草稿。")
        )


def locked_draft(notice: Notice) -> Notice:
    """Return the draft, locked until the end of the transaction.

    Raises ValidationError when somebody has just handed it in.
    """
    draft = Notice.objects.select_for_update().filter(pk=notice.pk).first()
    refuse_unless_draft(draft)
    return draft


def attach_file(
    *, notice: Notice, checked: Checked, title: str, by
) -> NoticeAttachment:
    """Add a checked file to a draft, with what was found in its text.

    It is read before anything is locked: nobody else waits for that. Raises
    ValidationError for too many files or an unreadable document.
    """
    content = look_into(checked, office_phones())
    return add_file(notice=notice, checked=checked, title=title, by=by, content=content)


@transaction.atomic
def add_file(
    *, notice: Notice, checked: Checked, title: str, by, content: Content
) -> NoticeAttachment:
    """Write down a file that was read; raises ValidationError for too many files."""
    draft = locked_draft(notice)
    if draft.attachments.kept().count() >= MOST_ATTACHMENTS:
        raise ValidationError(_("附件最多 %d 个。") % MOST_ATTACHMENTS)
    attachment = NoticeAttachment.objects.create(
        notice=draft,
        title=title or checked.name.rpartition(".")[0],
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
        file=checked.file,
        findings=content.findings,
        was_read=content.was_read,
        added_by=by,
    )
    note_edit(draft, by)
    remember(
        draft,
        "attached",
        _("添加附件"),
        by=by,
        note=attachment.title,
        about=digests_of_attachment(attachment),
    )
    return attachment


@transaction.atomic
def take_off(*, attachment: NoticeAttachment, by) -> None:
    """Take an attachment off a draft; its row stays, closed."""
    draft = locked_draft(attachment.notice)
    kept = draft.attachments.kept().filter(pk=attachment.pk)
    if not kept.update(removed_at=timezone.now()):
        raise ValidationError(_("附件已经移除。"))
    note_edit(draft, by)
    remember(draft, "detached", _("移除附件"), by=by, note=attachment.title)


@transaction.atomic
def choose_buildings(*, notice: Notice, buildings, by) -> int:
    """Address a draft to some buildings of its audience; return how many."""
    draft = locked_draft(notice)
    former, chosen = set(draft.buildings.all()), set(buildings)
    count = len(chosen)
    if chosen == former:
        return count
    draft.buildings.set(chosen)
    note_edit(draft, by)
    note = _("%d 幢") % count if count else _("全部")
    remember(draft, "addressed", _("选择楼幢"), by=by, note=note)
    return count


def note_edit(draft: Notice, by) -> None:
    """Write down who changed the draft last; the history knows who did before."""
    Notice.objects.filter(pk=draft.pk).update(edited_by=by)


def seal_publication(notice: Notice, by) -> dict:
    """Set the time, seal the text, start a new edition; return what the trail keeps.

    The guard is asked again now that the row is locked, because the notice may have
    been recalled, changed and handed in once more since it was first asked.
    """
    now = timezone.now()
    notice.refresh_from_db()
    if refusal := why_not_publish(notice, by):
        raise ValidationError(refusal)
    notice.publish_at = max(notice.publish_at or now, now)
    if notice.expires_at and notice.expires_at <= notice.publish_at:
        raise ValidationError(_("截止时间早于发布时间。"))
    notice.content_hash = content_hash_of(notice)
    notice.save(update_fields=["publish_at", "content_hash"])
    editions.bump()
    return digests_of(notice)


def seal_as_recorded(notice: Notice, by) -> dict:
    """Seal an older publication, whose own time stays; return what the trail keeps."""
    notice.refresh_from_db()
    notice.content_hash = content_hash_of(notice)
    notice.save(update_fields=["content_hash"])
    editions.bump()
    return digests_of(notice)


def new_edition(notice: Notice, by) -> None:
    """Effect of withdrawing: public pages notice at once."""
    editions.bump()


def copy_to_draft(notice: Notice, by) -> Notice:
    """Effect of copying: a new draft with the same text and audience, no files."""
    fields = {name: getattr(notice, name) for name in COPIED}
    copy = Notice(author=by, edited_by=by, copied_from=notice, **fields)
    if copy.lists_people:
        copy.expires_at = notice.expires_at
    copy.save(force_insert=True)
    copy.audience.set(notice.audience.all())
    copy.buildings.set(notice.buildings.all())
    remember(copy, "created", _("复制为新草稿"), by=by, note=notice.title)
    return copy
