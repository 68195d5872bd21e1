"""Find the people of the automatic rules: set by set, however many residents there are.

Whoever reaches the age of a rule, or is left alone in the household, comes under it
on the next day; whoever no longer fits leaves it. Who was taken off by hand stays off
until he has ceased to fit. Running it again changes nothing.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from communities.models import Resident
from toolkit import audit
from toolkit.statistics import refresh_statistics
from visits.actions.lapsing import in_parts, lapse_before_end
from visits.actions.settling import drop_open
from visits.models import DueVisit, VisitDuty, VisitRule

BATCH = 2000
# Nobody is known to be elsewhere: those whose whereabouts are unclear count as present,
# or a roster without that column would find nobody.
ELSEWHERE = (Resident.Living.AWAY, Resident.Living.EMPTY, Resident.Living.MISSING)


def present(residents: QuerySet) -> QuerySet:
    """People on the rolls who are not known to be elsewhere."""
    return residents.filter(ended_on=None).exclude(living__in=ELSEWHERE)


def people_of(rule: VisitRule, today: date) -> QuerySet:
    """Return the residents to whom an automatic rule applies on the day.

    Alone is who is the only person present in the household.
    """
    people = present(Resident.objects.within(rule.org_unit))
    if rule.min_age is not None:
        people = people.filter(birth_on__lte=birthday_for(rule.min_age, today))
    if rule.only_alone:
        others = present(
            Resident.objects.filter(household=OuterRef("household"))
        ).exclude(pk=OuterRef("pk"))
        people = people.filter(~Exists(others), household__isnull=False)
    return people


def birthday_for(age: int, today: date) -> date:
    """Return the latest birth date at which somebody has completed the years."""
    try:
        return today.replace(year=today.year - age)
    except ValueError:
        # Today is 29 February, and the birth year had none.
        return date(today.year - age, 2, 28)


def enrol_all(today: date) -> int:
    """Open and end duties so that they fit the day; return how many changed."""
    changed = end_for_the_gone(today) + end_for_ended_rules(today)
    rules = VisitRule.objects.current().automatic().exclude(enrolled_on=today)
    for rule in rules.select_related("org_unit"):
        changed += enrol_rule(rule, today)
    return changed


@transaction.atomic
def enrol_rule(rule: VisitRule, today: date) -> int:
    """Bring the duties of one automatic rule up to the day; return how many changed."""
    fitting = people_of(rule, today)
    duties = VisitDuty.objects.open().filter(rule=rule)
    kept_off = VisitDuty.objects.filter(rule=rule, stays_off=True)
    kept_off.exclude(resident__in=fitting).update(stays_off=False)
    missing = fitting.exclude(visit_duties__in=duties)
    opened = open_duties(rule, missing.exclude(visit_duties__in=kept_off), today)
    stale = duties.filter(origin=VisitDuty.Origin.AUTOMATIC).exclude(
        resident__in=fitting
    )
    ended = end_many(stale, today, _("不再符合“%(rule)s”") % {"rule": rule.name})
    VisitRule.objects.filter(pk=rule.pk).update(enrolled_on=today)
    return opened + ended


def open_duties(rule: VisitRule, people: QuerySet, today: date) -> int:
    """Open a duty for each of the people; return how many.

    First visits are spread over the rule's first days, so that one import does not make
    everybody due on one day; people of one house stay together.
    """
    found = list(people.values_list("pk", "household__building_id", "household_id"))
    reason = _("自动列入：%(rule)s") % {"rule": rule.name}
    rows = [
        VisitDuty(
            resident_id=pk,
            rule=rule,
            origin=VisitDuty.Origin.AUTOMATIC,
            reason=reason,
            since=today,
            next_due_on=today + timedelta(days=1 + near % rule.first_within_days),
        )
        for pk, building, household in found
        for near in [building or household or pk]
    ]
    # A second process may have opened some of them: the constraint keeps one.
    VisitDuty.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if len(rows) > BATCH:
        # Taken for empty, the tables would be gone through once for every duty.
        refresh_statistics(VisitDuty, DueVisit)
    owe_first_visits(rule)
    if rows:
        audit.record("enrolled", subject=rule, count=len(rows), batch=str(today))
    return len(rows)


def owe_first_visits(rule: VisitRule) -> None:
    """Owe the first visit of every open duty of the rule that owes none yet."""
    owed = DueVisit.objects.open().filter(duty=OuterRef("pk"))
    fresh = VisitDuty.objects.open().filter(~Exists(owed), rule=rule)
    facts = ("pk", "resident__org_unit", "since", "next_due_on")
    rows = [
        DueVisit(
            duty_id=pk,
            org_unit_id=unit,
            opened_on=since,
            due_on=due_on,
            why=VisitDuty.Why.FIRST,
        )
        for pk, unit, since, due_on in fresh.values_list(*facts)
    ]
    DueVisit.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def end_for_the_gone(today: date) -> int:
    """End the duties of people who died or moved out, however they were enrolled."""
    gone = VisitDuty.objects.open().filter(resident__ended_on__isnull=False)
    return end_many(gone, today, _("居民已注销"))


def end_for_ended_rules(today: date) -> int:
    """End the duties of rules that are no longer in force."""
    idle = VisitDuty.objects.open().filter(rule__ended_on__lte=today)
    return end_many(idle, today, _("走访频次已停用"))


def end_many(duties: QuerySet, today: date, reason: str) -> int:
    """End duties in bulk with a reason; return how many. One event in the trail."""
    ended = list(duties.values_list("pk", flat=True))
    if not ended:
        return 0
    with transaction.atomic():
        lapse_before_end(ended, today)
        for part in in_parts(ended):
            VisitDuty.objects.open().filter(pk__in=part).update(
                until=today, end_reason=reason, retry_on=None
            )
            drop_open(part, today)
        audit.record("closed", count=len(ended), batch=f"visitduty {today}")
    return len(ended)
