"""One report for each unit and period, whatever happens; figures frozen."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from reports import actions
from reports.actions import freeze, produce, reports_since
from reports.models import Report, ReportLine
from reports.schedules import schedules
from reports.units import units_in
from tests.factories import make_org_unit, make_school_session, make_visit
from tests.factories.core import make_resident
from toolkit.metrics import definitions
from toolkit.models import AuditEvent
from toolkit.periods import Period

MONTHLY, WEEKLY = schedules["monthly"], schedules["weekly"]
MARCH = Period.parse("2026-03")
WEEK = Period.parse("2026-W11")  # 9 to 15 March


@pytest.fixture
def units(street, donghu, donghu_grid, xihu):
    return street, donghu, xihu


def value(unit, slug, schedule=MONTHLY):
    line = ReportLine.objects.get(
        report__org_unit=unit, report__schedule=schedule.slug, metric=slug
    )
    return line.value


def test_street_and_communities_get_one_each_and_grids_none(units):
    assert produce(MONTHLY, MARCH) == 3
    made = Report.objects.values_list("org_unit", flat=True)
    assert set(made) == {unit.pk for unit in units}


def test_a_second_run_makes_nothing(units):
    produce(MONTHLY, MARCH)
    assert produce(MONTHLY, MARCH) == 0
    assert ReportLine.objects.count() == 3 * len(definitions())


def test_a_run_that_comes_second_keeps_the_first_runs_rows(units):
    produce(MONTHLY, MARCH)
    before = list(Report.objects.order_by("pk").values_list("pk", "batch"))
    late = [clone(report) for report in Report.objects.all()]
    assert freeze(late, {}, late[0].batch) == 0
    assert list(Report.objects.order_by("pk").values_list("pk", "batch")) == before


def clone(report):
    report.pk, report.batch = None, uuid4()
    return report


def test_work_in_a_grid_counts_for_its_community(units, donghu_grid):
    make_school_session(donghu_grid, held_on=MARCH.start)
    produce(MONTHLY, MARCH)
    assert value(units[1], "learning.school_sessions") == 1
    assert value(units[2], "learning.school_sessions") == 0


def test_work_of_the_street_itself_counts_for_the_street_alone(units):
    make_school_session(units[0], held_on=MARCH.start)
    produce(MONTHLY, MARCH)
    found = [value(unit, "learning.school_sessions") for unit in units]
    assert found == [1, 0, 0]


def test_the_street_counts_a_person_of_two_communities_once(units):
    person = make_resident(units[1])
    for unit in units[1:]:
        make_visit(unit, resident=person, visited_at=MARCH.starts_at)
    produce(MONTHLY, MARCH)
    assert [value(unit, "visits.people") for unit in units] == [1, 1, 1]
    assert value(units[0], "visits.visits") == 2


def test_a_visit_belongs_to_the_week_in_which_its_minute_lies(units):
    for hours in (-1, 0):
        make_visit(units[1], visited_at=WEEK.starts_at + timedelta(minutes=hours))
    make_visit(units[1], visited_at=WEEK.ends_at - timedelta(minutes=1))
    make_visit(units[1], visited_at=WEEK.ends_at)
    for week in (WEEK.previous(), WEEK, WEEK.next()):
        produce(WEEKLY, week)
    lines = ReportLine.objects.filter(
        report__org_unit=units[1], metric="visits.visits"
    ).order_by("report__period_start")
    assert [line.value for line in lines] == [1, 2, 1]


def test_the_last_minute_of_a_month_in_china_belongs_to_it(units):
    make_visit(units[1], visited_at=MARCH.ends_at - timedelta(minutes=1))
    produce(MONTHLY, MARCH)
    produce(MONTHLY, MARCH.next())
    lines = ReportLine.objects.filter(report__org_unit=units[1], metric="visits.visits")
    assert [int(v.value) for v in lines.order_by("report__period_start")] == [1, 0]


def test_frozen_figures_do_not_follow_the_rows(units):
    produce(MONTHLY, MARCH)
    make_school_session(units[1], held_on=MARCH.start)
    produce(MONTHLY, MARCH)
    assert value(units[1], "learning.school_sessions") == 0


def test_the_database_refuses_to_change_a_frozen_figure(units):
    produce(MONTHLY, MARCH)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportLine.objects.update(value=9)


def test_a_report_keeps_the_words_and_the_name_of_its_day(units):
    produce(MONTHLY, MARCH)
    units[1].name = "新名社区"
    units[1].save()
    report = Report.objects.get(org_unit=units[1])
    assert report.unit_name == "东湖社区"
    line = report.lines.get(metric="learning.school_sessions")
    assert (line.label, line.unit) == ("市民学校", "期")


def test_a_unit_is_reported_on_in_every_period_in_which_it_existed_a_day(street):
    make_org_unit(parent=street, name="旧社区", valid_to=date(2026, 3, 1))
    make_org_unit(parent=street, name="并社区", valid_to=date(2026, 3, 2))
    make_org_unit(parent=street, name="新社区", valid_from=date(2026, 3, 31))
    make_org_unit(parent=street, name="后社区", valid_from=date(2026, 4, 1))
    names = [unit.name for unit in units_in(MARCH)]
    assert sorted(names[1:]) == ["并社区", "新社区"]


def test_figures_of_all_units_are_read_in_one_statement(
    units, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        produce(MONTHLY, MARCH)


def test_one_audit_event_tells_of_the_whole_run(units):
    produce(MONTHLY, MARCH)
    assert AuditEvent.objects.get(verb="produced").count == 3


def test_every_report_has_a_digest_of_its_own(units):
    produce(MONTHLY, MARCH)
    produce(MONTHLY, MARCH.next())
    assert len(set(Report.objects.values_list("digest"))) == Report.objects.count() == 6


def test_nothing_happened_yet_means_nothing_is_due(db):
    assert reports_since() is None
    assert actions.produce_due_reports(timezone.now()) == 0
