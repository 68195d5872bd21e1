"""What a visit does to a duty: plain arithmetic, no database.

Met (normal, changed, needs_help): the due visit is fulfilled and the next one follows
the rule's interval; after a change it follows within the rule's extra hours (24 where
the office leaves them). Not met (nobody_home, refused):
the due visit stays owed, and a new try is planned for the next day at another time of
day; an appointment made on the spot takes the place of that try.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visits.intervals import midnight
from visits.models import FormerTerms, Visit, VisitDuty, VisitRule

CHANGES = (Visit.Outcome.CHANGED, Visit.Outcome.NEEDS_HELP)
NOON, EVENING = 12, 18
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stand:
    """How a duty stands between two visits."""

    due_on: date
    why: str = VisitDuty.Why.RULE
    last_visited_on: date | None = None
    misses: int = 0
    last_miss: str = ""
    last_missed_at: datetime | None = None
    retry_on: date | None = None
    # The moment, where the visit is owed within hours.
    due_at: datetime | None = None


def after(stand: Stand, terms: VisitRule | FormerTerms, visit: Visit) -> Stand:
    """Return how the duty stands after the visit, by the terms of its day."""
    day = timezone.localdate(visit.visited_at)
    if not visit.is_effective:
        return replace(
            stand,
            misses=stand.misses + 1,
            last_miss=visit.outcome,
            last_missed_at=visit.visited_at,
            retry_on=visit.follow_up_on or day + ONE_DAY,
        )
    due = next_due(terms, visit)
    return replace(due, last_visited_on=day)


def next_due(terms: VisitRule | FormerTerms, visit: Visit) -> Stand:
    """Return when the next visit is due after somebody was met, and why then.

    What is owed by a day is owed by its end, what is owed within hours by the hour.
    """
    day = timezone.localdate(visit.visited_at)
    due = [Stand(terms.next_after(day), VisitDuty.Why.RULE)]
    if visit.outcome in CHANGES and terms.extra_within_hours:
        extra = visit.visited_at + timedelta(hours=terms.extra_within_hours)
        on = timezone.localdate(extra)
        due.append(Stand(on, VisitDuty.Why.CHANGE, due_at=extra))
    if visit.follow_up_on:
        due.append(Stand(visit.follow_up_on, VisitDuty.Why.AGREED))
    return min(due, key=lambda one: one.due_at or midnight(one.due_on + ONE_DAY))


def advice(last_miss: str, last_missed_at: datetime | None) -> str:
    """Return what to do differently after a try in vain, "" when there was none."""
    if not last_miss or last_missed_at is None:
        return ""
    hour = timezone.localtime(last_missed_at).hour
    part = 0 if hour < NOON else 1 if hour < EVENING else 2
    return str(ADVICE[last_miss][part])


ADVICE = {
    Visit.Outcome.NOBODY_HOME: (
        _("上次家中无人，换下午或晚上去"),
        _("上次家中无人，换晚上去"),
        _("上次家中无人，换白天去"),
    ),
    Visit.Outcome.REFUSED: (
        _("上次不愿见，换下午或晚上去"),
        _("上次不愿见，换晚上去"),
        _("上次不愿见，换白天去"),
    ),
}
