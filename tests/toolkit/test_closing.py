"""What cannot end today yet is refused with a sentence, and nothing is written."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_tenure, make_visit_duty
from toolkit.history import history_of
from toolkit.models import AuditEvent
from toolkit.screens import screens

# Each with the field in which a day lies from which it holds.
BEGIN = {"accounts.assignment": "starts_on", "visits.visitduty": "since"}
MAKE = {"accounts.assignment": make_tenure, "visits.visitduty": make_visit_duty}
every_beginning = pytest.mark.parametrize("label", BEGIN)


def begun(label, org_unit, days):
    day = timezone.localdate() + timedelta(days=days)
    row = MAKE[label](org_unit)
    type(row).objects.filter(pk=row.pk).update(**{BEGIN[label]: day})
    return row


def close(visitor, label, row):
    return visitor.post(screens[label].url("close", row.pk), {"note": "不再需要"})


@every_beginning
def test_what_begins_tomorrow_is_not_closed_today(label, browse, mei, donghu):
    row = begun(label, donghu, days=1)
    page = close(browse(mei), label, row)
    assert page.status_code == 422
    assert "开始的日期还没有到" in page.content.decode()
    field = screens[label].closing.field
    assert getattr(type(row).objects.get(pk=row.pk), field) is None
    assert not history_of(row).filter(verb="closed").exists()
    assert not AuditEvent.objects.filter(verb="closed").exists()


@every_beginning
def test_what_begins_today_is_closed_once(label, browse, mei, donghu):
    row, visitor = begun(label, donghu, days=0), browse(mei)
    assert close(visitor, label, row).status_code == 302
    again = close(visitor, label, row)
    assert again.status_code == 422
    assert again.context["form"]["note"].value() == "不再需要"
    field = screens[label].closing.field
    assert getattr(type(row).objects.get(pk=row.pk), field) == timezone.localdate()
    assert history_of(row).filter(verb="closed").count() == 1
