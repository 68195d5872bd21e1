"""What the demo shows of an entry struck out and of a correction that came too late."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from tests.factories import (
    make_assignment,
    make_ledger_entry,
    make_resident,
    make_visit,
)
from toolkit.demo import DemoPlan
from visits.demo.entries import strike_one
from visits.demo.handed_in import load_handed_in
from visits.models import HandedIn, LedgerEntry

PLAN = DemoPlan(300, Random(1), date(2026, 11, 30))


def test_an_entry_is_struck_out_with_its_reason(donghu, donghu_grid):
    make_assignment("walker", donghu_grid, ["add_visit"])
    user = make_assignment("director", donghu, ["add_visit", "change_visit"]).user
    make_ledger_entry(donghu_grid)
    strike_one(PLAN)
    entry = LedgerEntry.objects.get()
    assert (entry.struck_by, bool(entry.strike_reason)) == (user, True)


def test_a_late_correction_waits(donghu_grid):
    wang = make_resident(donghu_grid)
    user = make_assignment("walker", donghu_grid, ["add_visit"]).user
    for days in range(2, 6):
        at = timezone.now() - timedelta(days=days)
        visit = make_visit(donghu_grid, resident=wang, logged_by=user, visited_at=at)
        visit.created_at = at
        visit.save()
    load_handed_in(PLAN)
    kinds = [one.kind for one in HandedIn.objects.waiting()]
    assert kinds.count("visit-correction") == 1
    assert HandedIn.objects.get(kind="visit-correction").corrects == visit.pk
