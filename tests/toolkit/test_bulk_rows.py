"""Many rows written in one go, as saving each of them would."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import make_visit_duty
from toolkit.bulk.rows import PAGE, insert_rows, update_rows
from toolkit.models import HistoryEntry, SyncItem
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


def lines_about(duty, number):
    kind = ContentType.objects.get_for_model(duty)
    return [
        HistoryEntry(
            content_type=kind,
            object_id=duty.pk,
            verb="changed",
            label=f"'; DROP TABLE x; -- %s {place}",
            changes=[{"field": "why", "old": None, "new": "改动"}],
        )
        for place in range(number)
    ]


def test_rows_that_are_added_have_their_keys_and_all_that_was_said(donghu_grid):
    lines = lines_about(make_visit_duty(donghu_grid), PAGE + 5)
    insert_rows(lines)
    assert len({line.pk for line in lines}) == PAGE + 5
    for line in lines[:3] + lines[-3:]:
        assert not line._state.adding
        found = HistoryEntry.objects.get(pk=line.pk)
        for field in HistoryEntry._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(line, field.attname)


def test_what_stands_there_already_stays(mei):
    def item(note):
        now = timezone.now()
        moments = dict.fromkeys(("occurred_at", "moment", "received_at"), now)
        moments["status_since"] = now
        return SyncItem(
            client_uuid=UUID(int=7),
            kind="visit",
            digest="a" * 64,
            body=note,
            by=mei,
            zone="",
            clock_error=0,
            result="created",
            **moments,
        )

    first, second = item("一"), item("二")
    insert_rows([first])
    insert_rows([second], ignore_conflicts=True)
    assert SyncItem.objects.get().body == "一"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([item("三")])


def test_where_there_are_none_nothing_is_added(db):
    insert_rows([])
    insert_rows([], ignore_conflicts=True)
    assert not HistoryEntry.objects.exists()
