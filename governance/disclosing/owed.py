"""Draws up what every unit owes: one row for each matter and each period that is over.

It may run twice, late, or at once with another: one row a unit, matter and period is a
constraint. Days move with the limits as long as a duty is not met.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from communities.models import OrgUnit
from governance.disclosing.clock import deadline_of
from governance.models import Disclosure, DisclosureDuty, Matter
from toolkit.periods import Period
from visits.models.rules import steps_of

EVENT = Matter.Cadence.EVENT
ACTIVE = Matter.Manner.ACTIVE


def draw_up(today: date) -> int:
    """Write every duty that has arisen, move the days of open ones; return how many."""
    matters = list(Matter.objects.filter(closed_on=None, manner=ACTIVE))
    units = OrgUnit.objects.current().communities()
    known = set(DisclosureDuty.objects.values_list("org_unit", "matter", "period"))
    new = [row for unit in units for row in missing_of(unit, matters, today, known)]
    DisclosureDuty.objects.bulk_create(new, ignore_conflicts=True)
    return len(new) + move_days()


def missing_of(
    unit: OrgUnit, matters: list[Matter], today: date, known: set
) -> Iterator[DisclosureDuty]:
    """Yield the duties of a unit for every period that is over, without known ones."""
    for matter in matters:
        if not holds_for(matter, unit) or matter.cadence == EVENT:
            continue
        for period in periods_of(matter.cadence_in(unit), matter.starts_on, today):
            if (unit.pk, matter.pk, period.slug) not in known:
                yield duty_of(matter, unit, period.slug, period.last_day)


def holds_for(matter: Matter, unit: OrgUnit) -> bool:
    """Whether the matter is one of the unit's, by its law and by who made it."""
    by_law = matter.profile in ("any", unit.rule_profile)
    return by_law and matter.org_unit.path in steps_of(unit.path)


def periods_of(cadence: str, first: date, today: date) -> Iterator[Period]:
    """Yield the periods from the one around the first day to the last that is over."""
    period = Period.of(cadence, first)
    while period.end <= today:
        yield period
        period = period.next()


def duty_of(matter: Matter, unit: OrgUnit, period: str, formed_on: date):
    """Return the duty, not yet written."""
    return DisclosureDuty(
        org_unit=unit,
        matter=matter,
        period=period,
        formed_on=formed_on,
        due_on=deadline_of(matter, unit, formed_on).due_on,
    )


def move_days() -> int:
    """Work out the last days of open duties anew; return how many have moved."""
    moved = []
    rows = DisclosureDuty.objects.filter(met_on=None)
    for duty in rows.select_related("matter", "org_unit"):
        due_on = deadline_of(duty.matter, duty.org_unit, duty.formed_on).due_on
        if due_on != duty.due_on:
            duty.due_on = due_on
            moved.append(duty)
    return DisclosureDuty.objects.bulk_update(moved, ["due_on"])


def owe(disclosure: Disclosure) -> DisclosureDuty:
    """Return the duty that a disclosure is to meet, written where it was not yet."""
    matter, unit = disclosure.matter, disclosure.org_unit
    row = duty_of(matter, unit, disclosure.period, disclosure.formed_on)
    found, _is_new = DisclosureDuty.objects.get_or_create(
        org_unit=unit,
        matter=matter,
        period=disclosure.period,
        defaults={"formed_on": row.formed_on, "due_on": row.due_on},
    )
    return found


def day_slug(day: date) -> str:
    """Return how a duty names what happened on one day."""
    return Period(day, day + timedelta(days=1)).slug
