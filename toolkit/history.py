"""The business history of a row, kept beside the audit trail and written with it."""

from django.contrib.contenttypes.models import ContentType

from toolkit import audit
from toolkit.models import HistoryEntry


def remember(subject, verb: str, label: str, *, by=None, **extra) -> HistoryEntry:
    """Add a line to the history of a row and the matching audit event.

    `extra` may hold before, after, note and changes, a list of
    {"field", "label", "old", "new"} in which sensitive fields carry no values.
    """
    changed = [change["field"] for change in extra.get("changes", ())]
    audit.record(verb, actor=by, subject=subject, fields=changed)
    return HistoryEntry.objects.create(
        subject=subject, verb=verb, label=str(label), by=by, **extra
    )


def history_of(subject):
    """Return the history of a row, newest first."""
    kind = ContentType.objects.get_for_model(subject)
    return (
        HistoryEntry.objects.filter(content_type=kind, object_id=subject.pk)
        .select_related("by")
        .order_by("-at", "-pk")
    )
