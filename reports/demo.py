"""Demo: the reports of the last half year, made as the worker makes them; targets."""

import time
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from communities.models import OrgUnit, UnitProfile
from reports.actions import due_periods, produce
from reports.models import MetricTarget
from toolkit.demo import DemoPlan, demo
from toolkit.tiles import is_known

# About six months, which gives a chart its course.
SINCE = timedelta(days=182)
# What is not made in this time is left to the worker, which catches up by itself.
PATIENCE = 12
SOURCE = "2026 年街道工作责任书（演示）"
AT_LEAST, AT_MOST = MetricTarget.Sense.AT_LEAST, MetricTarget.Sense.AT_MOST
TARGETS = (
    ("visits.on_time_rate", AT_LEAST, "90", "75"),
    ("visits.overdue", AT_MOST, "2", "10"),
    ("learning.school_sessions", AT_LEAST, "1", None),
    ("governance.bodies", AT_LEAST, "4", "3"),
    ("governance.terms_ended", AT_MOST, "0", "2"),
    ("safety.police_rooms", AT_LEAST, "1", None),
)


@demo("reports", order=90)
def load_reports(plan: DemoPlan) -> str:
    """Set the street's first report day, make what is due, and set a few targets."""
    street = OrgUnit.objects.get(level=OrgUnit.Level.STREET)
    UnitProfile.objects.update_or_create(
        org_unit=street, defaults={"reports_since": plan.today - SINCE}
    )
    targets = set_targets(street)
    began, made = time.monotonic(), 0
    for schedule, period in in_demo_order(due_periods(timezone.now())):
        if time.monotonic() - began > PATIENCE:
            break
        made += produce(schedule, period)
    return f"{made} reports, {targets} targets"


def in_demo_order(due: list) -> list:
    """Put first what a visitor opens: the newest of each kind; the weeks come last."""
    newest = {schedule.slug: period for schedule, period in due}

    def place(pair):
        schedule, period = pair
        is_old = newest[schedule.slug] != period
        return is_old, schedule.slug == "weekly", -period.end.toordinal()

    return sorted(due, key=place)


def set_targets(street: OrgUnit) -> int:
    """Set the street's targets for those metrics that there are."""
    rows = [
        MetricTarget(
            org_unit=street,
            metric=slug,
            sense=sense,
            target=Decimal(target),
            limit=None if limit is None else Decimal(limit),
            source=SOURCE,
        )
        for slug, sense, target, limit in TARGETS
        if is_known(slug)
    ]
    return len(MetricTarget.objects.bulk_create(rows))
