"""The founding document's figures come out of the demo's records (F014, F015)."""

from random import Random

import pytest
from django.utils import timezone

from communities.demo import load_demo_units
from governance.checks import FAULT, LATE, findings_of
from governance.demo import load_bodies
from governance.models import Body
from toolkit.demo import DemoPlan
from toolkit.metrics import metrics, totals
from toolkit.periods import Period

THEN = Period.parse("2006-06")


@pytest.fixture
def bodies(db):
    plan = DemoPlan(200, Random(7), timezone.localdate())
    load_demo_units(plan)
    return load_bodies(plan)


@pytest.mark.parametrize(
    ("slug", "figure"),
    [
        ("governance.communities_with_four_bodies", 16),
        ("governance.party_general_branches", 8),
        ("governance.party_branches_below_general", 23),
    ],
)
def test_the_figures_of_2006(bodies, slug, figure):
    assert totals([metrics[slug]], lambda rows: rows, THEN)[slug] == figure


def test_today_the_board_has_something_to_say(bodies):
    faults = [
        one.tone
        for body in Body.objects.filter(kind=Body.Kind.COMMITTEE)
        for one in findings_of(body)
    ]
    # One has no woman; one is past its term, and nobody has planned its election.
    assert sorted(faults) == [FAULT, LATE, LATE]
