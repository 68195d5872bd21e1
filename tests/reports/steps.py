"""What the processes of test_processes.py do: python -m tests.reports.steps STEP …"""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import django

django.setup()

from django.db.models import Count  # noqa: E402

from communities.models import OrgUnit, UnitProfile  # noqa: E402
from learning.models import SchoolSession  # noqa: E402
from reports.actions import order, produce  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.schedules import schedules  # noqa: E402
from toolkit.models import Job  # noqa: E402
from toolkit.periods import Period  # noqa: E402
from toolkit.tasks import perform_duties  # noqa: E402

MONTHLY = schedules["monthly"]


def found():
    """Found a street with two communities and one session in each."""
    street = OrgUnit.objects.create(level="street", code="330381002000", name="街道")
    UnitProfile.objects.create(org_unit=street, reports_since=date(2999, 1, 1))
    for number in (1, 2):
        unit = OrgUnit.objects.create(
            level="community", code=f"33038100290{number}", name="社区", parent=street
        )
        SchoolSession.objects.create(
            org_unit=unit, title="课", topic="law", held_on=date(2026, 3, 1), place="室"
        )


def make(period, gate):
    """Make the reports of a period as soon as the gate is there."""
    while not Path(gate).exists():
        time.sleep(0.005)
    print(produce(MONTHLY, Period.parse(period)))


def ask(period):
    """Order the reports of a period and ring for the worker."""
    order(MONTHLY, Period.parse(period))


def begin(day):
    """Let reports begin with a day, and ring once as beat does."""
    UnitProfile.objects.update(reports_since=date.fromisoformat(day))
    perform_duties.delay()


def count(period):
    """Print how many lines each report of a period has, and what its job is."""
    period = Period.parse(period)
    made = Report.objects.filter(schedule="monthly", period_start=period.start)
    counted = made.annotate(lines_made=Count("lines"))
    jobs = Job.objects.filter(key=f"report:monthly:{period.slug}")
    sessions = made.filter(lines__metric="learning.school_sessions")
    print(
        json.dumps(
            {
                "lines": list(counted.values_list("lines_made", flat=True)),
                "sessions": sorted(
                    int(v) for v in sessions.values_list("lines__value", flat=True)
                ),
                "jobs": list(jobs.values_list("state", flat=True)),
            }
        )
    )


if __name__ == "__main__":
    assert os.environ["YUHAI_TEST_VAR"]
    globals()[sys.argv[1]](*sys.argv[2:])
