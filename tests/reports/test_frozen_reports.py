"""A report is frozen as a whole: its head, its figures, and that there is one."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from reports.figures import digest_of
from reports.models import Report, ReportLine
from tests.guards import unguarded
from toolkit.audit import about
from toolkit.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "monthly/2026-03/330381002901"


@pytest.fixture
def report(march, donghu):
    return Report.objects.get(org_unit=donghu)


def verify() -> str:
    """Return what the check of the trail complains of, "" for nothing."""
    try:
        call_command("verify_audit", verbosity=0)
    except CommandError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize(
    "changes",
    [
        {"unit_name": "别的社区"},
        {"digest": "0" * 64},
        {"edition": "x"},
        {"schedule": "weekly"},
    ],
)
def test_no_column_of_a_report_is_changed(report, changes):
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**changes)


def test_no_report_is_taken_away(street, report):
    with unguarded("reports_reportline"):
        report.lines.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        report.delete()


def test_the_trail_keeps_the_digest_of_each_report(report):
    event = AuditEvent.objects.get(verb="produced")
    digests = about(event)["digests"]
    assert digests[MARK] == report.digest
    assert len(digests) == event.count == 3


def test_reports_that_nobody_touched_are_sound(report):
    assert verify() == ""


def test_a_changed_figure_is_named(report):
    with unguarded("reports_reportline"):
        ReportLine.objects.filter(
            report=report, metric="learning.school_sessions"
        ).update(value=99)
    assert verify() == f"report {MARK}: its figures do not fit its digest"


def test_a_figure_changed_with_its_digest_is_named(report):
    with unguarded("reports_reportline", "reports_report"):
        report.lines.filter(metric="learning.school_sessions").update(value=99)
        figures = {line.metric: line.value for line in report.lines.all()}
        Report.objects.filter(pk=report.pk).update(digest=digest_of(figures))
    assert verify() == f"report {MARK}: its digest is not the one in the audit trail"


def test_a_report_that_was_taken_away_is_named(report):
    with unguarded("reports_reportline", "reports_report"):
        report.lines.all().delete()
        report.delete()
    assert verify() == f"report {MARK}: it was produced and is gone"


def test_a_report_given_to_another_period_is_named(report):
    with unguarded("reports_report"):
        Report.objects.filter(pk=report.pk).update(schedule="weekly")
    assert verify() == f"report {MARK}: it was produced and is gone"
