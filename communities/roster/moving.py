"""Whom and what a roster moves to another grid: noted before the new grid is written.

A first roster moves nobody, so it asks and writes nothing here.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communities.actions.relocations import Moves, record_moves
from communities.models import HomeRelocation, Household, Relocation


class Mover:
    """Notes moves of people and households on the day of the import."""

    def __init__(self, day: date, by):
        self.told = {"day": day, "by": by, "source": _("名册导入")}

    def people(self, moves: Moves) -> None:
        """Note {resident: (old grid, new grid)}."""
        record_moves(Relocation, moves, **self.told)

    def members(self, rows: QuerySet, grid: int) -> None:
        """Note the residents who follow their household into a grid, and move them."""
        self.people({pk: (old, grid) for pk, old in rows.values_list("pk", "org_unit")})
        rows.update(org_unit_id=grid)

    def homes(self, grids: dict[int, int]) -> None:
        """Note the households that come into another grid: {household: new grid}."""
        record_moves(HomeRelocation, moved(stored_grids(grids), grids), **self.told)


def stored_grids(homes: Iterable[int]) -> dict[int, int]:
    """Return the grid of each household as it is stored now."""
    rows = Household._base_manager.filter(pk__in=list(homes))
    return dict(rows.values_list("pk", "org_unit"))


def moved(old: dict[int, int], new: dict[int, int]) -> Moves:
    """Return who of those stored comes into another unit."""
    return {key: (unit, new[key]) for key, unit in old.items() if unit != new[key]}
