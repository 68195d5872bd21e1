"""What was published and what was attached is compared with the audit trail."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from notices.actions import attach_file, take_off
from notices.models import Notice, NoticeAttachment
from notices.proofs import content_hash_of
from notices.sealing import seal, unseal
from notices.workflows import NoticeWorkflow
from tests.auditing import verify
from tests.factories import make_published
from tests.guards import unguarded
from toolkit.audit import about
from toolkit.models import AuditEvent, HistoryEntry
from toolkit.uploads import validate_upload

pytestmark = pytest.mark.django_db(transaction=True)
apply = NoticeWorkflow.apply


def falsify(notice, **changes):
    """Change a published notice behind the back of the database."""
    with connection.schema_editor() as editor:
        unseal(None, editor)
    try:
        Notice.objects.filter(pk=notice.pk).update(**changes)
    finally:
        with connection.schema_editor() as editor:
            seal(None, editor)


@pytest.fixture
def plan(draft, lin):
    file = ContentFile(b"plan", name="plan.txt")
    return attach_file(notice=draft, checked=validate_upload(file), title="图", by=lin)


@pytest.fixture
def notice(draft, plan, lin, hua):
    apply(draft, "submit", by=lin)
    return apply(draft, "publish", by=hua)


@pytest.fixture
def told_before(monkeypatch):
    """Have the trail keep no digest, as it did not at first."""
    for name in ("digests_of", "digests_of_attachment"):
        monkeypatch.setattr(f"notices.actions.{name}", lambda row: {})


def test_what_nobody_touched_is_sound(notice):
    assert verify() == ""


@pytest.mark.parametrize("step", ["publish", "adopt"])
def test_the_trail_keeps_the_hash_of_what_was_published(step, draft, lin, hua):
    if step == "adopt":
        Notice.objects.update(publish_at=draft.created_at)
        notice = apply(draft, "adopt")
    else:
        apply(draft, "submit", by=lin)
        notice = apply(draft, "publish", by=hua)
    event = AuditEvent.objects.get(verb=step)
    assert about(event)["digests"] == {str(notice.pk): notice.content_hash}
    assert verify() == ""


@pytest.mark.parametrize(
    "changes", [{"body": "另一个内容"}, {"content_hash": "0" * 64}, {"is_pinned": True}]
)
def test_a_changed_notice_is_named(notice, changes):
    falsify(notice, **changes)
    assert verify() == f"notice {notice.pk}: it does not fit its digest"


def test_a_notice_changed_with_its_hash_is_named(notice):
    notice.body = "另一个内容"
    falsify(notice, body=notice.body, content_hash=content_hash_of(notice))
    assert verify() == (
        f"notice {notice.pk}: its digest is not the one in the audit trail"
    )


def test_another_audience_is_named(notice, xihu):
    notice.audience.set([xihu])
    assert verify() == f"notice {notice.pk}: it does not fit its digest"


def test_a_notice_made_a_draft_again_is_named(notice):
    falsify(notice, content_hash="", status="draft")
    assert verify() == f"notice {notice.pk}: it was published and is gone"


def test_a_notice_published_twice_is_named(notice, lin, hua):
    falsify(notice, content_hash="", status="review", body="另一个内容")
    apply(notice, "publish", by=hua)
    assert verify() == f"notice {notice.pk}: it was published again"


def test_an_invented_notice_is_named(donghu):
    notice = make_published(donghu)
    assert verify() == f"notice {notice.pk}: the audit trail does not know it"


def test_a_withdrawn_notice_is_still_proven(notice, hua):
    apply(notice, "withdraw", by=hua, note="写错了")
    assert verify() == ""
    falsify(notice, body="另一个内容")
    assert verify() == f"notice {notice.pk}: it does not fit its digest"


def test_what_was_published_before_is_compared_with_its_own_hash(told_before, notice):
    assert verify() == ""
    falsify(notice, body="另一个内容")
    assert verify() == f"notice {notice.pk}: it does not fit its digest"


@pytest.mark.parametrize(
    "changes", [{"kind": "pdf"}, {"uid": uuid4()}, {"findings": [{"place": "1"}]}]
)
def test_a_changed_attachment_is_named(plan, changes):
    NoticeAttachment.objects.update(**changes)
    assert verify() == (
        f"attachment {plan.pk}: its digest is not the one in the audit trail"
    )


def test_an_exchanged_file_is_named(notice, plan):
    default_storage.delete(plan.file.name)
    assert "the stored file does not fit" in verify()
    default_storage.save(plan.file.name, ContentFile(b"other"))
    assert verify() == f"attachment {plan.pk}: the stored file does not fit its digest"


def test_a_file_that_was_taken_off_may_be_gone(plan, lin):
    take_off(attachment=plan, by=lin)
    default_storage.delete(plan.file.name)
    assert verify() == ""


def test_an_attachment_that_was_taken_away_is_named(plan):
    NoticeAttachment.objects.all().delete()
    assert verify() == f"attachment {plan.pk}: it was attached and is gone"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"note": "别的意见"}, "it does not fit the audit trail"),
        ({"by": None}, "it does not fit the audit trail"),
        ({"object_id": 1_000_000}, "it does not fit the audit trail"),
        (None, "it was written and is gone"),
    ],
)
def test_a_line_that_tells_who_wrote_is_proven(plan, changes, says):
    line = HistoryEntry.objects.get(verb="attached")
    lines = HistoryEntry.objects.filter(pk=line.pk)
    with unguarded("toolkit_historyentry"):
        if changes:
            lines.update(**changes)
        else:
            lines.delete()
    assert verify() == f"history line {line.pk}: {says}"


def test_an_invented_line_is_named(plan, draft, lin):
    line = HistoryEntry.objects.create(
        subject=draft, verb="publish", label="审核通过并发布", by=lin
    )
    assert verify() == f"history line {line.pk}: the audit trail does not know it"


def test_a_line_older_than_the_proof_of_lines_is_not_named(draft, lin):
    HistoryEntry.objects.create(subject=draft, verb="created", label="登记", by=lin)
    file = ContentFile(b"plan", name="plan.txt")
    attach_file(notice=draft, checked=validate_upload(file), title="图", by=lin)
    assert verify() == ""
