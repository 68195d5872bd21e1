"""The figures of units over a period, read in one statement.

    figures_of(units, period, chosen)     # {unit.pk: {slug: Decimal or None}}

What lies in a grid counts for its community, and everything for the street. The figure
of the street comes from the rows, never from the figures of its communities: people who
appear in two of them are one person for the street. One statement sees one moment, so
parts and whole belong together even while others write.
"""

from collections.abc import Iterable
from decimal import Decimal

from communities.models import COMMUNITY_LEVELS, OrgUnit
from communities.scoping import unit_lookup
from toolkit.metrics import Metric, Rate, definitions, metrics
from toolkit.periods import Period
from toolkit.proofs import digest_of
from toolkit.tally import PLACES, Cut, tally

LEAVES, PARTS = "leaves", "parts"
Definition = Metric | Rate


def figures_of(
    units: Iterable[OrgUnit],
    period: Period,
    chosen: Iterable[Definition] | None = None,
) -> dict[int, dict[str, Decimal | None]]:
    """Return {unit.pk: {slug: value}} of the chosen figures, of all by default."""
    units = list(units)
    chosen = list(definitions().values() if chosen is None else chosen)
    counted = counted_for(chosen)
    found = counted_in(units, period, counted)
    return {
        unit.pk: {one.slug: figure(one, found[unit.pk]) for one in chosen}
        for unit in units
    }


def counted_in(
    units: list[OrgUnit], period: Period, counted: list[Metric]
) -> dict[int, dict[str, Decimal | None]]:
    """Return {unit.pk: {slug: value}} of metrics, one pass over each set of rows.

    What counts or adds up rows is grouped by the unit of the row and added up along the
    tree. What does not add up, such as people, is counted for each community and again
    for every unit above or alone.
    """
    tree = Tree(units)
    parts = [unit for unit in units if unit.level in COMMUNITY_LEVELS]
    adding = [metric for metric in counted if metric.is_additive]
    rest = [metric for metric in counted if not metric.is_additive]
    cuts = {
        LEAVES: Cut(adding, tree.narrow(units), by=unit_of),
        PARTS: Cut(rest, tree.narrow(parts), by=community_of),
    } | {u.pk: Cut(rest, tree.narrow([u])) for u in units if u not in parts}
    found = tally(period, cuts)
    values = {}
    for unit in units:
        own = values_at(found[PARTS], unit.pk, rest)
        if unit not in parts:
            own = values_at(found[unit.pk], None, rest)
        values[unit.pk] = own | tree.sums(found[LEAVES], unit, adding)
    return values


class Tree:
    """The units below some units: which rows are theirs, and what theirs add up to."""

    def __init__(self, units: list[OrgUnit]):
        self.paths = dict(OrgUnit.objects.values_list("pk", "path"))
        self.below = {unit.pk: self.keys(unit) for unit in units}

    def keys(self, unit: OrgUnit) -> list[int]:
        """Return the units that lie in the unit, itself included."""
        return [pk for pk, path in self.paths.items() if path.startswith(unit.path)]

    def narrow(self, units: list[OrgUnit]):
        """Return the narrowing of rows to the units, none where they are all units."""
        keys = {pk for unit in units for pk in self.below[unit.pk]}
        if len(keys) == len(self.paths):
            return lambda rows: rows
        return lambda rows: rows.filter(**{f"{unit_of(rows)}__in": keys})

    def sums(self, found: dict, unit: OrgUnit, counted: list[Metric]) -> dict:
        """Return {slug: value} of a unit from the values of the units in it."""
        nothing = Decimal(0)
        return {
            m.slug: exact(
                sum(
                    (found[m.slug].get(pk, nothing) for pk in self.below[unit.pk]),
                    nothing,
                )
            )
            for m in counted
        }


def unit_of(rows) -> str:
    """Return the lookup of the unit of a row, without a step to the unit's table.

    Rows of a past day name the unit to which they belonged.
    """
    path = rows.model.scope_path
    return rows.placed or path.removesuffix("path").removesuffix("__") or "pk"


def community_of(rows) -> str:
    """Return the lookup of the community of a row."""
    return unit_lookup(rows.model, "community")


def values_at(found: dict, part, counted: list[Metric]) -> dict[str, Decimal | None]:
    """Return the values of one part, the metric's `nothing` where it has no rows."""
    return {m.slug: found[m.slug].get(part, exact(m.nothing)) for m in counted}


def counted_for(chosen: list[Definition]) -> list[Metric]:
    """Return the metrics that must be counted to know the chosen figures."""
    slugs: dict[str, None] = {}
    for one in chosen:
        needed = (one.part, one.whole) if isinstance(one, Rate) else (one.slug,)
        slugs |= dict.fromkeys(needed)
    return [metrics[slug] for slug in slugs]


def figure(one: Definition, values: dict) -> Decimal | None:
    return exact(one.of(values)) if isinstance(one, Rate) else values[one.slug]


def exact(value) -> Decimal | None:
    """Return a figure as it is frozen: four places, None for none."""
    return None if value is None else Decimal(value).quantize(PLACES)


def edition() -> str:
    """Return the mark of the registered figures with their words and units."""
    words = [
        [one.slug, str(one.label), str(one.unit), str(one.meaning), one.decimals]
        for one in definitions().values()
    ]
    return digest_of(sorted(words))[:16]
