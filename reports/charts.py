"""How one figure of one unit went over the last periods, from frozen values."""

from django.utils.translation import gettext as _

from reports.calendar import short_label
from reports.models import Report, ReportLine
from toolkit import formats
from toolkit.metrics import metrics
from toolkit.periods import Period
from toolkit.tiles import chosen_tiles

LENGTH = 12


def chart_of(report: Report, lines: list[ReportLine], asked: str) -> dict | None:
    """Return the chart of the asked metric of the report, None where it has none.

    One period alone has no course.
    """
    by_slug = {line.metric: line for line in lines}
    if not by_slug:
        return None
    line = by_slug.get(asked) or by_slug[default_of(by_slug)]
    points = values_until(report, line.metric)
    if len(points) < 2 and not has_earlier(report):
        return None
    labels = [short_label(period) for period, _value in points]
    values = [None if value is None else float(value) for _period, value in points]
    texts = [formats.number(value, line.decimals) for _period, value in points]
    return {
        "line": line,
        "choices": [(one.metric, one.label, one is line) for one in lines],
        "data": {
            "kind": "bar",
            "unit": line.unit,
            "labels": labels,
            "series": [{"name": line.label, "values": values}],
        },
        "points": list(zip([p.label for p, _v in points], texts, strict=True)),
        "alt": alt_of(line, points, texts),
    }


def has_earlier(report: Report) -> bool:
    """Answer whether the series of a report has an earlier one."""
    earlier = Report.objects.filter(
        schedule=report.schedule,
        org_unit=report.org_unit_id,
        period_start__lt=report.period_start,
    )
    return earlier.exists()


def default_of(by_slug: dict[str, ReportLine]) -> str:
    """Return the metric shown first: the one on the desk with most to count."""
    shown = [slug for tile in chosen_tiles() for slug in tile.slugs if slug in by_slug]
    counted = [slug for slug in shown if slug in metrics and metrics[slug].is_additive]
    return max(counted or by_slug, key=lambda slug: by_slug[slug].value or 0)


def values_until(report: Report, slug: str) -> list[tuple[Period, object]]:
    """Return (period, value) of the last reports of the series, the oldest first."""
    lines = ReportLine.objects.filter(
        metric=slug,
        report__schedule=report.schedule,
        report__org_unit=report.org_unit_id,
        report__period_start__lte=report.period_start,
    )
    found = lines.order_by("-report__period_start").values_list(
        "report__period_start", "report__period_end", "value"
    )
    return [(Period(start, end), value) for start, end, value in found[:LENGTH]][::-1]


def alt_of(line: ReportLine, points: list, texts: list[str]) -> str:
    """Return the chart as one sentence for those who do not see it."""
    known = [(value, text) for (_p, value), text in zip(points, texts, strict=True)]
    known = sorted((pair for pair in known if pair[0] is not None), key=lambda p: p[0])
    if not known:
        return _("%(label)s没有可画的数字。") % {"label": line.label}
    return _("%(label)s：近 %(count)s 期在 %(low)s 至 %(high)s %(unit)s之间。") % {
        "label": line.label,
        "count": len(points),
        "low": known[0][1],
        "high": known[-1][1],
        "unit": line.unit,
    }
