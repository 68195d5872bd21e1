"""Who is to be seen in an extra round, and by which visits he was; set by set.

The rhythm of the rules is not touched: a visit counts here and there, each by itself.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from communities.models import Resident
from toolkit.bulk.rows import update_rows
from visits.actions.stories import visits_with
from visits.intervals import midnight
from visits.models import ExtraRound, ExtraVisit, RoundStatus, VisitDuty

BATCH = 2000


@transaction.atomic
def gather_people(extra: ExtraRound) -> int:
    """Put everybody concerned into the round; return how many came in.

    Whoever has a duty under one of its rules there. A second process finds them taken:
    the constraint keeps one. Who was visited since the round began has been seen.
    """
    there = VisitDuty.objects.open().within(extra.org_unit)
    duties = there.filter(rule__in=extra.rules.all(), resident__ended_on=None)
    known = ExtraVisit.objects.filter(round=extra).values("resident")
    missing = duties.exclude(resident__in=known).order_by()
    people = list(missing.values_list("resident", "resident__org_unit").distinct())
    rows = [
        ExtraVisit(round=extra, resident_id=resident, org_unit_id=unit)
        for resident, unit in people
    ]
    ExtraVisit.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    settle_extras([resident for resident, _unit in people], midnight(extra.begins_on))
    return len(rows)


def settle_extras(people: Iterable[int], since: datetime) -> None:
    """Find again by which visits people, named by key, were seen in extra rounds.

    `since` is the earliest moment at which a visit has changed.
    """
    day = timezone.localdate(since)
    rows = ExtraVisit.objects.filter(resident__in=list(people))
    rows = rows.filter(round__last_day__gte=day)
    held = rows.select_for_update(of=("self",)).select_related("round", "resident")
    touched = list(held.order_by("pk"))
    if not touched:
        return
    first = midnight(min(row.round.begins_on for row in touched))
    visits = visits_with({row.resident_id for row in touched}, first)
    for row in touched:
        row.met_by = next(
            (one for one in visits[row.resident_id] if counts_for(row.round, one)), None
        )
        row.met_on = row.met_by and timezone.localdate(row.met_by.visited_at)
        row.dropped_on = dropped_on(row)
    update_rows(touched, ("met_by", "met_on", "dropped_on"))


def dropped_on(row: ExtraVisit) -> date | None:
    """Return the day from which a visit is owed no more: gone before he was met.

    Whoever was put back on the rolls is owed it again, and who was met before the end
    was met, however late one hears of it.
    """
    ended = row.resident.ended_on
    if row.met_by or ended is None:
        return None
    is_within = ended <= row.round.counts_until
    return row.dropped_on or (ended if is_within else None)


def counts_for(extra: ExtraRound, visit) -> bool:
    """Answer whether somebody was met in the visit, on a day of the round."""
    day = timezone.localdate(visit.visited_at)
    return visit.is_effective and extra.begins_on <= day <= extra.counts_until


def follow_rounds(today: date) -> int:
    """Let the open rounds fit the day: who came under a rule, moved, or is gone.

    Returns how many rows changed; running it again changes nothing.
    """
    rounds = ExtraRound.objects.filter(status=RoundStatus.OPEN, last_day__gte=today)
    changed = sum(gather_people(extra) for extra in rounds.order_by("pk"))
    waiting = ExtraVisit.objects.counted().filter(round__in=rounds, met_on=None)
    gone = waiting.filter(resident__ended_on__isnull=False)
    changed += gone.update(dropped_on=today) + readmit(rounds, today)
    moved = waiting.filter(~Q(resident__org_unit=F("org_unit")))
    home = Resident.objects.filter(pk=OuterRef("resident")).values("org_unit")
    return changed + moved.update(org_unit=Subquery(home))


def readmit(rounds: QuerySet, today: date) -> int:
    """Owe the visits again to whoever was put back on the rolls; return how many."""
    back = ExtraVisit.objects.filter(round__in=rounds, resident__ended_on=None)
    people = back.filter(dropped_on__isnull=False).values_list("resident", flat=True)
    found = list(people)
    settle_extras(found, midnight(today))
    return len(found)


def note_end(extra: ExtraRound, by) -> None:
    """Effect of closing: from tomorrow on no visit counts, and nothing is owed."""
    extra.closed_on = timezone.localdate()
    extra.save(update_fields=["closed_on"])
