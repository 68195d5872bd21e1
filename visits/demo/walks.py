"""The demo's part: people on the list, half a year of visits, who answers for them."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Assignment
from communities.models import OrgUnit, Resident
from toolkit.demo import DemoPlan, demo
from visits.actions import enrol_all
from visits.actions.enrolment import birthday_for, present
from visits.actions.settling import STAND_FIELDS
from visits.models import (
    DueVisit,
    Visit,
    VisitDuty,
    VisitRule,
)
from visits.rules import load_rules
from visits.simulation import BEHIND, PUNCTUAL, Story, Told

DAYS, WEEK = 182, 7
BATCH = 500
# People came under the rules ever faster, so that a chart has its course: of the days
# since the beginning each was on the list for a third.
SHARE = 1 / 3
# More visits than these make the demo slow to load and no livelier.
MOST_VISITS = 20_000
# In so many communities visits are late; everywhere else they are not.
COMMUNITIES_BEHIND = 3
# Out of 100,000 residents, how many are enrolled by hand, and from which age on.
BY_HAND = {
    "seriously-ill": (120, 40),
    "disabled-60": (260, 60),
    "destitute": (60, 55),
    "child-in-need": (60, 0),
    "low-income": (420, 35),
    "general-care": (300, 70),
}
# In the community of the demo's staff so many times more, so that their day is full.
CLOSE_BY = 4
# Every so manieth person under a weekly rule was not met for the last days: close by
# more often, so that those who answer for the community see an alarm.
VANISHED_EVERY, VANISHED_CLOSE_BY, VANISHED_DAYS = 240, 40, 6


@demo("visit-duties", order=40)
@transaction.atomic
def load_duties(plan: DemoPlan) -> str:
    """Bring people under the rules as if it had begun half a year ago."""
    load_rules()
    enrol_all(plan.today - timedelta(days=DAYS))
    for slug, (per_100_000, age) in BY_HAND.items():
        enrol_sample(plan, VisitRule.objects.get(slug=slug), per_100_000, age)
    # Who has come of age since then, and nobody again tonight.
    VisitRule.objects.update(enrolled_on=None)
    enrol_all(plan.today)
    return f"{VisitDuty.objects.count()} duties"


def enrol_sample(plan: DemoPlan, rule: VisitRule, per_100_000: int, age: int) -> None:
    """Enrol a sample of the street, and a bigger one where the demo's staff work."""
    people = present(Resident.objects.filter(birth_on__isnull=False))
    if age:
        people = people.filter(birth_on__lte=birthday_for(age, plan.today))
    else:
        people = people.filter(birth_on__gt=birthday_for(16, plan.today))
    wanted = plan.residents * per_100_000 // 100_000 + 1
    everywhere = list(people.order_by("pk").values_list("pk", flat=True))
    chosen = set(plan.random.sample(everywhere, min(wanted, len(everywhere))))
    for unit in home_units():
        near = list(people.within(unit).order_by("pk").values_list("pk", flat=True))
        share = CLOSE_BY * wanted * len(near) // max(1, len(everywhere)) + 1
        chosen |= set(plan.random.sample(near, min(share, len(near))))
    since = plan.today - timedelta(days=DAYS)
    VisitDuty.objects.bulk_create(
        VisitDuty(
            resident_id=pk,
            rule=rule,
            reason="入户核实",
            since=since,
            next_due_on=since + timedelta(days=1 + pk % rule.first_within_days),
        )
        for pk in sorted(chosen)
    )


def loggers() -> list[tuple[str, object]]:
    """Return (path, user) of everybody who may log visits, the nearest first."""
    held = Assignment.objects.current().filter(role__permissions__codename="add_visit")
    found = held.select_related("user", "org_unit").order_by("pk")
    pairs = [(one.org_unit.path, one.user) for one in found]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def home_units() -> list:
    """Return the communities and grids in which the demo's staff work."""
    held = Assignment.objects.current().filter(role__permissions__codename="add_visit")
    units = {one.org_unit for one in held.select_related("org_unit")}
    below = [unit for unit in units if unit.parent_id]
    return sorted(below, key=lambda unit: unit.path)


@demo("visits", order=50)
@transaction.atomic
def load_visits(plan: DemoPlan) -> str:
    """Invent visits to everybody on the list, by whoever works there."""
    staff = loggers()
    if not staff:
        return "0 visits: nobody may log any"
    # Told anew from the first day on.
    DueVisit.objects.open().delete()
    told = Told()
    story = Story(plan.random, plan.today, min(timezone.now(), evening(plan)))
    close_by = tuple(unit.path for unit in home_units())
    behind = places_behind(plan)
    people = people_with_duties(plan)
    for number, duties in enumerate(people):
        path = duties[0].resident.org_unit.path
        by = next((user for unit, user in staff if path.startswith(unit)), staff[-1][1])
        is_close = bool(close_by) and path.startswith(close_by)
        every = VANISHED_CLOSE_BY if is_close else VANISHED_EVERY
        is_vanished = number % every == 0 and shortest(duties, plan) <= WEEK
        story.tell(
            duties,
            told,
            by=by,
            vanished=VANISHED_DAYS if is_vanished else 0,
            punctuality=BEHIND if path.startswith(behind) else PUNCTUAL,
        )
    write(told)
    return f"{len(told.visits)} visits to {len(people)} people"


def places_behind(plan: DemoPlan) -> tuple[str, ...]:
    """Return the paths of the communities whose visits are late.

    Those of the demo's staff come first, so that their day is full.
    """
    communities = OrgUnit.objects.current().communities().order_by("path")
    paths = list(communities.values_list("path", flat=True))
    near = [unit.path for unit in home_units() if unit.path in paths]
    others = plan.random.sample(paths, min(COMMUNITIES_BEHIND, len(paths)))
    return tuple(dict.fromkeys([*near, *others]))[:COMMUNITIES_BEHIND]


def evening(plan: DemoPlan) -> datetime:
    """Return the end of the demo's working day."""
    return timezone.make_aware(datetime.combine(plan.today, time(20)))


def people_with_duties(plan: DemoPlan) -> list[list[VisitDuty]]:
    """Return the duties of each person, begun so late that visits stay few."""
    rows = VisitDuty.objects.open().select_related("rule", "resident__org_unit")
    rows = rows.prefetch_related("rule__former_terms")
    by_person = defaultdict(list)
    for duty in rows.order_by("resident_id", "pk"):
        by_person[duty.resident_id].append(duty)
    on_list = DAYS * SHARE
    expected = sum(on_list / shortest(duties, plan) for duties in by_person.values())
    days = DAYS * min(1, MOST_VISITS / expected) if expected else DAYS
    for duties in by_person.values():
        since = round(days * (1 - plan.random.random() ** 0.5))
        begin = plan.today - timedelta(days=since)
        for duty in duties:
            later = max(begin - duty.since, timedelta())
            duty.since += later
            duty.next_due_on += later
    return list(by_person.values())


def shortest(duties: list[VisitDuty], plan: DemoPlan) -> int:
    """Return the days between two visits to a person under these duties."""
    return min((d.rule.next_after(plan.today) - plan.today).days for d in duties)


def write(told: Told) -> None:
    Visit.objects.bulk_create(told.visits, batch_size=BATCH)
    # They were written down when they were paid.
    Visit.objects.update(created_at=F("visited_at"))
    DueVisit.objects.bulk_create(told.due_visits, batch_size=BATCH)
    # An upsert by primary key: several times faster than bulk_update.
    VisitDuty.objects.bulk_create(
        told.duties,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=("since", *STAND_FIELDS),
    )
