from datetime import date

import pytest

from communities.models import UnitProfile
from reports.actions import produce
from reports.schedules import schedules
from tests.factories import make_school_session
from toolkit.periods import Period

MARCH = Period.parse("2026-03")
MONTHLY = schedules["monthly"]


@pytest.fixture
def march(street, donghu, xihu):
    """The reports of March: one session in Donghu, two in Xihu."""
    UnitProfile.objects.create(org_unit=street, reports_since=date(2026, 1, 1))
    make_school_session(donghu, held_on=MARCH.start, attendance=30)
    for attendance in (20, 25):
        make_school_session(xihu, held_on=MARCH.start, attendance=attendance)
    produce(MONTHLY, MARCH)
    return MARCH
