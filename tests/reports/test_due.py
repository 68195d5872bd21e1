"""What is due is read from the data; the worker makes it; nothing is skipped."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from communities.models import UnitProfile
from reports.actions import (
    BATCH,
    due_periods,
    order,
    produce,
    produce_due_reports,
    reports_since,
)
from reports.models import Report
from reports.schedules import schedules
from tests.factories import make_org_unit, make_report
from toolkit import audit, jobs
from toolkit.duties import perform_all
from toolkit.models import AuditEvent, Job
from toolkit.periods import CHINA, Period

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=CHINA)
MONTHLY = schedules["monthly"]
OCTOBER = Period.parse("2026-10")


@pytest.fixture
def units(street, donghu, xihu):
    UnitProfile.objects.create(org_unit=street, reports_since=date(2026, 8, 3))
    return street, donghu, xihu


def months(now=NOW):
    return [p.slug for s, p in due_periods(now) if s is MONTHLY]


def test_three_missed_months_are_due_the_oldest_first(units):
    assert months() == ["2026-08", "2026-09", "2026-10"]


def test_what_has_its_reports_is_not_due(units):
    produce(MONTHLY, OCTOBER)
    assert months() == ["2026-08", "2026-09"]


def test_the_running_period_is_not_due(units):
    assert "2026-11" not in months()
    assert "2026-11" in months(datetime(2026, 12, 1, tzinfo=CHINA))


def test_a_unit_entered_late_makes_its_periods_due_again(units, street):
    produce(MONTHLY, OCTOBER)
    make_org_unit(parent=street, name="补登社区", valid_from=date(2026, 9, 15))
    assert "2026-10" in months()
    assert produce(MONTHLY, OCTOBER) == 1


def test_a_merger_entered_late_gives_the_new_unit_its_report(units, donghu):
    produce(MONTHLY, OCTOBER)
    donghu.valid_to = date(2026, 9, 1)
    donghu.save()
    make_org_unit(parent=units[0], name="新社区", valid_from=date(2026, 9, 1))
    assert "2026-10" in months()


def test_one_job_for_each_schedule_and_period(units):
    produce_due_reports(NOW)
    produce_due_reports(NOW)
    keys = list(Job.objects.filter(kind="report").values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == len(due_periods(NOW))
    assert "report:monthly:2026-10" in keys


def test_one_round_orders_no_more_than_a_batch(street):
    UnitProfile.objects.create(org_unit=street, reports_since=date(2025, 1, 1))
    assert produce_due_reports(NOW) == BATCH
    assert Job.objects.filter(kind="report").count() == BATCH


def test_without_a_setting_reports_begin_with_the_first_act(street):
    first = audit.record("created")
    assert (
        months(first.at + timedelta(days=40))[0]
        == Period.month_of(timezone.localtime(first.at).date()).slug
    )


@pytest.mark.parametrize("day", [date(26, 11, 23), date(1926, 11, 23)])
def test_a_first_day_no_office_has_files_of_counts_as_none(units, browse, mei, day):
    UnitProfile.objects.update(reports_since=day)
    assert due_periods(NOW) == []
    first = audit.record("created")
    assert reports_since() == timezone.localtime(first.at).date()
    assert browse(mei).get("/reports/?schedule=weekly").status_code == 200


def test_what_was_ordered_for_1926_is_no_longer_listed(units, street, browse, mei):
    make_report(street, Period.parse("1926-11"))
    text = browse(mei).get("/reports/?schedule=monthly").content.decode()
    assert "2026-10" in text
    assert "1926-11" not in text


def test_one_round_of_duties_makes_what_is_due(units):
    perform_all(NOW)
    assert due_periods(NOW) == []
    assert Report.objects.filter(schedule="monthly").count() == 9
    assert not Job.objects.exclude(state=Job.State.DONE).exists()


def test_a_failed_job_rests_and_is_then_tried_again(units):
    job = order(MONTHLY, OCTOBER)
    Job.objects.update(state=Job.State.FAILED, attempts=4, finished_at=NOW)
    produce_due_reports(NOW + timedelta(minutes=1))
    assert Job.objects.get(pk=job.pk).state == Job.State.FAILED
    produce_due_reports(NOW + timedelta(minutes=11))
    assert Job.objects.get(pk=job.pk).state == Job.State.WAITING


def test_a_failed_period_does_not_hold_up_the_others(units):
    job = order(*due_periods(NOW)[0])
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, finished_at=NOW)
    expected = len(due_periods(NOW)) - 1
    assert produce_due_reports(NOW + timedelta(minutes=1)) == expected


def test_a_reopened_job_is_reopened_once(units):
    job = order(MONTHLY, OCTOBER)
    jobs.run(job.pk)
    assert jobs.reopen(job)
    assert not jobs.reopen(job)


def test_who_orders_a_report_is_told(street, donghu, browse, mei):
    url = "/reports/monthly/2026-03/"
    assert browse(mei).post(f"{url}order/").status_code == 302
    event = AuditEvent.objects.get(verb="ordered")
    assert (event.actor, event.purpose) == (mei, "2026年3月月报")
    assert event.batch == "reports.report:monthly 2026-03"
    assert Job.objects.get(kind="report").by == mei


def test_what_the_duty_orders_is_told_once_it_is_produced(street, donghu):
    order(schedules["monthly"], Period.parse("2026-03"))
    assert not AuditEvent.objects.filter(verb="ordered").exists()
