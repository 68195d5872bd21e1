"""The audit trail: who did and who read what. Append-only, chained by toolkit.chain.

    audit.record("read", subject=resident, fields=["phone"], purpose="联系本人")

The event joins the transaction of the act, so neither exists without the other.
"""

from toolkit.acting import acting
from toolkit.models import AuditEvent

READS = ("read", "revealed", "exported", "printed", "searched")


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
) -> AuditEvent:
    """Write one event in the current transaction.

    `actor` is by default whoever the current request belongs to. `fields` are names,
    never values. Bulk work writes one event with `count` and `batch`.
    """
    now_acting = acting()
    if actor is None and now_acting is not None:
        actor = now_acting.user
    path = getattr(subject, "get_scope_path", lambda: "")() or ""
    return AuditEvent.objects.create(
        verb=verb,
        actor=actor,
        actor_name=str(actor) if actor else "",
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject_path=path,
        fields=list(fields),
        purpose=purpose[:200],
        count=count,
        batch=batch,
        ip=now_acting.ip if now_acting else None,
    )


def events_of(subject):
    """Return the events about one row, newest first."""
    return AuditEvent.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    )


def readers_of(subject):
    """Return who has read sensitive parts of one row, newest first."""
    return events_of(subject).filter(verb__in=READS).select_related("actor")
