"""The founding document's figures come out of the demo's records (F014–F024)."""

from datetime import date
from random import Random

import pytest
from django.db.models import Count, Q
from django.utils import timezone

from communities.demo import load_demo_units
from governance.checks import FAULT, LATE, findings_of
from governance.demo import load_bodies, load_workers
from governance.models import Body, Worker
from governance.models.workers import SERVED_AFTER, SERVED_BEFORE
from toolkit.demo import DemoPlan
from toolkit.metrics import metrics, totals
from toolkit.periods import Period

THEN = Period.parse("2006-06")


@pytest.fixture
def bodies(db):
    plan = DemoPlan(200, Random(7), timezone.localdate())
    load_demo_units(plan)
    load_bodies(plan)
    return load_workers(plan)


@pytest.mark.parametrize(
    ("slug", "figure"),
    [
        ("governance.communities_with_four_bodies", 16),
        ("governance.party_general_branches", 8),
        ("governance.party_branches_below_general", 23),
        ("governance.workers_high_school_or_above", 89),
        ("governance.average_age_change", -10),
    ],
)
def test_the_figures_of_2006(bodies, slug, figure):
    assert totals([metrics[slug]], lambda rows: rows, THEN)[slug] == figure


@pytest.mark.parametrize(
    "slug",
    ["governance.party_general_branches", "governance.party_branches_below_general"],
)
def test_before_they_were_raised_they_were_no_general_branches(bodies, slug):
    first_days = Period(date(2006, 6, 1), date(2006, 6, 11))
    assert metrics["governance.bodies"].rows(first_days).exists()
    assert totals([metrics[slug]], lambda rows: rows, first_days)[slug] == 0


def test_the_change_of_2006_brought_more_women(bodies):
    rows = Worker.objects.around_the_change(THEN.last_day)
    women = {"before": SERVED_BEFORE, "after": SERVED_AFTER}
    asked = {
        name: Count("pk", filter=when & Q(sex="2")) for name, when in women.items()
    }
    found = rows.aggregate(**asked)
    assert found["after"] > found["before"]


def test_today_the_board_has_something_to_say(bodies):
    faults = [
        one.tone
        for body in Body.objects.filter(kind=Body.Kind.COMMITTEE)
        for one in findings_of(body)
    ]
    # One has no woman; one is past its term, and nobody has planned its election.
    assert sorted(faults) == [FAULT, LATE, LATE]
