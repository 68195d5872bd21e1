"""The one box finds households by their address as people type it, or by number."""

import pytest

from communities.addresses import Address
from communities.finding import find_households
from communities.models import HEAD, Household
from tests.communities.people import homes, make_home
from tests.factories import make_building, make_household, make_lane, make_resident

FENGSHAN, CAI = "凤山巷12号302室", "菜巷7号"


@pytest.fixture
def lane(donghu_grid):
    return make_lane(donghu_grid, name="凤山巷")


@pytest.fixture
def flat(lane):
    return make_home(lane, "12", FENGSHAN, room="302")


@pytest.fixture
def hut(donghu_grid):
    return make_home(make_lane(donghu_grid, name="菜巷"), "7", CAI, number="050007")


@pytest.mark.parametrize(
    "asked",
    [
        "凤山巷12号302",
        "凤山巷12号302室",
        "凤山巷 12 302",
        "凤山巷12-302",
        "凤山巷１２号３０２",
        "凤山巷十二号302",
        "凤山巷012号302室",
        "凤山巷12号",
        "凤山巷12",
        "凤山巷",
        "凤山",
        "浙江省温州市瑞安市玉海街道东湖社区凤山巷12号302室",
        "瑞安市玉海街道凤山巷12号",
        "东湖社区01网格凤山巷12号",
    ],
)
def test_an_address_is_found_by(asked, flat, hut, lin):
    assert homes(lin, asked) == [FENGSHAN]


@pytest.mark.parametrize("asked", ["菜巷7号", "菜巷 7", "菜巷7"])
def test_a_house_without_rooms_is_found_by(asked, flat, hut, lin):
    assert homes(lin, asked) == [CAI]


@pytest.mark.parametrize(
    "asked",
    ["凤山巷12号303", "凤山巷1号", "凤山巷13号302", "菜巷12号302", "虹桥路12号", "12"],
)
def test_another_door_is_not_found(asked, flat, lin):
    assert homes(lin, asked) == []


def test_numbers_behind_a_house_belong_to_it(lane, lin):
    for number in ("12", "12-1", "12A", "120"):
        make_home(lane, number, f"凤山巷{number}号")
    assert homes(lin, "凤山巷12号") == ["凤山巷12号", "凤山巷12-1号", "凤山巷12A号"]


def test_block_staircase_and_room_are_told_apart(donghu_grid, lin):
    lane = make_lane(donghu_grid, name="虹桥南路")
    whole = "虹桥南路128号3幢2单元501室"
    home = make_home(lane, "128", whole, staircase="2", room="501")
    home.building.block = "3"
    home.building.save()

    for asked in (whole, "虹桥南路128号3幢501", "虹桥南路128号 3-2-501"):
        assert homes(lin, asked) == [whole]
    assert homes(lin, "虹桥南路128号2幢501") == []


@pytest.mark.parametrize("asked", ["虹桥南路1-2号楼501", "虹桥南路1号2号楼501室"])
def test_a_number_before_the_sign_of_a_block_is_no_door(asked, donghu_grid, lin):
    lane = make_lane(donghu_grid, name="虹桥南路")
    make_home(lane, "1-2", "虹桥南路1-2号501室", room="501")
    home = make_home(lane, "1", "虹桥南路1号2幢501室", room="501")
    home.building.block = "2"
    home.building.save()
    assert homes(lin, asked) == [home.address]


@pytest.mark.parametrize("asked", ["凤山巷2-501", "凤山巷12号3 2-501"])
def test_a_room_has_a_hyphen_only_right_behind_its_door(asked, lane, lin):
    whole = "凤山巷12号2-501室"
    make_home(lane, "12", whole, room="2-501")
    assert homes(lin, "凤山巷12号2-501") == [whole]
    assert homes(lin, asked) == []


def test_a_lane_of_that_very_name_comes_before_longer_ones(donghu_grid, lin):
    for name in ("菜巷", "菜巷里"):
        make_home(make_lane(donghu_grid, name=name), "7", f"{name}7号")
    assert homes(lin, "菜巷7号") == ["菜巷7号"]


@pytest.mark.parametrize("asked", ["050007", " 050007 "])
def test_a_household_is_found_by_its_number(asked, hut, lin):
    assert homes(lin, asked) == [CAI]


@pytest.mark.parametrize("asked", ["凤山巷12号302", "凤山巷"])
def test_a_door_of_another_community_is_not_found(asked, flat, chen, mei):
    assert homes(chen, asked) == []
    assert homes(mei, asked) == [FENGSHAN]


def test_a_household_number_of_another_community_is_not_found(hut, chen):
    assert homes(chen, "050007") == []


def test_a_closed_household_is_not_found(flat, lin):
    flat.closed_on = "2026-10-01"
    flat.save()
    assert homes(lin, "凤山巷12号302") == []


