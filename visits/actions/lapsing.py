"""Close what was missed and owe the next visit, set by set, however many duties.

Whoever is not met until the day of the next visit has passed too has missed one: the
row is closed as missed and the next one opened. Running it again changes nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from visits.models import DueVisit, VisitDuty, VisitRule
from visits.telling import Owed, owed_by
from visits.terms import TermsOverTime

BATCH = 2000


def lapse_all(today: date) -> int:
    """Close what was missed before the day; return how many; once a day."""
    rules = VisitRule.objects.exclude(counted_on=today)
    return sum(lapse_rule(rule, today) for rule in rules)


def lapse_rule(rule: VisitRule, today: date) -> int:
    """Close what was missed under one rule; return how many visits."""
    late = DueVisit.objects.open().filter(duty__rule=rule, due_on__lt=today).order_by()
    days = late.values_list("due_on", flat=True).distinct()
    terms = TermsOverTime(rule)
    over = [day for day in days if terms.next_after(day) < today]
    rows = late.filter(due_on__in=over).order_by("duty")
    missed = lapse_duties(terms, rows.values_list("duty", flat=True), today)
    VisitRule.objects.filter(pk=rule.pk).update(counted_on=today)
    return missed


def lapse_duties(terms: TermsOverTime, duties: Iterable[int], today: date) -> int:
    """Close what was missed in some duties of a rule; return how many visits."""
    return sum(lapse_part(terms, part, today) for part in in_parts(list(duties)))


def lapse_before_end(duties: Iterable[int], today: date) -> int:
    """Close what was missed in duties that are about to end; return how many visits."""
    by_rule: dict[int, list[int]] = {}
    late = DueVisit.objects.open().filter(due_on__lt=today)
    for part in in_parts(list(duties)):
        rows = late.filter(duty__in=part).values_list("duty__rule", "duty")
        for rule, duty in rows.order_by("duty"):
            by_rule.setdefault(rule, []).append(duty)
    rules = VisitRule.objects.in_bulk(by_rule)
    return sum(
        lapse_duties(TermsOverTime(rules[pk]), keys, today)
        for pk, keys in by_rule.items()
    )


def in_parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


@transaction.atomic
def lapse_part(terms: TermsOverTime, duties: list[int], today: date) -> int:
    """Close what was missed in so many duties; whoever settles one of them waits."""
    held = VisitDuty.objects.open().filter(pk__in=duties).order_by("pk")
    held = held.select_for_update(of=("self",))
    homes = dict(held.values_list("pk", "resident__org_unit"))
    # Read behind the lock: another process may have been quicker.
    closed: dict[date, list[int]] = {}
    opened: list[DueVisit] = []
    for row in DueVisit.objects.open().filter(duty__in=homes):
        owed = Owed(row.due_on, row.why, row.opened_on)
        first, *following = owed_by(owed, terms, today)
        if first.lapsed_on:
            closed.setdefault(first.lapsed_on, []).append(row.pk)
            home = homes[row.duty_id]
            opened += [row_of(row.duty_id, home, one) for one in following]
    for day, keys in closed.items():
        DueVisit.objects.filter(pk__in=keys).update(lapsed_on=day)
    DueVisit.objects.bulk_create(opened, batch_size=BATCH)
    return len(opened)


def row_of(duty: int, home: int, owed: Owed) -> DueVisit:
    return DueVisit(
        duty_id=duty,
        org_unit_id=home,
        due_on=owed.due_on,
        why=owed.why,
        opened_on=owed.opened_on,
        lapsed_on=owed.lapsed_on,
    )
