"""What is late or due soon, told by the apps and shown as one list on the desk.

    # visits/dues.py
    @due_items("visits", permission="visits.view_visitduty")
    def overdue_visits(user, now):
        yield DueItem(
            tone="late", text=_("超期 2 天"), title=_("高龄独居走访"), url=…,
            unit="东门社区　5 人", matters=5, due=date(2026, 11, 21),
            source=_("走访频次表"), why=_("上次走访 11 月 14 日，每周一次。"),
        )

A source tells only what lies in the user's scope, and names no person.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from toolkit.registry import Registry

sources = Registry("due list")
LATE, NEAR, PAUSED = "late", "near", "paused"
TONES = (LATE, NEAR, "", PAUSED)


@dataclass(frozen=True)
class DueItem:
    """One line of the list: how it stands, what it is, where, until when, and why."""

    tone: str  # late, near, paused, or "" while there is time
    text: str  # the words of the chip: 超期 2 天
    title: str
    url: str
    unit: str = ""
    # A day, a moment, or words where the clock stands still.
    due: date | datetime | str | None = None
    source: str = ""
    why: str = ""
    # How many matters of one kind the line stands for.
    matters: int = 1

    @property
    def urgency(self) -> tuple[int, date]:
        """What is late comes first, and of two late ones the older."""
        place = TONES.index(self.tone) if self.tone in TONES else len(TONES)
        return place, day_of(self.due)


@dataclass(frozen=True)
class Source:
    """A function (user, now) -> due items, for those who hold a permission."""

    permission: str
    tell: Callable


def due_items(slug: str, *, permission: str) -> Callable:
    """Register a function (user, now) -> due items as a source of the list."""
    return lambda function: sources.add(slug, Source(permission, function))


def concerns(user) -> bool:
    """Answer whether anything on the list could ever be for the user."""
    return any(user.has_perm(source.permission) for source in sources.values())


def day_of(due) -> date:
    """Return the day of a due date in the office's time; words come last."""
    if isinstance(due, datetime):
        return timezone.localtime(due).date() if due.tzinfo else due.date()
    return due if isinstance(due, date) else date.max


def told(user, now: datetime) -> Iterator[DueItem]:
    """Yield the items of every source; a source may tell plain dicts."""
    for source in sources.values():
        mine = source.tell(user, now) if user.has_perm(source.permission) else ()
        for item in mine:
            yield item if isinstance(item, DueItem) else DueItem(**item)


def items_for(user, now: datetime) -> list[DueItem]:
    """Return what the user should see, the most urgent first."""
    return sorted(told(user, now), key=lambda item: item.urgency)
