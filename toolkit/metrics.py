"""Figures as queries: the rows a metric counts, plus how it counts them.

    @metric("visits.visits", label=_("走访"), unit=_("次"))
    @metric("visits.people", label=_("走访人数"), unit=_("人"), value=Count("person"))
    def visits(period):
        return Visit.objects.happened_in(period)

A number, its list and its export are the same query, so they cannot disagree. Metrics
over the same function are computed in one pass. A rate is two metrics divided:

    rate("visits.on_time_rate", label=_("按期走访率"), part="visits.on_time",
         whole="visits.due")
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Aggregate, Count, Sum

from toolkit.periods import Period
from toolkit.registry import Registry

metrics = Registry("metric")
rates = Registry("rate")


@dataclass(frozen=True)
class Metric:
    """One figure: what it counts, in which unit, by which rule."""

    slug: str
    label: str
    unit: str
    rows: Callable  # Period -> queryset
    value: Aggregate = field(default_factory=lambda: Count("pk"))
    meaning: str = ""
    source: str = ""
    decimals: int = 0
    # Where a bigger figure is not better: "up", "down" or "" when neither.
    better: str = ""
    # The label over a period that is not over, where 期末 would be wrong.
    so_far: str = ""
    # How a text tells the figure, with {number}: 举办市民学校{number}期.
    sentence: str = ""

    @property
    def app(self) -> str:
        return self.slug.partition(".")[0]

    @property
    def alias(self) -> str:
        return self.slug.replace(".", "__")

    @property
    def is_additive(self) -> bool:
        """Whether the figures of the parts add up to the figure of the whole."""
        counts = isinstance(self.value, Count | Sum)
        return counts and not getattr(self.value, "distinct", False)

    @property
    def counts_units(self) -> bool:
        """Whether it counts units that have rows: of a single unit it says nothing."""
        counted = self.value.get_source_expressions()[0]
        return getattr(counted, "name", "").partition("__")[0] == "org_unit"

    @property
    def nothing(self) -> int | None:
        """The figure of no rows: 0 where rows are counted, None for a rate or mean."""
        return 0 if isinstance(self.value, Count | Sum) else None

    def filled(self, figure):
        """Return a figure of the database, with `nothing` where it found no rows."""
        return self.nothing if figure is None else figure


@dataclass(frozen=True)
class Rate:
    """A figure that is one metric divided by another; it has no rows of its own."""

    slug: str
    label: str
    part: str  # slug of a metric
    whole: str  # slug of the metric whose rows the figure opens
    unit: str = "%"
    factor: int = 100
    decimals: int = 1
    meaning: str = ""
    source: str = ""
    better: str = ""
    sentence: str = ""

    # A rate of two units is not the sum of their rates, and of nothing there is none.
    is_additive = False
    nothing = None
    so_far = ""

    @property
    def app(self) -> str:
        return self.slug.partition(".")[0]

    def of(self, figures: dict):
        """Return the rate from the figures of its metrics, None for a whole of 0."""
        part, whole = figures.get(self.part), figures.get(self.whole)
        return None if part is None or not whole else part * self.factor / whole


def rate(slug: str, *, label, part: str, whole: str, **details) -> Rate:
    """Register the rate of two metrics."""
    return rates.add(slug, Rate(slug, label, part, whole, **details))


def label_in(one: Metric | Rate, period: Period) -> str:
    """Return what a figure is called over a period; one of no kind still runs."""
    return one.so_far if one.so_far and not period.kind else one.label


def definitions() -> dict[str, Metric | Rate]:
    """Return every figure there is: the metrics, each with its rates behind it."""
    ordered: dict[str, Metric | Rate] = {}
    for slug, one in metrics.items():
        ordered[slug] = one
        ordered |= {r.slug: r for r in rates.values() if r.part == slug}
    return ordered


def metric(slug: str, *, label, unit, value=None, **details) -> Callable:
    """Register a function (period) -> queryset as the rows of a metric."""

    def register(function):
        aggregate = {} if value is None else {"value": value}
        rows = getattr(function, "rows", function)
        metrics.add(slug, Metric(slug, label, unit, rows, **aggregate, **details))
        return function

    return register


def by_rows(chosen: Iterable[Metric]) -> dict[Callable, list[Metric]]:
    """Group metrics by the function that gives their rows: one pass for each group."""
    groups: dict[Callable, list[Metric]] = {}
    for one in chosen:
        groups.setdefault(one.rows, []).append(one)
    return groups


def totals(chosen: Iterable[Metric], narrow: Callable, period) -> dict[str, object]:
    """Return {slug: value} over the rows that `narrow` (queryset -> queryset) keeps."""
    values = {}
    for rows, group in by_rows(chosen).items():
        found = narrow(rows(period)).aggregate(**{m.alias: m.value for m in group})
        values |= {m.slug: m.filled(found[m.alias]) for m in group}
    return values


def grouped(
    chosen: Iterable[Metric], narrow: Callable, period, lookup: Callable
) -> dict[str, dict]:
    """Return {slug: {group: value}}, one grouped query per set of rows.

    `lookup` names the field to group by, given the model of the rows.
    """
    values: dict[str, dict] = {}
    for rows, group in by_rows(chosen).items():
        queryset = narrow(rows(period))
        key = lookup(queryset.model)
        found = (
            queryset.order_by()
            .values(key)
            .annotate(**{m.alias: m.value for m in group})
            .values_list(key, *[m.alias for m in group])
        )
        for one in group:
            values[one.slug] = {}
        for group_key, *figures in found:
            for one, figure in zip(group, figures, strict=True):
                values[one.slug][group_key] = one.filled(figure)
    return values
