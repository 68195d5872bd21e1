"""Doors of the demo: old lanes with a few homes a house, and blocks of flats."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

DATA = Path(__file__).parents[1] / "data" / "demo_places.toml"
HOMES_OF_A_GRID = 400
PEOPLE_OF_A_HOME = 2.62
FEWEST_GRIDS = 2
FLATS = 0.52
FLOORS, DOORS_OF_A_FLOOR, STAIRCASES = 6, 2, 3
LANES_OF_A_GRID = 3


@dataclass(frozen=True, slots=True)
class Door:
    """Where a household lives; empty parts are not filled in."""

    lane: str
    door: str
    block: str = ""
    staircase: str = ""
    room: str = ""


def places() -> dict:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def short_name(unit: str) -> str:
    """Return a community or village without its kind: 滨江 for 滨江社区."""
    return unit.removesuffix("社区").removesuffix("村")


def people_of_units(names: list[str], people: int) -> dict[str, int]:
    """Share the people out over the units; the parts add up to the whole."""
    shares = places()["share"]
    total, given, found = sum(shares[name] for name in names), 0, {}
    for name in names:
        found[name] = people * shares[name] // total
        given += found[name]
    for name in names[: people - given]:
        found[name] += 1
    return found


def grids_of(people: int) -> int:
    """Return how many grids of three to five hundred homes a unit needs."""
    return max(FEWEST_GRIDS, round(people / PEOPLE_OF_A_HOME / HOMES_OF_A_GRID))


class Doors:
    """Gives one door after the other in the lanes of a unit, grid by grid.

    A lane that runs through several grids goes on counting where the last one stopped.
    """

    def __init__(self, random: Random, unit: str):
        data = places()
        self.random = random
        self.lanes, self.streets = data["lanes"][unit], data["estates"][unit]
        self.last_number = dict.fromkeys(self.lanes, 0)

    def of_grid(self, number: int) -> Iterator[Door]:
        """Yield doors of a grid; two grids never share a house."""
        houses, flats = self.houses(number), self.flats(number)
        while True:
            yield next(flats if self.random.random() < FLATS else houses)

    def houses(self, grid: int) -> Iterator[Door]:
        """Old houses: one to three homes behind one number, no block."""
        first = grid * LANES_OF_A_GRID
        lanes = [
            self.lanes[(first + step) % len(self.lanes)]
            for step in range(LANES_OF_A_GRID)
        ]
        while True:
            lane = self.random.choice(lanes)
            self.last_number[lane] += 1
            number = self.last_number[lane]
            text = f"{number}-1" if self.random.random() < 0.06 else str(number)
            homes = self.random.choices((1, 2, 3), (62, 28, 10))[0]
            for home in range(1, homes + 1):
                room = "" if homes == 1 else f"{home}01"
                yield Door(lane, text, room=room)

    def flats(self, grid: int) -> Iterator[Door]:
        """Blocks of six floors with two doors on each landing."""
        street = self.streets[grid % len(self.streets)]
        block = 0
        while True:
            block += 1
            for staircase in range(1, STAIRCASES + 1):
                for floor in range(1, FLOORS + 1):
                    for door in range(1, DOORS_OF_A_FLOOR + 1):
                        room = f"{floor}{door:02d}"
                        number = str(18 + 10 * grid)
                        yield Door(street, number, str(block), str(staircase), room)
