"""The business history of a row, kept beside the audit trail and written with it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.contrib.contenttypes.models import ContentType

from toolkit import audit
from toolkit.bulk.rows import insert_rows
from toolkit.models import AuditEvent, HistoryEntry
from toolkit.proofs import digest_of, proof

# Where key and digest of the line stand in the event that was written with it.
LINE = "line"
COMPARED_AT_ONCE = 500
# The verb of the lines of a roster: one event tells of all that a file changed.
IN_BULK = "imported"


def remember(
    subject, verb: str, label: str, *, by=None, about: dict | None = None, **extra
) -> HistoryEntry:
    """Add a line to the history of a row and the matching audit event.

    `extra` may hold before, after, note and changes, a list of
    {"field", "label", "old", "new"} in which sensitive fields carry no values.
    `about` is what else the event keeps, as in `audit.record`.
    """
    line = HistoryEntry.objects.create(
        subject=subject, verb=verb, label=str(label), by=by, **extra
    )
    changed = [change["field"] for change in line.changes]
    told = {LINE: [line.pk, digest_of_line(line)]} | (about or {})
    audit.record(verb, actor=by, subject=subject, fields=changed, about=told)
    return line


def remember_all(subjects: Sequence, verb: str, label: str, *, by) -> None:
    """Add the same line to the history of many rows of one model, each with its event.

    As `remember` for each of them, in two writes.
    """
    if not subjects:
        return
    kind = ContentType.objects.get_for_model(subjects[0])
    same = {"verb": verb, "label": str(label), "by_id": by and by.pk}
    same["content_type_id"] = kind.pk
    lines = [HistoryEntry(object_id=one.pk, **same) for one in subjects]
    insert_rows(lines)
    told = [{LINE: [line.pk, digest_of_line(line)]} for line in lines]
    audit.record_all(verb, subjects, told, actor=by)


def history_of(subject):
    """Return the history of a row, newest first."""
    kind = ContentType.objects.get_for_model(subject)
    return (
        HistoryEntry.objects.filter(content_type=kind, object_id=subject.pk)
        .select_related("by")
        .order_by("-at", "-pk")
    )


def digest_of_line(line: HistoryEntry) -> str:
    """Return the digest of a line: of which row, what was done to it, by whom, when."""
    kind = ContentType.objects.get_for_id(line.content_type_id)
    row = [kind.app_label, kind.model, line.object_id]
    done = [line.verb, line.label, line.before, line.after, line.changes, line.note]
    return digest_of([*row, *done, line.by_id, str(line.at)])


@proof("history")
def unfit_lines() -> Iterator[str]:
    """Yield a sentence for each line of history that is not as it was written.

    Lines of a roster are written in bulk, without an event for each: not told here, nor
    are lines older than the first that the trail tells of.
    """
    # Read before the events, so that no line is here whose event is not there yet.
    unknown = set(
        HistoryEntry.objects.exclude(verb=IN_BULK).values_list("pk", flat=True)
    )
    first = None
    events = AuditEvent.objects.filter(fields__has_key=LINE).order_by("pk")
    told = filter(None, (audit.about(event).get(LINE) for event in events.iterator()))
    while some := list(islice(told, COMPARED_AT_ONCE)):
        keys = [pk for pk, _digest in some]
        first = min(keys) if first is None else min(first, *keys)
        unknown.difference_update(keys)
        lines = HistoryEntry.objects.in_bulk(keys)
        for pk, digest in some:
            if pk not in lines:
                yield f"history line {pk}: it was written and is gone"
            elif digest_of_line(lines[pk]) != digest:
                yield f"history line {pk}: it does not fit the audit trail"
    for pk in sorted(unknown) if first is not None else ():
        if pk >= first:
            yield f"history line {pk}: the audit trail does not know it"
