"""What was written before is filled in, and is as good as what is written now."""

from datetime import timedelta

import pytest

from tests.factories import make_handed_in
from tests.migrating import as_before
from tests.visits.conftest import TODAY, days_ago
from visits.actions import lapse_all
from visits.models import DueVisit, HandedIn

pytestmark = pytest.mark.django_db(transaction=True)


def test_old_rows_learn_their_unit_and_since_when_they_were_owed(
    wang, duty, log, donghu_grid
):
    lapse_all(TODAY + timedelta(days=7))
    log(wang, visited_at=days_ago(2))
    with as_before("visits", "0002_stays_off"):
        pass
    owed = DueVisit.objects.filter(duty=duty, dropped_on=None).order_by("due_on")
    facts = owed.values_list("due_on", "opened_on", "org_unit", "met_on")
    assert list(facts) == [
        (TODAY - timedelta(days=1), duty.since, donghu_grid.pk, days_ago(2).date()),
        (TODAY + timedelta(days=5), days_ago(2).date(), donghu_grid.pk, None),
    ]


def test_items_of_before_wait_since_they_came(wang, donghu_grid):
    item = make_handed_in(donghu_grid, wang, received_at=days_ago(4))
    with as_before("toolkit", "0007_sync_items"):
        pass
    found = HandedIn.objects.get(pk=item.pk)
    assert (found.status, found.status_since) == ("waiting", days_ago(4))
