"""Households are written while the file is read, as soon as a row tells their door."""

import pytest
from django.db import transaction

from communities.models import Building, Household, Lane, Resident
from communities.roster import placing, writing
from communities.roster.known import Reach
from communities.roster.running import RosterFile, write
from communities.scoping import scope_of
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import committed

pytestmark = pytest.mark.usefixtures("donghu_grid")
HOMES = 7


@pytest.fixture(params=[1, 2, 1000], ids=lambda size: f"{size} at once")
def written_at_once(request, monkeypatch):
    """Few rows make a batch, and after as many the database looks at its keys."""
    for module in (placing, writing):
        monkeypatch.setattr(module, "ROWS_AT_ONCE", request.param)
    monkeypatch.setattr(writing, "CHECKED_AT_ONCE", request.param)


def family(number: int, **head_door) -> list[dict]:
    """A head, whose row may name the door, and a child, whose row does."""
    door = {"lane": "凤山巷", "door": str(number), "room": "101"}
    at = {"number": f"{number:04}"}
    child = person(
        f"张{chr(0x4E00 + number)}小",
        relation="子",
        id_number=card(number),
        **at,
        **door,
    )
    return [
        person(
            f"张{chr(0x4E00 + number)}", id_number=card(100 + number), **at, **head_door
        ),
        child,
    ]


def test_a_door_that_only_a_later_row_names_is_the_door_of_all(
    written_at_once, lin, donghu
):
    families = [family(number) for number in range(1, HOMES + 1)]
    heads_first = [*(one[0] for one in families), *(one[1] for one in families)]
    committed(roster(*heads_first), donghu, lin)
    homes = Household.objects.order_by("number")
    assert [home.address for home in homes] == [
        f"凤山巷{number}号101室" for number in range(1, HOMES + 1)
    ]
    assert {home.members.count() for home in homes} == {2}
    assert (Lane.objects.count(), Building.objects.count()) == (1, HOMES)


def test_homes_with_and_without_a_door_stand_side_by_side(written_at_once, lin, donghu):
    rows = []
    for number in range(1, HOMES + 1):
        rows += family(number) if number % 2 else family(number)[:1]
    committed(roster(*rows), donghu, lin)
    bare = Household.objects.filter(building=None)
    assert bare.count() == HOMES // 2
    assert {home.address for home in bare} == {""}
    assert Resident.objects.filter(household=None).count() == 0


def test_a_door_that_a_later_row_denies_is_an_error_of_that_row(
    written_at_once, lin, donghu, tmp_path
):
    rows = [row for number in range(1, HOMES + 1) for row in family(number)]
    rows.append(person("王五", number="0001", relation="妻", lane="菜巷", door="9"))
    path = tmp_path / "roster.xlsx"
    path.write_bytes(roster(*rows))
    reach = Reach(donghu, scope_of(lin, "communities.add_resident"))
    with transaction.atomic():
        result = write(RosterFile(path, "xlsx"), reach, by=lin)
        transaction.set_rollback(True)
    assert result.counts["error"] == 1
    assert result.plan.problems[0].code == "place_differs"
    for model in (Lane, Building, Household, Resident):
        assert not model.objects.exists()
