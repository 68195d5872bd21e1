"""A report is frozen as a whole: its head, its figures, and that there is one."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from reports.actions import produce, restate
from reports.models import Report, ReportLine, Restatement
from reports.proofs import digest_of_report, former_digest_of
from reports.schedules import schedules
from tests.auditing import verify
from tests.factories import make_school_session
from tests.guards import unguarded
from tests.reports.conftest import MARCH
from toolkit.audit import about
from toolkit.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "monthly/2026-03/330381002901"
UNFIT = f"report {MARK}: it does not fit its digest"
SESSIONS = "learning.school_sessions"


@pytest.fixture
def report(march, donghu):
    return Report.objects.get(org_unit=donghu)


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
    assert verify() == UNFIT


def test_a_figure_changed_with_its_digest_is_named(report):
    with unguarded("reports_reportline", "reports_report"):
        report.lines.filter(metric="learning.school_sessions").update(value=99)
        digest = digest_of_report(report, report.lines.all())
        Report.objects.filter(pk=report.pk).update(digest=digest)
    assert verify() == f"report {MARK}: its digest is not the one in the audit trail"


def test_a_report_that_was_taken_away_is_named(report):
    with unguarded("reports_reportline", "reports_report"):
        report.lines.all().delete()
        report.delete()
    assert verify() == f"report {MARK}: it was produced and is gone"


@pytest.mark.parametrize(
    ("changes", "period"),
    [
        ({"schedule": "weekly"}, "weekly/2026-03"),
        ({"period_start": date(2026, 2, 1)}, "monthly/2026-02-01_2026-04-01"),
        ({"period_end": date(2026, 3, 31)}, "monthly/2026-03-01_2026-03-31"),
    ],
)
def test_a_report_given_to_another_period_is_named(report, changes, period):
    with unguarded("reports_report"):
        Report.objects.filter(pk=report.pk).update(**changes)
    moved = MARK.replace("monthly/2026-03", period)
    assert verify() == f"report {moved}: it does not fit its digest"


@pytest.mark.parametrize(
    "words",
    [
        {"label": "改名"},
        {"unit": "亿"},
        {"meaning": "另一个意思"},
        {"source": "F001"},
        {"decimals": 2},
        {"position": 500},
    ],
)
def test_changed_words_of_a_figure_are_named(report, words):
    with unguarded("reports_reportline"):
        report.lines.filter(metric=SESSIONS).update(**words)
    assert verify() == UNFIT


@pytest.mark.parametrize(
    "words",
    [{"unit_name": "别处"}, {"produced_at": "2020-01-01T00:00Z"}, {"edition": "x"}],
)
def test_a_changed_head_is_named(report, words):
    with unguarded("reports_report"):
        Report.objects.filter(pk=report.pk).update(**words)
    assert verify() == UNFIT


def test_a_report_made_again_from_other_records_is_named(report, donghu):
    with unguarded("reports_reportline", "reports_report"):
        report.lines.all().delete()
        report.delete()
    assert produce(schedules["monthly"], MARCH) == 1
    assert verify() == f"report {MARK}: it was produced again"


def test_an_invented_report_is_named(report):
    lines = list(report.lines.all())
    report.pk, report.period_start = None, date(2026, 2, 1)
    report.period_end, report.batch = date(2026, 3, 1), uuid4()
    report.digest = digest_of_report(report, lines)
    report.save(force_insert=True)
    for line in lines:
        line.pk, line.report = None, report
    ReportLine.objects.bulk_create(lines)
    mark = MARK.replace("2026-03", "2026-02")
    assert verify() == f"report {mark}: the audit trail does not know it"


@pytest.fixture
def told(report, donghu, mei):
    make_school_session(donghu, held_on=MARCH.start)
    return restate(report.lines.get(metric=SESSIONS), reason="一场补登", by=mei)


def test_an_explanation_that_nobody_touched_is_sound(told):
    assert verify() == ""


@pytest.mark.parametrize(
    "changes", [{"reason": "没有补登"}, {"value": 9}, {"at": "2020-01-01T00:00Z"}]
)
def test_a_changed_explanation_is_named(told, changes):
    with unguarded("reports_restatement"):
        Restatement.objects.filter(pk=told.pk).update(**changes)
    name = f"restatement {told.pk}"
    assert verify() == f"{name}: its digest is not the one in the audit trail"


def test_an_explanation_given_to_another_figure_or_person_is_named(told, report, lin):
    other = report.lines.exclude(pk=told.line_id).first()
    name = f"restatement {told.pk}"
    for changes in ({"line": other}, {"line": told.line, "by": lin}):
        with unguarded("reports_restatement"):
            Restatement.objects.filter(pk=told.pk).update(**changes)
        assert verify() == f"{name}: its digest is not the one in the audit trail"


def test_an_explanation_hung_on_another_figure_is_named(told):
    """Two lines of one report exchange their keys: all columns but these."""
    names = [f.attname for f in ReportLine._meta.fields if not f.primary_key]
    lines = told.line.report.lines
    mine = lines.filter(pk=told.line_id)
    theirs = lines.filter(pk=lines.exclude(pk=told.line_id).first().pk)
    [first], [second] = mine.values(*names), theirs.values(*names)
    with unguarded("reports_reportline"):
        mine.update(metric="neither")
        theirs.update(**first)
        mine.update(**second)
    name = f"restatement {told.pk}"
    assert verify() == f"{name}: its digest is not the one in the audit trail"


def test_an_explanation_told_by_the_key_of_its_line_is_sound(
    monkeypatch, report, donghu, mei
):
    def as_before(told):
        return {"digests": {str(told.pk): former_digest_of(told)}}

    monkeypatch.setattr("reports.actions.digests_of_restatement", as_before)
    make_school_session(donghu, held_on=MARCH.start)
    restate(report.lines.get(metric=SESSIONS), reason="一场补登", by=mei)
    assert verify() == ""


def test_an_explanation_that_was_taken_away_is_named(told):
    name = f"restatement {told.pk}"
    with unguarded("reports_restatement"):
        told.delete()
    assert verify() == f"{name}: it was given and is gone"


def test_an_invented_explanation_is_named(told):
    told.pk = None
    told.save(force_insert=True)
    name = f"restatement {told.pk}"
    assert verify() == f"{name}: the audit trail does not know it"
