"""One pass over a roster file: dry, or written in the transaction of the caller.

    result = check(file, reach)                     # reads only
    with transaction.atomic():                      # the caller decides what to keep
        result = write(file, reach, by=user)

Both see the same plan; `write` raises nothing for bad rows, the caller looks at the
result and rolls back.
"""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Building, Household, Lane, Resident, SearchKey
from communities.roster.entering import days_of_entry
from communities.roster.known import Known, Reach
from communities.roster.planning import Plan
from communities.roster.sentences import failure_sentence, header_sentence, note_of
from communities.roster.updating import Updater
from communities.roster.writing import Sink, Writer
from communities.turns import hold_still
from toolkit.bulk import bulk_writer
from toolkit.child import ChildFailed, stream_limited
from toolkit.statistics import sample_statistics

READER = "communities.roster.reading.items"
MEMORY_MB = 1024
SECONDS = 300
ROWS_AT_ONCE = 500
ROWS_TOLD = 5000
FILLED = (Lane, Building, Household, Resident, SearchKey)


@dataclass(frozen=True)
class RosterFile:
    """A file that passed the gate for uploads: xlsx or csv."""

    path: Path
    kind: str


@dataclass
class Result:
    """What a pass came to."""

    plan: Plan
    # What there is to say about each sheet of the file, by name, in order.
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return self.plan.counts


def check(
    file: RosterFile, reach: Reach, tell: Callable[[int], None] | None = None
) -> Result:
    """Go through a file without writing; raises ValidationError if it is no roster.

    `tell` is told after every few thousand rows how many there were.
    """
    with opened(file) as items, no_collection():
        plan = Plan(Known(reach.unit), reach, Sink())
        return fed(plan, told(items, tell) if tell else items)


def write(
    file: RosterFile, reach: Reach, *, by=None, left_out: frozenset = frozenset()
) -> Result:
    """Go through a file and write it; the caller's transaction decides.

    Raises ValidationError if the file is no roster.
    """
    now = timezone.now()
    with opened(file) as items, no_collection():
        hold_still()
        known = Known(reach.unit)
        with bulk_writer() as bulk:
            day = timezone.localdate(now)
            writer = Writer(bulk, now, days_of_entry(reach.unit, day))
            plan = Plan(known, reach, writer, left_out)
            result = fed(plan, items)
            if is_sound := not plan.counts["error"]:
                finish_writing(plan, writer, Updater(bulk, now, by))
        if is_sound:
            sample_statistics(*FILLED)
        return result


def finish_writing(plan: Plan, writer: Writer, updater: Updater) -> None:
    """Write what needs the whole file: places, households, changes."""
    # No more rows come, and the search keys have use for the memory.
    plan.taken.clear()
    new, changed = plan.homes.settle()
    writer.finish(plan.homes, new)
    updater.write(plan.changes)
    writer.finish_late()
    updater.write_homes(plan.homes, changed)


@contextmanager
def no_collection() -> Iterator[None]:
    """Spare the search for garbage in cycles: there is none, and it costs half again.

    A pass makes millions of small lists and tuples, which reference counts free.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def opened(file: RosterFile) -> Iterator[Iterator]:
    """Give the items of a file while the child is already reading it."""
    today = timezone.localdate().isoformat()
    items = stream_limited(
        READER,
        str(file.path),
        file.kind,
        today,
        memory_mb=MEMORY_MB,
        seconds=SECONDS,
    )
    # The child unpacks the file while this process looks at the database.
    with ThreadPoolExecutor(max_workers=1) as starter:
        first = starter.submit(next, items, None)
        try:
            yield begun(first, items)
        except ChildFailed as failure:
            raise ValidationError(failure_sentence(failure)) from failure
        finally:
            first.exception()
            items.close()


def begun(first, items: Iterator) -> Iterator:
    """Yield the item that was asked for first, then the others."""
    found = first.result()
    yield from chain([found] if found else [], items)


def told(items: Iterator, tell: Callable[[int], None]) -> Iterator:
    """Yield the items and tell how many there were."""
    for number, item in enumerate(items, start=1):
        yield item
        if number % ROWS_TOLD == 0:
            tell(number)


def fed(plan: Plan, items: Iterator) -> Result:
    """Give the items of a file to a plan; raises ValidationError if it has none."""
    result, batch, was_read = Result(plan), [], False
    for item in items:
        if item[0] == "row":
            batch.append(item[1:])
            if len(batch) < ROWS_AT_ONCE:
                continue
        plan.rows(batch)
        batch = []
        if item[0] == "sheet":
            _kind, name, about = item
            if failed := about.get("failed"):
                raise ValidationError(header_sentence(name, *failed))
            plan.sheet(name)
            result.notes.append((name, note_of(about)))
            was_read = was_read or "note" not in about
    plan.rows(batch)
    if not was_read:
        raise ValidationError(_("没有找到名册的表头，请保留模板的标题行。"))
    if not plan.outcomes:
        text = _("表里没有数据。请从标题行的下面开始，每人填一行，存好以后再上传。")
        raise ValidationError(text)
    plan.finish()
    return result