def test_members_are_named_with_the_head_first(flat, donghu_grid, lin):
    make_resident(donghu_grid, household=flat, name="王小妹", relation="30")
    make_resident(donghu_grid, household=flat, name="王大明", relation=HEAD)
    gone = {"ended_on": "2026-10-01", "ended_by": "died"}
    make_resident(donghu_grid, household=flat, name="王老爷", relation="52", **gone)

    (home,) = find_households(lin, "凤山巷12号302").rows
    assert home.head == "王大明"
    assert [name for _pk, name, _relation in home.members] == ["王大明", "王小妹"]


def test_pages_show_every_household_once(lane, lin):
    for number in range(7):
        make_home(lane, str(number + 1), f"凤山巷{number + 1}号")
    seen, after = [], None
    while True:
        page = find_households(lin, "凤山巷", limit=3, after=after)
        seen += [one.address for one in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == [f"凤山巷{number}号" for number in range(1, 8)]


def test_a_name_finds_no_household(flat, lin, donghu_grid):
    make_household(donghu_grid, address="王小明家")
    assert homes(lin, "王小明") == []


CORNER, UPSTAIRS = "菜巷1-1号", "东城脚巷3-1号201室"


@pytest.fixture
def corner(donghu_grid):
    """A house with a number behind its number, and neighbours of like numbers."""
    lane = make_lane(donghu_grid, name="菜巷")
    for number in ("1", "1-11", "11", "11-1"):
        make_home(lane, number, f"菜巷{number}号")
    return make_home(lane, "1-1", CORNER)


@pytest.fixture
def upstairs(donghu_grid):
    lane = make_lane(donghu_grid, name="东城脚巷")
    make_home(lane, "3", "东城脚巷3号201室", room="201")
    return make_home(lane, "3-1", UPSTAIRS, room="201")


@pytest.mark.parametrize(
    "asked",
    [
        "菜巷1-1号",
        "菜巷1-1",
        "菜巷 1-1",
        "菜巷１－１号",
        "菜巷1—1号",
        "菜巷1–1",
        "菜巷1−1号",
        "菜巷1‐1号",
        "菜巷1‑1号",
        "菜巷1‒1号",
        "菜巷1―1号",
        "菜巷1——1号",
        "菜巷1之1号",
        "菜巷1附1号",
        "菜巷1号附1号",
        "菜巷01-01号",
        "东湖社区菜巷1-1号",
    ],
)
def test_a_number_with_a_hyphen_is_found_by(asked, corner, lin):
    assert homes(lin, asked) == [CORNER]


@pytest.mark.parametrize(
    "asked",
    [
        "东城脚巷3-1号201室",
        "东城脚巷3-1号201",
        "东城脚巷3-1 201",
        "东城脚巷3-1-201",
        "东城脚巷３－１号２０１室",
        "东城脚巷3之1号201室",
    ],
)
def test_a_room_behind_a_number_with_a_hyphen_is_found_by(asked, upstairs, lin):
    assert homes(lin, asked) == [UPSTAIRS]


def test_a_room_that_is_not_there_is_not_found_behind_a_hyphen(upstairs, corner, lin):
    assert homes(lin, "东城脚巷3-1号202室") == []
    assert homes(lin, "菜巷1-2号") == []


@pytest.mark.parametrize("number", ["12", "12-1", "12A", "12-1-2"])
@pytest.mark.parametrize("block", ["", "3", "12", "A"])
@pytest.mark.parametrize("staircase", ["", "2"])
@pytest.mark.parametrize("room", ["", "501", "101-1", "A101", "12A"])
def test_every_address_is_found_as_it_is_printed(
    number, block, staircase, room, donghu_grid, lin
):
    lane = make_lane(donghu_grid, name="虹桥南路")
    for other in ("1", "120", "1-12"):
        make_home(lane, other, f"虹桥南路{other}号")
    house = make_building(donghu_grid, lane=lane, number=number, block=block)
    address = Address(house.address, house, staircase, room)
    home = Household(org_unit=donghu_grid, number="1")
    address.write_to(home)
    home.save()
    for text in (home.address, wide(home.address)):
        assert homes(lin, text) == [home.address]


def wide(text):
    """Return the text with full-width digits and hyphens."""
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-"})


def test_who_is_himself_to_the_head_is_the_head(flat, donghu_grid, lin):
    make_resident(donghu_grid, household=flat, name="王小妹", relation="30")
    make_resident(donghu_grid, household=flat, name="王大明", relation="01")
    (home,) = find_households(lin, "凤山巷12号302").rows
    assert [(name, word) for _pk, name, word in home.members] == [
        ("王大明", "户主"),
        ("王小妹", "女"),
    ]
    assert home.head == "王大明"
