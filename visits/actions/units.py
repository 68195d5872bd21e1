"""Which unit a due visit belongs to.

It follows the person until its day has come or somebody was met; from then on it stays,
so that a move takes nothing of what a community owed and did to another one.
"""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from visits.models import DueVisit, Visit, VisitDuty
from visits.telling import Owed

HOME = "duty__resident__org_unit"


def follow_people(today: date) -> int:
    """Let visits that are not due yet follow who has moved; return how many did."""
    ahead = DueVisit.objects.open().filter(due_on__gt=today)
    left = ahead.filter(~Q(org_unit=F(HOME))).order_by()
    duties = set(left.values_list("duty", flat=True))
    return move_with_people(ahead, left, duties) if duties else 0


@transaction.atomic
def move_with_people(ahead, left, duties: set[int]) -> int:
    """Move visits that stay behind; whoever settles one of the duties waits."""
    held = VisitDuty.objects.filter(pk__in=duties).order_by("pk")
    list(held.select_for_update(of=("self",)).values_list("pk"))
    moved: dict[int, list[int]] = {}
    for pk, home in left.values_list("pk", HOME):
        moved.setdefault(home, []).append(pk)
    return sum(
        ahead.filter(pk__in=keys).update(org_unit=home) for home, keys in moved.items()
    )


class Units:
    """The units of one duty's due visits, known before they are written anew."""

    def __init__(self, duty: VisitDuty, visits: list[Visit], settled: dict[date, int]):
        """Take what is known: the visits, and the unit of each visit that was due."""
        self.today = timezone.localdate()
        self.home = duty.resident.org_unit_id
        self.settled = settled
        met = {timezone.localdate(one.visited_at): one.org_unit_id for one in visits}
        # Where the person belonged on which day, as far as anything tells.
        self.known = sorted((met | self.settled).items())

    def of(self, owed: Owed) -> int:
        """Return the unit of a due visit: as it stood on its day, today's ahead of it.

        A visit told for a day of the past that was none before belongs where the person
        was last known to be.
        """
        if owed.due_on in self.settled:
            return self.settled[owed.due_on]
        if owed.visit and timezone.localdate(owed.visit.visited_at) < owed.due_on:
            return owed.visit.org_unit_id
        if owed.due_on > self.today:
            return self.home
        earlier = [unit for day, unit in self.known if day <= owed.due_on]
        return earlier[-1] if earlier else self.home
