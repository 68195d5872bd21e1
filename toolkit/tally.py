"""Many figures in one statement: parts and whole as of the same moment.

    found = tally(period, {
        "parts": Cut(chosen, lambda rows: rows, by=lambda rows: "org_unit__community"),
        "whole": Cut(chosen, lambda rows: rows.within(street)),
    })
    found["parts"]["visits.visits"][community.pk]
    found["whole"]["visits.people"][None]

Each set of rows is one member of a UNION ALL, however many metrics count it, so a table
of sixty figures is one query. A figure of no rows is absent: see `Metric.nothing`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, DecimalField, F, QuerySet, Value
from django.db.models.functions import Cast

from toolkit.metrics import Metric, by_rows
from toolkit.periods import Period

# Wide enough for any figure; four places as reports freeze them.
EXACT = DecimalField(max_digits=20, decimal_places=4)
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Cut:
    """What is counted of which rows, and by which field they fall into parts."""

    chosen: Iterable[Metric]
    narrow: Callable  # queryset -> queryset
    # queryset -> the field to group by; without it all rows are one part, named None.
    by: Callable | None = None


def tally(period: Period, cuts: dict[str, Cut]) -> dict[str, dict[str, dict]]:
    """Return {cut: {slug: {part: value}}} of the metrics of each cut over a period."""
    found = {name: {m.slug: {} for m in cut.chosen} for name, cut in cuts.items()}
    plan = [
        (name, rows, group)
        for name, cut in cuts.items()
        for rows, group in by_rows(cut.chosen).items()
    ]
    if not plan:
        return found
    width = max(len(group) for _name, _rows, group in plan)
    members = [
        member(number, cuts[name], rows(period), group, width)
        for number, (name, rows, group) in enumerate(plan)
    ]
    lines = members[0].union(*members[1:], all=True) if members[1:] else members[0]
    for line in lines:
        name, _rows, group = plan[line["tally_number"]]
        for place, one in enumerate(group):
            value = line[f"tally_{place}"]
            if value is not None:
                found[name][one.slug][line["tally_part"]] = value.quantize(PLACES)
    return found


def member(
    number: int, cut: Cut, rows: QuerySet, group: list[Metric], width: int
) -> QuerySet:
    """Return one set of rows as (number, part, values…), padded to a common width."""
    rows = cut.narrow(rows).order_by()
    part = F(cut.by(rows)) if cut.by else Cast(Value(None), BigIntegerField())
    values = {f"tally_{i}": Cast(one.value, EXACT) for i, one in enumerate(group)}
    nothing = Cast(Value(None), EXACT)
    padding = {f"tally_{i}": nothing for i in range(len(group), width)}
    return rows.values(tally_number=Value(number), tally_part=part).annotate(
        **values, **padding
    )
