"""The tiles of the desk: each pillar's figure beside that of the last month."""

from django.apps import apps
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from reports.figures import Definition
from reports.heat import MonthSoFar
from reports.models import ReportLine
from toolkit import formats
from toolkit.metrics import label_in
from toolkit.periods import Period
from toolkit.tiles import Tile

# A pillar's config has icon and hue; the common core has neither.
CORE_ICON = "people"


def tiles_of(month: MonthSoFar) -> list[dict]:
    """Return the tiles of the unit above all others, none where there is no such."""
    if month.top is None:
        return []
    before = last_month(month)
    return [tile_of(one, month, before) for one in month.tiles]


def last_month(month: MonthSoFar) -> dict:
    """Return {slug: value} of the unit's last monthly report, {} for no report."""
    lines = ReportLine.objects.filter(
        report__schedule="monthly",
        report__org_unit=month.top.pk,
        report__period_start=Period.month_of(month.period.start).previous().start,
    )
    return dict(lines.values_list("metric", "value"))


def tile_of(tile: Tile, month: MonthSoFar, before: dict) -> dict:
    config = apps.get_app_config(tile.pillar)
    head, *facts = (figure(month.known[s], month, month.top) for s in tile.slugs)
    return {
        "hue": getattr(config, "hue", ""),
        "icon": getattr(config, "icon", "") or CORE_ICON,
        "title": config.verbose_name,
        "head": head,
        "facts": facts,
        "before": month.whole
        or compared(month.known[tile.headline], head["value"], before),
    }


def figure(metric: Definition, month: MonthSoFar, unit: OrgUnit) -> dict:
    value = month.figures[unit.pk][metric.slug]
    return {
        "label": label_in(metric, month.period),
        "unit": metric.unit,
        "value": value,
        "text": formats.number(value, metric.decimals),
        "url": month.links.url(metric.slug, unit),
    }


def compared(metric: Definition, value, before: dict) -> str:
    """Return the last month's figure in words, "" where it is not known.

    A rate is compared; a count that still grows is not, it stands beside the whole.
    """
    last = before.get(metric.slug)
    if last is None or value is None:
        return ""
    text = formats.number(last, metric.decimals)
    if metric.is_additive:
        return _("上月 %(value)s") % {"value": text}
    if value == last:
        return _("与上月持平")
    words = (
        _("比上月高 %(value)s%(unit)s")
        if value > last
        else _("比上月低 %(value)s%(unit)s")
    )
    unit = _(" 个百分点") if metric.unit == "%" else ""
    change = formats.number(abs(value - last), metric.decimals)
    return words % {"value": change, "unit": unit}
