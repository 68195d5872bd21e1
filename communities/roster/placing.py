"""New lanes, buildings and households of a roster, written while the file is read.

A row that names a door settles the household for good: one that contradicts it is an
error, and then nothing is kept. So the database need not wait for the end of the file,
when it has the search keys to do; only households without a door do.
"""

from collections.abc import Iterable

from django.db import models

from communities.models import Building, Household, Lane
from communities.models.households import leading_number
from communities.roster.homes import Homes
from communities.roster.known import Home

MODELS = {"lanes": Lane, "buildings": Building, "homes": Household}
ROWS_AT_ONCE = 1000
HOME_COLUMNS = (
    "org_unit_id",
    "building_id",
    "staircase",
    "room",
    "room_order",
    "address",
    "address_key",
)


class PlaceWriter:
    """Writes new places through a bulk writer."""

    def __init__(self, bulk, now: str, entered: dict[int, str]):
        self.bulk, self.now, self.entered = bulk, now, entered
        self.fresh = {name: bulk.ids(model) for name, model in MODELS.items()}
        self.links = sum((bulk.links(model) for model in MODELS.values()), [])
        # Households with a door, to be written; keys of those that wait for one.
        self.due: list[Home] = []
        self.waiting: set[int] = set()

    def take(self, home: Home) -> None:
        """Note the household of a new person."""
        if not home.is_new or home.is_written:
            return
        if home.place is None:
            self.waiting.add(home.pk)
            return
        self.waiting.discard(home.pk)
        home.is_written = True
        self.due.append(home)

    @property
    def are_many(self) -> bool:
        return len(self.due) >= ROWS_AT_ONCE

    def write(self, homes: Homes) -> None:
        """Write the households that are due, with their lanes and buildings."""
        for home in self.due:
            homes.settle_door(home)
        self.write_all(homes, self.due)
        self.due = []

    def finish(self, homes: Homes, new: Iterable[Home]) -> None:
        """Write what is due, and the settled households that waited for a door."""
        self.write(homes)
        self.write_all(homes, list(new))
        self.waiting.clear()

    def write_all(self, homes: Homes, new: list[Home]) -> None:
        self.write_lanes(homes)
        self.write_buildings(homes)
        self.write_homes(homes, new)

    def write_lanes(self, homes: Homes) -> None:
        number, text = self.bulk.number, self.bulk.text
        own = ("id", "org_unit_id", "name", "pinyin", "created_at")
        rest = defaults_of(Lane, self.bulk, set(own))
        rows = [
            (
                number(lane.pk),
                number(lane.community),
                text(lane.name),
                text(lane.pinyin),
                self.now,
                *rest.values(),
            )
            for lane in homes.lanes
        ]
        homes.lanes = []
        self.bulk.insert(Lane, (*own, *rest), rows)

    def write_buildings(self, homes: Homes) -> None:
        number, text = self.bulk.number, self.bulk.text
        own = ("id", "org_unit_id", "lane_id", "number", "block", "order", "created_at")
        rest = defaults_of(Building, self.bulk, set(own))
        rows = [
            (
                number(one.pk),
                number(one.grid),
                number(one.lane),
                text(one.number),
                text(one.block),
                number(leading_number(one.number)),
                self.now,
                *rest.values(),
            )
            for one in homes.buildings
        ]
        homes.buildings = []
        self.bulk.insert(Building, (*own, *rest), rows)

    def write_homes(self, homes: Homes, new: list[Home]) -> None:
        own = ("id", "number", "entered_on", "created_at", *HOME_COLUMNS)
        rest = defaults_of(Household, self.bulk, set(own))
        for start in range(0, len(new), ROWS_AT_ONCE):
            rows = [
                (
                    self.bulk.number(home.pk),
                    self.bulk.text(home.number),
                    self.entered.get(home.community, self.bulk.null),
                    self.now,
                    *home_cells(self.bulk, homes, home),
                    *rest.values(),
                )
                for home in new[start : start + ROWS_AT_ONCE]
            ]
            self.bulk.insert(Household, (*own, *rest), rows)


def home_cells(bulk, homes: Homes, home: Home) -> tuple:
    """Return the cells of a household in the order of HOME_COLUMNS."""
    number, text = bulk.number, bulk.text
    return (
        number(home.grid_of_file),
        bulk.null if home.building is None else number(home.building),
        text(home.staircase),
        text(home.room),
        number(leading_number(home.room)),
        text(home.address),
        text(homes.address_key(home)),
    )


def defaults_of(model: type[models.Model], bulk, own: set[str]) -> dict[str, object]:
    """Return the cells of columns that have a default and are not among one's own."""
    cells = {}
    for field in model._meta.concrete_fields:
        value = None if field.attname in own else field.get_default()
        if value is not None:
            is_number = isinstance(value, int) and not isinstance(value, bool)
            cells[field.attname] = bulk.number(value) if is_number else bulk.text(value)
    return cells
