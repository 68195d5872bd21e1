"""Columns of many rows written in one go, as saving each of them would."""

from datetime import date, timedelta

from django.utils import timezone

from tests.factories import make_visit_duty
from toolkit.bulk.rows import PAGE, update_rows
from visits.models import VisitDuty

FIELDS = ("next_due_on", "next_due_at", "why", "misses", "reason")


def test_every_row_gets_its_own_values_and_no_other_column(donghu_grid):
    duties = [make_visit_duty(donghu_grid) for _number in range(5)]
    now = timezone.now()
    for number, duty in enumerate(duties[:4]):
        duty.next_due_on = date(2026, 12, 1) + timedelta(days=number)
        duty.next_due_at = now if number % 2 else None
        duty.why, duty.misses = "change", number
        duty.reason = f"'; DROP TABLE x; -- %s {number}"
        duty.end_reason = "not written"
    update_rows(duties[:4], FIELDS)
    for duty in duties:
        found = VisitDuty.objects.get(pk=duty.pk)
        assert [getattr(found, name) for name in FIELDS] == [
            getattr(duty, name) for name in FIELDS
        ]
        assert found.end_reason == ""


def test_no_rows_ask_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        update_rows([], FIELDS)


def test_a_page_of_rows_is_one_message(donghu_grid, django_assert_num_queries):
    duty = make_visit_duty(donghu_grid)
    with django_assert_num_queries(1):
        update_rows([duty] * PAGE, FIELDS)
