"""Lanes, buildings and households that a roster names: found, or to be made.

Rows of one household must agree on grid and door; a row that leaves the door open
agrees with any. Nothing is written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from communities.codes import HEAD, SELF
from communities.models.households import leading_number
from communities.pinyin import pinyin_of
from communities.roster.known import AT, Home, Known, Person
from communities.roster.layout import SLOT

PLACE = ("lane", "door", "block", "staircase", "room")
place_in = itemgetter(*[SLOT[key] for key in PLACE])
NUMBER, RELATION = SLOT["number"], SLOT["relation"]


@dataclass(slots=True)
class NewLane:
    pk: int
    name: str
    pinyin: str
    community: int


@dataclass(slots=True)
class NewBuilding:
    pk: int
    lane: int
    number: str
    block: str
    grid: int


@dataclass
class Homes:
    """The households of one pass over a file, by object, in the order of the file."""

    known: Known
    # Functions that give fresh primary keys: lanes, buildings, households.
    fresh: dict[str, Iterator[int]]
    named: dict[int, Home] = field(default_factory=dict)
    lanes: list[NewLane] = field(default_factory=list)
    buildings: list[NewBuilding] = field(default_factory=list)

    def home_of(
        self, values: list, community: int, grid: int
    ) -> tuple[Home | None, str]:
        """Return the household of a row and the code of what forbids it, or ""."""
        home = self.known.homes_at(community, grid, values[NUMBER])
        if home is False:
            return None, "two_homes"
        if home is None:
            home = self.found(values[NUMBER], community, grid)
        if home.grid_of_file is None:
            home.grid_of_file = grid
            self.named[home.pk] = home
        elif home.grid_of_file != grid:
            return None, "grid_differs"
        place = place_in(values)
        if place[0]:
            if home.place is None:
                home.place = place
            elif home.place != place:
                return None, "place_differs"
        return home, ""

    def found(self, number: str, community: int, grid: int) -> Home:
        """Return a new household."""
        home = Home(next(self.fresh["homes"]), number, community, grid, is_new=True)
        self.known.homes_of_grids[grid, number] = home
        self.known.homes[community, number] = home
        return home

    @staticmethod
    def take_head(home: Home, values: list, row: int, person: Person | None) -> str:
        """Note the head that a row names; return "second_head" if there was one.

        Who is 本人 in a ledger is the head of its household; older rolls also call so
        somebody beside the head, who stays what he is.
        """
        if values[RELATION] == SELF and not is_beside_the_head(person, home):
            values[RELATION] = HEAD
        if values[RELATION] != HEAD:
            return ""
        if home.head_row is not None:
            return "second_head"
        home.head_row = row
        home.head_person = person.pk if person else None
        return ""

    def settle(self) -> tuple[list[Home], list[Home]]:
        """Give every named household its door; return the new and the changed ones.

        Those that were written with their door are left out.
        """
        new, changed = [], []
        for home in self.named.values():
            if home.is_written:
                continue
            is_changed = self.settle_door(home)
            if home.grid_of_file != home.grid:
                home.grid, is_changed = home.grid_of_file, True
            if home.is_new:
                new.append(home)
            elif is_changed:
                changed.append(home)
        return new, changed

    def settle_door(self, home: Home) -> bool:
        """Work the file's door into a household; return whether that changes it."""
        if home.place is None:
            return False
        lane, door, block, staircase, room = home.place
        building = None
        if door:
            building = self.building(self.lane(lane, home.community), door, block, home)
        address = written(lane, door, block, staircase, room)
        old = (home.building, home.staircase, home.room, home.address)
        if old == (building, staircase, room, address):
            return False
        home.building, home.staircase, home.room = building, staircase, room
        home.old_address, home.address = home.address, address
        return True

    def lane(self, name: str, community: int) -> int:
        """Return the lane of a community, one of the street, or a new one."""
        lanes = self.known.lanes
        found = lanes.get((community, name)) or lanes.get((None, name))
        if found is None:
            found = (next(self.fresh["lanes"]), pinyin_of(name).replace(" ", ""))
            lanes[community, name] = found
            self.lanes.append(NewLane(found[0], name, found[1], community))
        return found[0]

    def building(self, lane: int, number: str, block: str, home: Home) -> int:
        key = (lane, number, block)
        found = self.known.buildings.get(key)
        if found is None:
            found = self.known.buildings[key] = next(self.fresh["buildings"])
            self.buildings.append(
                NewBuilding(found, lane, number, block, home.grid_of_file)
            )
        return found

    def address_key(self, home: Home) -> str:
        """Return the string by which doors sort in walking order, as the model does."""
        if home.building is None or home.place is None:
            return "~"
        lane, door, block, staircase, room = home.place
        lanes = self.known.lanes
        _pk, pinyin = lanes.get((home.community, lane)) or lanes[None, lane]
        stairs, room_number = leading_number(staircase), leading_number(room)
        return (
            f"{pinyin} {leading_number(door):06d}{block} {stairs:03d} {room_number:06d}"
        )[:160]


def written(lane: str, door: str, block: str, staircase: str, room: str) -> str:
    """Return the address from the lane on, with the fixed suffixes."""
    text = lane
    if door:
        text += f"{door}号"
    if block:
        text += f"{block}幢"
    if staircase:
        text += f"{staircase}单元"
    if room:
        # 后间, 阁楼 and the like are no room numbers.
        text += f"{room}室" if room[-1].isdecimal() else room
    return text[:120]


def is_beside_the_head(person: Person | None, home: Home) -> bool:
    """Whether the stored person is called 本人 in a household with another head."""
    if person is None or person.stored[AT["relation"]] != SELF:
        return False
    return home.head not in (None, person.pk)
