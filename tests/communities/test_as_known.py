"""Founding data says no more than is known: F003, F004, F012."""

from datetime import date
from random import Random

import pytest

from communities.demo import load_demo_units
from communities.models import OrgUnit, PopulationSnapshot
from communities.unit_list import load_units
from tests.factories import make_org_unit
from toolkit.demo import DemoPlan


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("330381002036", "2003年12月—2019年"),
        ("330381002033", "2003年12月至今"),
        ("330381002049", "2019年至今"),
    ],
)
def test_each_date_of_a_unit_is_as_exact_as_it_is_known(code, words):
    load_units()
    assert OrgUnit.objects.get(code=code).lasting_text == words


def test_the_end_of_a_unit_leaves_the_beginning_as_it_was(street):
    unit = make_org_unit(
        parent=street,
        valid_from=date(2003, 12, 1),
        valid_from_precision="month",
        valid_to=date(2019, 3, 4),
    )
    assert unit.lasting_text == "2003年12月—2019年3月4日"


@pytest.mark.django_db
def test_the_number_of_the_founding_document_is_of_no_kind():
    load_demo_units(DemoPlan(300, Random(1), date(2026, 11, 30)))
    [found] = PopulationSnapshot.objects.all()
    assert (found.people, found.source) == (103_000, "2006年创建申报材料")
    assert found.get_kind_display() == "未分口径"
