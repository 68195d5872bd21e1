"""What the pillars' demos enter into their ledgers: a part of the invented visits."""

from collections.abc import Callable
from random import Random

from django.utils import timezone

from toolkit.demo import DemoPlan
from visits.declared import Ledger
from visits.models import LedgerEntry, Visit

BATCH = 500


def fill_ledger(
    plan: DemoPlan, ledger: Ledger, *, every: int, tell: Callable[[Random], dict]
) -> str:
    """Enter one of so many visits in which somebody was met that fit the ledger.

    Where the ledger is about the people of some rules, visits to them alone fit.
    """
    visits = Visit.objects.effective().filter(resident__isnull=False)
    if ledger.rules:
        visits = visits.filter(met__duty__rule__slug__in=ledger.rules)
    keys = sorted(set(visits.values_list("pk", flat=True)))
    chosen = plan.random.sample(keys, len(keys) // every)
    rows = Visit.objects.filter(pk__in=chosen).select_related("resident").order_by("pk")
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(
                visit=visit,
                org_unit_id=visit.org_unit_id,
                ledger=ledger.slug,
                happened_on=timezone.localdate(visit.visited_at),
                entered_by_id=visit.logged_by_id,
                **tell(plan.random),
            )
            for visit in rows.iterator(BATCH)
            if ledger.is_about(visit.resident)
        ),
        batch_size=BATCH,
    )
    count = LedgerEntry.objects.of(ledger.slug).count()
    return f"{count} entries of {ledger.slug}"
