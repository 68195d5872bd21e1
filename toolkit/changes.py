"""What happened lately, told by the apps for the desk. No line names a person.

# notices/changes.py
@changes("notices")
def published(user, since):
    mine = Notice.objects.in_scope_of(user)
    for entry, notice in from_history(mine, since, ("publish", "withdraw")):
        yield Change(entry.at, _("发布"), title=str(notice), url=…)
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from toolkit.models import HistoryEntry
from toolkit.registry import Registry

sources = Registry("change")
SHOWN = 8


@dataclass(frozen=True)
class Change:
    """One line: when, what (as a link where it has a page), and what became of it."""

    at: datetime
    text: str
    title: str = ""
    url: str = ""
    is_alarm: bool = False


def changes(slug: str) -> Callable:
    """Register a function (user, since) -> changes in the user's scope."""
    return lambda function: sources.add(slug, function)


def from_history(
    rows: QuerySet, since: datetime, verbs: Iterable[str]
) -> Iterator[tuple[HistoryEntry, Model]]:
    """Yield the newest history lines of the rows with the row each is about."""
    kind = ContentType.objects.get_for_model(rows.model)
    found = HistoryEntry.objects.filter(
        content_type=kind,
        verb__in=list(verbs),
        at__gte=since,
        object_id__in=rows.order_by().values("pk"),
    )
    lines = list(found.order_by("-at", "-pk")[:SHOWN])
    subjects = rows.in_bulk({line.object_id for line in lines}) if lines else {}
    for line in lines:
        yield line, subjects[line.object_id]


def changes_for(user, since: datetime) -> list[Change]:
    """Return the newest changes that the user may see."""
    return newest_first(c for tell in sources.values() for c in tell(user, since))


def newest_first(told: Iterable[Change]) -> list[Change]:
    """Return the newest changes, no more than a person reads."""
    return sorted(told, key=lambda change: change.at, reverse=True)[:SHOWN]
