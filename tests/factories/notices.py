"""Notices as they lie in the database; the workflow has tests of its own."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from notices import editions
from notices.models import Notice, NoticeAttachment
from notices.proofs import content_hash_of
from tests.factories.core import make_user, numbers


def make_notice(org_unit, audience=None, **fields):
    """Make a draft, or whatever `status` says, addressed to its own unit."""
    author = fields.pop("author", None) or make_user()
    defaults = {
        "title": f"通知{next(numbers)}",
        "gist": "明天上午停水，请提前存水。",
        "body": "一、停水时间\n明天8:30—16:30。",
        "author": author,
        "edited_by": author,
    }
    if fields.get("status") in ("published", "withdrawn"):
        defaults["publish_at"] = timezone.now() - timedelta(hours=1)
    notice = Notice.objects.create(org_unit=org_unit, **defaults | fields)
    notice.audience.set(audience or [org_unit])
    if notice.publish_at and notice.status != "draft":
        seal(notice)
    return notice


def seal(notice):
    """Fix the text as publishing does, and start a new edition."""
    notice.refresh_from_db()
    notice.content_hash = content_hash_of(notice)
    notice.save(update_fields=["content_hash"])
    editions.bump()


def make_published(org_unit, **fields):
    return make_notice(org_unit, status="published", **fields)


def make_attachment(notice, **fields):
    content = fields.pop("content", b"plain text")
    defaults = {
        "title": f"附件{next(numbers)}",
        "kind": "txt",
        "size": len(content),
        "sha256": "0" * 64,
        "file": ContentFile(content, name="some.txt"),
        "was_read": True,
        "added_by": notice.author,
    }
    return NoticeAttachment.objects.create(notice=notice, **defaults | fields)
