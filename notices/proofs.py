"""Whether what was published is still what a second person approved, files included.

The trail keeps the content hash of a notice from its publication, and the digest of a
file from the moment it was attached. What was told before it kept them is compared with
its own hash only.
"""

import hashlib
import json
from collections.abc import Iterator

from notices.models import Notice, NoticeAttachment, Status
from toolkit.audit import about
from toolkit.models import AuditEvent
from toolkit.proofs import digest_of, proof, unlike

PUBLISHING = ("publish", "adopt")
NEVER_PUBLISHED = (Status.DRAFT, Status.REVIEW)
WORDS = ("title", "kind", "size", "sha256", "findings", "was_read", "added_by_id")


def content_hash_of(notice: Notice) -> str:
    """Return the SHA-256 (hex) over everything that residents read of the notice."""
    content = [
        notice.org_unit.code,
        notice.category,
        notice.title,
        notice.gist,
        notice.body,
        notice.easy_title,
        notice.easy_body,
        notice.facts,
        [notice.contact, notice.contact_phone, notice.document_number],
        sorted(notice.audience.values_list("code", flat=True)),
        sorted(notice.buildings.values_list("pk", flat=True)),
        [
            moment.isoformat()
            for moment in (notice.publish_at, notice.expires_at)
            if moment
        ],
        [notice.is_pinned, notice.is_emergency, notice.lists_people],
        list(notice.attachments.kept().values_list("title", "sha256")),
    ]
    text = json.dumps(content, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_attachment(file: NoticeAttachment) -> str:
    """Return the digest of a file: whose it is, what it holds, what was found in it."""
    words = [getattr(file, name) for name in WORDS]
    return digest_of([file.notice_id, str(file.uid), *words])


def digests_of(notice: Notice) -> dict:
    """Return what the trail keeps of a notice when it is published."""
    return {"digests": {str(notice.pk): notice.content_hash}}


def digests_of_attachment(file: NoticeAttachment) -> dict:
    """Return what the trail keeps of a file when it is attached."""
    return {"digests": {str(file.pk): digest_of_attachment(file)}}


def publications_told() -> dict[int, list[str]]:
    """Return the digests that the trail has of each publication, by notice."""
    told: dict[int, list[str]] = {}
    label = Notice._meta.label_lower
    events = AuditEvent.objects.filter(verb__in=PUBLISHING, subject_type=label)
    for event in events.order_by("pk").iterator():
        digests = about(event).get("digests", {})
        told.setdefault(event.subject_id, []).extend(digests.values())
    return told


def attachments_told() -> dict[int, list[str]]:
    """Return the digests that the trail has of each file, by attachment."""
    label = Notice._meta.label_lower
    events = AuditEvent.objects.filter(verb="attached", subject_type=label)
    return {
        int(mark): [digest]
        for event in events.order_by("pk").iterator()
        for mark, digest in about(event).get("digests", {}).items()
    }


@proof("notices")
def unfit_notices() -> Iterator[str]:
    """Yield a sentence for each notice that is not as it was published, once."""
    told = publications_told()
    for pk in sorted(pk for pk, digests in told.items() if len(digests) > 1):
        yield f"notice {pk}: it was published again"
    rows = Notice.objects.exclude(status__in=NEVER_PUBLISHED, content_hash="")
    for notice in rows.select_related("org_unit").order_by("pk").iterator():
        name = f"notice {notice.pk}"
        if content_hash_of(notice) != notice.content_hash:
            yield f"{name}: it does not fit its digest"
        yield from unlike(name, told.pop(notice.pk, None), notice.content_hash)
    for pk in sorted(told):
        yield f"notice {pk}: it was published and is gone"


@proof("notice files")
def unfit_files() -> Iterator[str]:
    """Yield a sentence for each attachment that is not as it was attached."""
    told = attachments_told()
    for file in NoticeAttachment.objects.order_by("pk").iterator():
        name = f"attachment {file.pk}"
        yield from unlike(name, told.pop(file.pk, []), digest_of_attachment(file))
        # A file that was taken off is shown to nobody.
        if file.removed_at is None and hash_of_stored(file) != file.sha256:
            yield f"{name}: the stored file does not fit its digest"
    for pk in sorted(told):
        yield f"attachment {pk}: it was attached and is gone"


def hash_of_stored(file: NoticeAttachment) -> str:
    """Return the SHA-256 of the file as it is stored now, "" where it is missing."""
    try:
        with file.file.open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
