"""Plain functions that build valid rows of the reports."""

from datetime import date
from itertools import count
from uuid import uuid4

from django.utils import timezone

from reports.models import MetricTarget, Report, ReportLine
from reports.schedules import schedules
from toolkit.metrics import metrics
from toolkit.periods import Period

numbers = count(1)


def make_report(org_unit, period=None, *, values=None, schedule="monthly", **fields):
    """Make a report whose lines hold the values given by metric, 0 for the others."""
    period = period or Period.month_of(date(2026, 10, 1))
    assert schedules[schedule].kind == period.kind
    defaults = {
        "unit_name": org_unit.name,
        "produced_at": timezone.now(),
        "edition": "test",
        "digest": "test",
        "batch": uuid4(),
    }
    report = Report.objects.create(
        schedule=schedule,
        org_unit=org_unit,
        period_start=period.start,
        period_end=period.end,
        **defaults | fields,
    )
    for position, one in enumerate(metrics.values(), start=1):
        ReportLine.objects.create(
            report=report,
            position=position,
            metric=one.slug,
            label=str(one.label),
            unit=str(one.unit),
            decimals=one.decimals,
            value=(values or {}).get(one.slug, 0),
        )
    return report


def make_metric_target(org_unit, **fields):
    # One open target a unit and metric: a made-up name for each row.
    defaults = {
        "metric": f"test.metric_{next(numbers)}",
        "target": 1,
        "source": "测试目标",
    }
    return MetricTarget.objects.create(org_unit=org_unit, **defaults | fields)
