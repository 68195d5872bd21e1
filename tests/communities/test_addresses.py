"""Addresses in the office's order and with its suffixes."""

import pytest

from communities.addresses import Address, building_at
from communities.models import Building
from tests.factories import make_building, make_lane


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("凤山巷12号", "2", "302"), "凤山巷12号2单元302室"),
        (("凤山巷12号", "2单元", "302室"), "凤山巷12号2单元302室"),
        (("凤山巷 １２号", "", "后间"), "凤山巷12号后间"),
        (("云江路8号3幢", "1", ""), "云江路8号3幢1单元"),
    ],
)
def test_an_address_has_fixed_suffixes_and_no_blanks(parts, text):
    place, staircase, room = parts
    assert Address(place, staircase=staircase, room=room).text == text


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("凤山巷12号", True),
        ("凤山巷 12号", True),
        ("凤山巷2号", False),
        ("凤山巷", False),
    ],
)
def test_a_house_is_known_by_its_whole_address(place, found, donghu):
    house = make_building(donghu, lane=make_lane(donghu, name="凤山巷"), number="12")
    assert (building_at(place, Building.objects.all()) == house) is found


def test_two_houses_of_one_address_are_not_guessed_between(donghu, xihu):
    for unit in (donghu, xihu):
        make_building(unit, lane=make_lane(unit, name="凤山巷"), number="12")
    assert building_at("凤山巷12号", Building.objects.all()) is None
