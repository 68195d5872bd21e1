"""Bring duties into line with the visits that were paid.

Visits may arrive late and in any order, and may be corrected. So a duty is told again
from the first due visit that the changed moment can touch; what lies before stays.
However many people were met, their duties are read and written set by set.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from communities.models import Resident
from toolkit.bulk.rows import update_rows
from visits.actions.stories import Story, stories_of
from visits.models import DueVisit, VisitDuty
from visits.steps import Stand
from visits.telling import Owed, tell
from visits.terms import TermsOverTime

BATCH = 500
DUE_FIELDS = (
    "org_unit",
    "due_on",
    "due_at",
    "why",
    "opened_on",
    "met_by",
    "met_on",
    "lapsed_on",
    "dropped_on",
)
STAND_FIELDS = (
    "next_due_on",
    "next_due_at",
    "why",
    "last_visited_on",
    "misses",
    "last_miss",
    "last_missed_at",
    "retry_on",
)


def settle_duties(people: Iterable[Resident], since: datetime) -> list[VisitDuty]:
    """Settle the duties of some people, locked, after visits from `since` on changed.

    Duties that ended before that day stay as they are. Returns the settled ones.
    """
    touched = Q(until=None) | Q(until__gte=timezone.localdate(since))
    locked = VisitDuty.objects.select_for_update(of=("self",)).filter(touched)
    own = locked.filter(resident__in=people).select_related("rule", "resident")
    own = own.prefetch_related("rule__former_terms")
    duties = list(own.order_by("pk"))
    settle(duties, since)
    return duties


def settle(duties: list[VisitDuty], since: datetime) -> None:
    """Tell duties again from the visits at or after `since`."""
    changes = Changes()
    for story in stories_of(duties, since):
        settle_one(story, changes)
    changes.write()
    update_rows(duties, STAND_FIELDS)


def settle_one(story: Story, changes: "Changes") -> None:
    """Tell one duty again; note what is to be written."""
    duty, rows = story.duty, story.rows
    stand = Stand(
        due_on=rows[0].due_on if rows else duty.next_due_on,
        why=rows[0].why if rows else duty.why,
        due_at=rows[0].due_at if rows else duty.next_due_at,
        last_visited_on=story.before.met_on if story.before else None,
    )
    until = duty.until or timezone.localdate()
    terms = TermsOverTime(duty.rule)
    owed, stand = tell(stand, story.opened_on, terms, story.visits, until)
    chosen, surplus = match(rows, owed)
    for row in surplus:
        row.met_by = row.met_on = row.lapsed_on = None
        row.dropped_on = timezone.localdate()
        changes.note(row)
    for row, one in zip(chosen, owed, strict=True):
        row = row or DueVisit(duty=duty)
        row.org_unit_id = story.units.of(one)
        hold(row, one, duty.until)
        changes.note(row)
    take_stand(duty, stand)


class Changes:
    """Due visits to be written: used again or new; none is deleted."""

    def __init__(self):
        self.over: list[DueVisit] = []
        self.open: list[DueVisit] = []

    def note(self, row: DueVisit) -> None:
        is_open = (
            row.met_on is None and row.lapsed_on is None and row.dropped_on is None
        )
        (self.open if is_open else self.over).append(row)

    def write(self) -> None:
        """Write what is over first: a duty has one open due visit at any time."""
        for rows in (self.over, self.open):
            update_rows([row for row in rows if row.pk], DUE_FIELDS)
            made = [row for row in rows if not row.pk]
            DueVisit.objects.bulk_create(made, batch_size=BATCH)


def match(
    rows: list[DueVisit], owed: list[Owed]
) -> tuple[list[DueVisit | None], list[DueVisit]]:
    """Return for each visit owed the row that holds it, and the rows left over.

    A row stays with its due day where it can; the others take what is left.
    """
    spare = list(rows)
    chosen: list[DueVisit | None] = []
    for one in owed:
        row = next((row for row in spare if row.due_on == one.due_on), None)
        chosen.append(row)
        if row is not None:
            spare.remove(row)
    for place, row in enumerate(chosen):
        if row is None and spare:
            chosen[place] = spare.pop(0)
    return chosen, spare


def hold(row: DueVisit, owed: Owed, until: date | None) -> None:
    """Let a row hold a visit owed; what is open when the duty ends falls away."""
    row.due_on, row.due_at, row.why = owed.due_on, owed.due_at, owed.why
    row.opened_on = owed.opened_on
    row.met_by, row.lapsed_on = owed.visit, owed.lapsed_on
    row.met_on = timezone.localdate(owed.visit.visited_at) if owed.visit else None
    row.dropped_on = until if owed.is_open else None


def take_stand(duty: VisitDuty, stand: Stand) -> None:
    """Copy the stand to the duty's own columns, by which lists are read."""
    duty.next_due_on, duty.next_due_at = stand.due_on, stand.due_at
    duty.why = stand.why
    duty.last_visited_on = stand.last_visited_on
    duty.misses, duty.last_miss = stand.misses, stand.last_miss
    duty.last_missed_at, duty.retry_on = stand.last_missed_at, stand.retry_on


def drop_open(duties, day: date) -> int:
    """Let the owed visits of ended duties fall away; return how many."""
    owed = DueVisit.objects.open().filter(duty__in=duties)
    return owed.update(dropped_on=day)
