"""The audit trail: who did and who read what. Append-only, chained by toolkit.chain.

    audit.record("read", subject=resident, fields=["phone"], purpose="联系本人")

The event joins the transaction of the act, so neither exists without the other.
"""

from collections.abc import Sequence

from toolkit.acting import acting
from toolkit.bulk.rows import insert_rows
from toolkit.models import AuditEvent

READS = ("read", "revealed", "exported", "printed", "searched", "fetched")

# Where the names of columns stand in an event that holds more than them.
NAMES = "columns"


def person(request):
    """Return the signed-in user of a request, or None."""
    user = request.user
    return user if user.is_authenticated else None


def record(
    verb: str,
    *,
    actor=None,
    subject=None,
    fields=(),
    purpose: str = "",
    count: int | None = None,
    batch: str = "",
    reach: str = "",
    about: dict | None = None,
) -> AuditEvent:
    """Write one event in the current transaction.

    `actor` is by default whoever the current request belongs to; on the command line
    (`toolkit.console`) there is none, but a name. `fields` are names,
    never values. Bulk work writes one event with `count` and `batch`; `reach` is then
    the path of the unit in which its rows lie, and `about` what else is worth proving
    of it, such as the conditions of a list: JSON, without a value of a person.
    """
    return AuditEvent.objects.create(
        **doer(actor),
        **whom(subject, reach),
        verb=verb,
        fields={NAMES: list(fields), **about} if about else list(fields),
        purpose=purpose[:200],
        count=count,
        batch=batch,
    )


def record_all(verb: str, subjects: Sequence, about: Sequence[dict], *, actor) -> None:
    """Write one event for each of many rows, with what is kept `about` each of them."""
    done_by = doer(actor)
    insert_rows(
        [
            AuditEvent(**done_by, **whom(one), verb=verb, fields={NAMES: [], **more})
            for one, more in zip(subjects, about, strict=True)
        ]
    )


def doer(actor) -> dict:
    """Return the columns that say who acts, from where."""
    now_acting = acting()
    if actor is None and now_acting is not None:
        actor = now_acting.user
    name = now_acting.name if now_acting else ""
    return {
        "actor_id": actor and actor.pk,
        "actor_name": str(actor) if actor else name[:150],
        "ip": now_acting.ip if now_acting else None,
    }


def whom(subject, reach: str = "") -> dict:
    """Return the columns that say what is acted on, and in which unit it lies."""
    path = reach or getattr(subject, "get_scope_path", lambda: "")() or ""
    return {
        "subject_type": subject._meta.label_lower if subject is not None else "",
        "subject_id": subject.pk if subject is not None else None,
        "subject_path": path,
    }


def names_of(event: AuditEvent) -> list[str]:
    """Return the names of the fields or columns of an event."""
    return about(event).get(NAMES, []) if about(event) else event.fields


def about(event: AuditEvent) -> dict:
    """Return what else an event holds beside the names of fields, {} for nothing."""
    return event.fields if isinstance(event.fields, dict) else {}


def events_of(subject):
    """Return the events about one row, newest first."""
    return AuditEvent.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    )


def readers_of(subject):
    """Return who has read sensitive parts of one row, newest first."""
    return events_of(subject).filter(verb__in=READS).select_related("actor")
