"""What a roster does to stored households: their grid, door, order and events."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from communities.models import Household, HouseholdEvent
from tests.communities.roster_files import card, person, roster
from tests.communities.roster_steps import committed
from tests.factories import make_org_unit

ZHANG = person("张三", id_number=card(1), lane="凤山巷", door="12", room="302")
AFAR = person("李四", id_number=card(2), number="0002", lane="凤山巷", door="14")
DOORLESS = {key: ZHANG[key] for key in ZHANG if key not in ("lane", "door", "room")}
DOOR = ("building", "staircase", "room", "room_order", "address", "address_key")


@pytest.fixture(autouse=True)
def second_grid(donghu, donghu_grid):
    return make_org_unit("grid", f"{donghu.code}002", parent=donghu, name="02网格")


def door_of(number):
    return Household.objects.values_list(*DOOR).get(number=number)


def test_a_household_goes_to_another_grid_with_its_door(lin, donghu, second_grid):
    committed(roster(ZHANG, AFAR), donghu, lin)
    before = door_of("0001")
    committed(roster(DOORLESS | {"grid": "02网格"}), donghu, lin)
    home = Household.objects.get(number="0001")
    assert home.org_unit == second_grid
    assert home.members.get().org_unit == second_grid
    assert door_of("0001") == before


def test_doors_and_grids_of_one_file_are_written_side_by_side(lin, donghu, second_grid):
    committed(roster(ZHANG, AFAR), donghu, lin)
    before = door_of("0001")
    moved = AFAR | {"door": "16"}
    rows = [DOORLESS | {"grid": "02网格", "lane": "", "door": ""}, moved]
    committed(roster(*rows), donghu, lin)
    assert door_of("0001") == before
    home = Household.objects.get(number="0002")
    assert home.address == "凤山巷16号"
    key = home.address_key
    home.save()
    assert key == home.address_key


def test_what_is_imported_at_night_bears_the_day_of_the_office(
    lin, donghu, monkeypatch
):
    committed(roster(ZHANG, AFAR), donghu, lin)
    today = timezone.localdate()
    night = timezone.make_aware(datetime.combine(today, time(1))).astimezone(UTC)
    assert night.date() == today - timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    joins = ZHANG | {"number": "0002", "relation": "子", "door": "14", "room": ""}
    committed(roster(joins), donghu, lin)
    committed(roster(AFAR | {"door": "18"}), donghu, lin)
    events = HouseholdEvent.objects.all()
    assert {event.kind for event in events} == {"leave", "join", "move"}
    days = {(event.happened_on, event.reported_on) for event in events}
    assert days == {(today, today)}
