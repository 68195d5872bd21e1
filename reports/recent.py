"""Figures read a moment ago need not be read again while nobody writes.

Every act of the portal leaves an audit event in its own transaction, so the newest one
that is not a mere reading tells whether anything changed. What is written past the
portal shows after `KEPT` seconds.
"""

from collections.abc import Iterable

from django.core.cache import cache

from communities.models import OrgUnit
from reports.figures import Definition, edition, figures_of
from toolkit.audit import READS
from toolkit.models import AuditEvent
from toolkit.periods import Period
from toolkit.proofs import digest_of

KEPT = 60


def figures_lately(
    units: Iterable[OrgUnit], period: Period, chosen: Iterable[Definition]
) -> dict:
    """Return what `figures_of` returns, at most `KEPT` seconds old."""
    units, chosen = list(units), list(chosen)
    asked = [
        [unit.pk for unit in units],
        [one.slug for one in chosen],
        [period.start, period.end, edition(), last_write()],
    ]
    key = f"reports-figures:{digest_of(asked)}"
    return cache.get_or_set(key, lambda: figures_of(units, period, chosen), KEPT)


def last_write() -> int | None:
    """Return the number of the newest audit event that is not a mere reading."""
    events = AuditEvent.objects.exclude(verb__in=READS).order_by("-pk")
    return events.values_list("pk", flat=True).first()
