"""The residents of the demo: as many rosters as they need, and one seed, one street."""

from random import Random

import pytest
from django.db import transaction
from django.utils import timezone

from communities.demo import load_demo_units, load_residents
from communities.models import Community, OrgUnit, Resident, RosterImport
from toolkit.demo import DemoPlan

RESIDENTS, SEED = 200, 7


@pytest.fixture
def units(db):
    """The street of the demo, with nobody in it yet."""
    load_demo_units(plan())


def plan() -> DemoPlan:
    return DemoPlan(RESIDENTS, Random(SEED), timezone.localdate())


def street_of(most_rows: int) -> list[tuple]:
    """Return everybody in a street whose rosters have at most so many rows."""
    with transaction.atomic():
        load_residents(plan(), most_rows)
        rows = Resident.objects.values_list(
            "org_unit__code", "household__number", "household__address", "name", "sex"
        )
        people = sorted(rows)
        transaction.set_rollback(True)
    return people


def test_a_street_that_one_roster_holds_comes_in_one(units):
    load_residents(plan(), most_rows=RESIDENTS)

    only = RosterImport.objects.get()
    assert only.org_unit.level == OrgUnit.Level.STREET
    assert only.count("create") == Resident.objects.count() == RESIDENTS


def test_a_larger_street_comes_in_one_roster_for_each_community(units):
    load_residents(plan(), most_rows=RESIDENTS - 1)

    rosters = RosterImport.objects.select_related("org_unit")
    assert {one.org_unit.code for one in rosters} == {
        unit.code for unit in Community.objects.all()
    }
    assert all(one.count("create") < RESIDENTS for one in rosters)
    assert sum(one.count("create") for one in rosters) == RESIDENTS
    assert Resident.objects.count() == RESIDENTS


def test_the_same_seed_gives_the_same_street_in_one_roster_or_in_many(units):
    assert street_of(RESIDENTS) == street_of(RESIDENTS - 1)
