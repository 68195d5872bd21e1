"""The story of one duty: what was owed, by which visit it was met, what was missed.

Plain arithmetic, no database. A visit that is not paid by its day stays open until the
due day of the next one has passed too; then it is missed, and the next one is open in
its place. So a person who is never met owes a visit for every interval, and a meeting
fulfils the visit that is open on its day.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from visits.models import Visit, VisitDuty
from visits.steps import Stand, after
from visits.terms import TermsOverTime


@dataclass(frozen=True)
class Owed:
    """One due visit as it ought to stand in the table."""

    due_on: date
    why: str
    opened_on: date
    due_at: datetime | None = None
    visit: Visit | None = None
    lapsed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.visit is None and self.lapsed_on is None


def owed_by(first: Owed, terms: TermsOverTime, day: date) -> list[Owed]:
    """Return what is owed when a day begins on which nobody has been met since.

    All but the last are missed; the last one is open.
    """
    owed = [first]
    while (following := terms.next_after(owed[-1].due_on)) < day:
        owed[-1] = replace(owed[-1], lapsed_on=following)
        owed.append(Owed(following, VisitDuty.Why.RULE, opened_on=following))
    return owed


def tell(
    stand: Stand,
    opened_on: date,
    terms: TermsOverTime,
    visits: list[Visit],
    until: date,
) -> tuple[list[Owed], Stand]:
    """Return every visit owed until a day begins, and how the duty stands at last.

    `stand` is how it stood on `opened_on`; the visits come in their order.
    """
    owed: list[Owed] = []
    for visit in visits:
        if visit.is_effective:
            day = timezone.localdate(visit.visited_at)
            owed += owed_by(first_of(stand, opened_on), terms, day)
            owed[-1] = replace(owed[-1], visit=visit)
            opened_on = day
        stand = after(stand, terms.at(visit.visited_at), visit)
    return owed + owed_by(first_of(stand, opened_on), terms, until), stand


def first_of(stand: Stand, opened_on: date) -> Owed:
    """Return the first visit that is owed where a duty stands like this."""
    return Owed(stand.due_on, stand.why, opened_on, stand.due_at)
