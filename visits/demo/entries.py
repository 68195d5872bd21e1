"""What the demos of the pillars enter into their ledgers, and what of it was wrong."""

from collections.abc import Callable
from random import Random

from django.db import transaction
from django.utils import timezone

from toolkit.demo import DemoPlan, demo
from visits.actions.corrections import may_correct
from visits.actions.entries import strike_entry
from visits.declared import Ledger
from visits.demo.walks import loggers
from visits.models import LedgerEntry, Visit

BATCH = 500
WHY_STRUCK = "记错了人，应记在同一幢的邻居名下。"


@demo("struck-entries", order=79)
@transaction.atomic
def strike_one(plan: DemoPlan) -> str:
    """Strike out an entry as whoever finds it wrong, near where the staff work."""
    for path, user in loggers():
        near = LedgerEntry.objects.standing().filter(org_unit__path__startswith=path)
        entry = near.select_related("visit__org_unit").order_by("-pk").first()
        if entry and may_correct(user, entry.visit):
            strike_entry(entry=entry, reason=WHY_STRUCK, by=user)
            return "1 entry struck out"
    return "no entry struck out"


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
