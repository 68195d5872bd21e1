"""What the demo's offices are called, and who heads them, could be true."""

from random import Random

import pytest
from django.utils import timezone

from communities.demo import load_demo_units
from governance.demo import load_bodies
from governance.models import Member
from services.demo import load_service_points
from services.models import ServicePoint
from toolkit.demo import DemoPlan
from volunteers.demo import load_teams
from volunteers.models import Team


@pytest.fixture
def plan(db):
    """The plan of a demo whose units are there."""
    made = DemoPlan(200, Random(7), timezone.localdate())
    load_demo_units(made)
    return made


def test_a_village_keeps_the_whole_of_its_name(plan):
    load_service_points(plan)
    load_teams(plan)
    villages = {"org_unit__name": "东勇村"}
    for model in (ServicePoint, Team):
        names = model.objects.filter(**villages).values_list("name", flat=True)
        assert names
        assert all(name.startswith("东勇") and "村" not in name for name in names)


def test_nobody_heads_two_organisations_of_a_unit(plan):
    load_bodies(plan)
    heads = list(
        Member.objects.filter(post="head").values_list("term__body__org_unit", "name")
    )
    assert heads
    assert len(heads) == len(set(heads))
