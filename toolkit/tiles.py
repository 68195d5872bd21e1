"""What an app shows on the desk: figures as tiles, and panels of a role's own work.

    # visits/tiles.py
    tile("services", "visits.on_time_rate", facts=("visits.visits", "visits.people"))

    @panel("visits-today", order=10, permission="visits.add_visit")
    def todays_visits(user, now) -> dict | None: ...

The figures are those of the running month. A pillar shows one tile: of several declared
for it the one with the smallest order.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps

from toolkit.metrics import definitions, metrics, rates
from toolkit.pillars import PillarConfig
from toolkit.registry import Registry

# The orders of the panels above what is late or due, and of those below.
ABOVE_DUES, BELOW_DUES = range(20), range(20, 1000)
tiles = Registry("tile")
panels = Registry("panel")


@dataclass(frozen=True)
class Tile:
    """The figure by which a pillar is seen at a glance, and up to two beside it."""

    pillar: str  # the label of the pillar's app; of any other app for the common core
    headline: str  # slug of a metric or a rate
    facts: tuple[str, ...] = ()
    order: int = 0

    @property
    def slugs(self) -> tuple[str, ...]:
        """The metrics of the tile that are registered, the headline first."""
        return tuple(s for s in (self.headline, *self.facts) if is_known(s))


@dataclass(frozen=True)
class Panel:
    """A part of the desk that an app draws itself, for those who hold a permission."""

    slug: str
    order: int
    permission: str
    # (user, now) -> a section as in toolkit/_section.html, or None for nothing to say.
    section: Callable


def is_known(slug: str) -> bool:
    """Answer whether a metric or a rate of this name is registered."""
    return slug in metrics or slug in rates


def tile(pillar: str, headline: str, **details) -> Tile:
    """Declare the tile of a pillar."""
    return tiles.add((pillar, headline), Tile(pillar, headline, **details))


def panel(slug: str, *, order: int, permission: str) -> Callable:
    """Register a function (user, now) -> section or None as a panel of the desk."""
    return lambda function: panels.add(slug, Panel(slug, order, permission, function))


def place_of(pillar: str) -> tuple[int, int]:
    """Return where an app stands in the row: pillars in their order, others after."""
    config = apps.get_app_config(pillar)
    if isinstance(config, PillarConfig):
        return 0, config.order
    return 1, 0


def chosen_tiles() -> list[Tile]:
    """Return one tile for each app that has one whose figure exists, in their order."""
    best: dict[str, Tile] = {}
    for one in sorted(tiles.values(), key=lambda t: t.order):
        if is_known(one.headline):
            best.setdefault(one.pillar, one)
    return sorted(best.values(), key=lambda t: (place_of(t.pillar), t.order))


def table_figures(limit: int, further: Iterable[str] = ()) -> list[str]:
    """Return the figures of a table by unit, in the order of the tiles.

    Every headline, then `further` ones, then the facts of the tiles that add up: how
    many units have something is a figure of the street and not of one unit.
    """
    known = definitions()
    shown = chosen_tiles()
    heads = [tile.headline for tile in shown]
    facts = [s for tile in shown for s in tile.slugs[1:] if known[s].is_additive]
    chosen = list(dict.fromkeys([*heads, *further, *facts]))[:limit]
    order = [slug for tile in shown for slug in tile.slugs] + list(further)
    return sorted(chosen, key=order.index)


def panels_for(user, now, orders: range = range(1000)) -> list[dict]:
    """Return the sections that the panels of these orders draw for the user."""
    asked = (p for p in panels.values() if p.order in orders)
    mine = [p for p in asked if user.has_perm(p.permission)]
    drawn = (p.section(user, now) for p in sorted(mine, key=lambda p: p.order))
    return [section for section in drawn if section]
