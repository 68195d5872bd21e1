"""The rosters of the demo as workbooks, like those that an office hands in.

    roll = Roll(plan)
    for unit, units in roll.parts(MOST_ROWS):
        roll.write(path, units)            # to be imported for the unit

One seed gives one street, whether it comes in one roster or in one for each community.
"""

from collections.abc import Iterator
from pathlib import Path

from communities.demo.families import Families
from communities.demo.names import Names
from communities.demo.papers import Papers
from communities.demo.places import Doors, people_of_units
from communities.models import OrgUnit
from communities.roster.layout import TEMPLATE
from toolkit.demo import DemoPlan
from toolkit.xlsx import HEAD, QUIET, XlsxFile

VERY_OLD = 80


class Roll:
    """Everybody who lives in the street, drawn as the rosters are written."""

    def __init__(self, plan: DemoPlan):
        self.units = list(OrgUnit.objects.current().communities().order_by("code"))
        self.people = plan.residents
        self.shares = people_of_units([unit.name for unit in self.units], self.people)
        self.papers = Papers(plan.random, plan.today)
        self.families = Families(plan.random, Names(plan.random), plan.today)

    def parts(self, most_rows: int) -> Iterator[tuple[OrgUnit, list[OrgUnit]]]:
        """Yield whom a roster is for and the units it names.

        The whole street comes in one as long as a roster may have so many rows, else
        each community in its own. The rosters are to be written in this order.
        """
        if self.people <= most_rows:
            yield OrgUnit.objects.get(level=OrgUnit.Level.STREET), self.units
            return
        for unit in self.units:
            yield unit, [unit]

    def write(self, path: Path, units: list[OrgUnit]) -> None:
        """Write the roster of these units."""
        with (
            XlsxFile(path) as book,
            book.sheet("居民名册", widths=[13] * len(TEMPLATE), frozen=2) as sheet,
        ):
            sheet.row([column.head for column in TEMPLATE], HEAD)
            sheet.row([column.help for column in TEMPLATE], QUIET)
            for unit in units:
                rows = rows_of(unit, self.shares[unit.name], self.families, self.papers)
                for row in rows:
                    sheet.row([row.get(column.key, "") for column in TEMPLATE])


def rows_of(
    unit: OrgUnit, people: int, families: Families, papers: Papers
) -> Iterator[dict[str, str]]:
    """Yield the rows of one unit, household by household, exactly so many."""
    grids = list(OrgUnit.objects.grids().within(unit).order_by("code"))
    doors = Doors(families.random, unit.name)
    of_grids = [doors.of_grid(number) for number in range(len(grids))]
    left, number = people, 0
    while left > 0:
        # The grids fill up one after the other, by their part of the people.
        at = min((people - left) * len(grids) // people, len(grids) - 1)
        is_first = number % 40 == 0
        members = families.old_alone(VERY_OLD) if is_first else families.next()
        number += 1
        door = next(of_grids[at])
        home = {
            "number": f"{unit.code[-3:]}{number:05d}",
            "community": unit.name,
            "grid": grids[at].name,
            "lane": door.lane,
            "door": door.door,
            "block": door.block,
            "staircase": door.staircase,
            "room": door.room,
        }
        for member in members[:left]:
            yield papers.fields(member, members) | home
        left -= len(members)
