"""One report as data: computed from the rows now, for machines and for other forms."""

import csv
import io
import json
from decimal import Decimal

from communities.models import OrgUnit
from reports.figures import figures_of
from reports.schedules import Schedule
from reports.units import existed, reported_units
from toolkit import formats
from toolkit.metrics import definitions
from toolkit.periods import Period


def compiled(schedule: Schedule, period: Period, unit: OrgUnit | None = None) -> dict:
    """Return every figure of a unit, of the street by default, and of those below it.

    Raises LookupError with a sentence where there is no street.
    """
    top = unit or reported_units().filter(level=OrgUnit.Level.STREET).first()
    if top is None:
        raise LookupError("there is no street in the database")
    below = reported_units().filter(path__startswith=top.path).exclude(pk=top.pk)
    parts = [one for one in below if existed(one, period)]
    figures, known = figures_of([top, *parts], period), definitions()
    return {
        "schedule": schedule.slug,
        "period": period.slug,
        "unit": {"code": top.code, "name": top.name},
        "figures": {
            slug: {
                "value": plain(value, known[slug].decimals),
                "unit": str(known[slug].unit),
                "label": str(known[slug].label),
            }
            for slug, value in figures[top.pk].items()
        },
        "units": {
            part.code: {
                "name": part.name,
                "figures": {
                    slug: plain(value, known[slug].decimals)
                    for slug, value in figures[part.pk].items()
                },
            }
            for part in parts
        },
    }


def plain(value: Decimal | None, decimals: int) -> int | float | None:
    """Return a figure as JSON has it: whole numbers without a point."""
    if value is None:
        return None
    if value == value.to_integral_value() and not decimals:
        return int(value)
    return float(value)


def as_json(report: dict) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: dict) -> str:
    """Return one line a metric: slug, label, unit, the unit's value, those below."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    parts = report["units"].values()
    head = [report["unit"]["name"], *(part["name"] for part in parts)]
    writer.writerow(["metric", "label", "unit", *head])
    for slug, figure in report["figures"].items():
        values = [figure["value"], *(part["figures"][slug] for part in parts)]
        writer.writerow([slug, figure["label"], figure["unit"], *values])
    return out.getvalue()


def as_text(report: dict) -> str:
    """Return one line a metric for a person at a terminal."""
    lines = [f"{report['unit']['name']} {Period.parse(report['period']).label}"]
    known = definitions()
    for slug, figure in report["figures"].items():
        value = formats.number(figure["value"], known[slug].decimals)
        lines.append(f"{figure['label']} {value} {figure['unit']}".rstrip())
    return "\n".join(lines) + "\n"


WRITERS = {"json": as_json, "csv": as_csv, "text": as_text}
