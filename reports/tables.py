"""The figures of one period as tables: units as rows, metrics as columns."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _

from reports.comparison import Correction
from reports.links import RowLinks
from reports.models import Report, ReportLine
from toolkit.tiles import table_figures

# A table with more columns than this is cut into parts.
WIDE = 10


@dataclass
class Cell:
    """One figure of a table, ready to be shown."""

    text: str
    value: object = None
    url: str = ""
    correction: Correction | None = None


@dataclass
class Sheet:
    """The frozen figures of one period for the units that a user may see."""

    reports: list[Report]
    top: Report | None
    lines: dict[tuple[int, str], ReportLine]
    corrections: dict[int, Correction]
    links: RowLinks
    # From when there are records, where they begin inside the period; else "".
    since: str = ""

    @property
    def columns(self) -> list[ReportLine]:
        """One line of each metric, in the order of the reports, for head and words."""
        seen: dict[str, ReportLine] = {}
        for (_report, slug), line in self.lines.items():
            seen.setdefault(slug, line)
        return list(seen.values())

    @property
    def units(self) -> list[Report]:
        """The reports of the table's rows: all but that of the unit above."""
        others = [report for report in self.reports if report is not self.top]
        return others or self.reports

    @property
    def total(self) -> Report | None:
        """The report of the last row, where there is a unit above the others."""
        return self.top if len(self.reports) > 1 else None

    def cell(self, report: Report, slug: str) -> Cell:
        line = self.lines.get((report.pk, slug))
        if line is None:
            return Cell("")
        url = self.links.url(slug, report.org_unit)
        return Cell(line.text, line.value, url, self.corrections.get(line.pk))

    def row(self, report: Report, slugs: list[str]) -> dict:
        return {
            "report": report,
            "url": report.get_absolute_url(),
            "cells": [self.cell(report, slug) for slug in slugs],
        }

    def parts(self) -> list[dict]:
        """Return the parts of a wide table: the main figures first, then each app's."""
        columns = self.columns
        if len(columns) <= WIDE:
            return [{"slug": "", "title": "", "columns": columns}]
        by_slug = {column.metric: column for column in columns}
        chosen = [slug for slug in table_figures(WIDE) if slug in by_slug]
        main = [by_slug[slug] for slug in chosen] or columns[:WIDE]
        parts = [{"slug": "", "title": _("主要数字"), "columns": main}]
        by_app: dict[str, list[ReportLine]] = {}
        for column in columns:
            by_app.setdefault(column.app, []).append(column)
        return parts + [
            {"slug": app, "title": title_of(app), "columns": found}
            for app, found in by_app.items()
        ]

    def table(self, asked: str = "") -> dict:
        """Return the asked part of the table, the first for an unknown name."""
        parts = self.parts()
        part = next((one for one in parts if one["slug"] == asked), parts[0])
        slugs = [column.metric for column in part["columns"]]
        return {
            "part": part,
            "parts": parts if len(parts) > 1 else [],
            "columns": part["columns"],
            "is_wide": len(slugs) > WIDE,
            "rows": [self.row(report, slugs) for report in self.units],
            "total": self.row(self.total, slugs) if self.total else None,
        }


def title_of(app: str) -> str:
    """Return the name of the app behind a metric, "" for none or a gone one."""
    config = apps.app_configs.get(app)
    return str(config.verbose_name) if config else ""


def heads_and_rows(sheet: Sheet) -> tuple[list[str], list[list]]:
    """Return the table as a spreadsheet has it: numbers as numbers, the total last."""
    columns = sheet.columns
    heads = [unit_head(sheet.since)] + [
        f"{c.label}（{c.unit}）" if c.unit else c.label for c in columns
    ]
    reports = [*sheet.units, *([sheet.total] if sheet.total else [])]
    rows = [
        [report.unit_name]
        + [number_of(sheet.lines.get((report.pk, c.metric))) for c in columns]
        for report in reports
    ]
    return heads, rows


def unit_head(since: str) -> str:
    """Return the head of the first column, with what holds of the whole table."""
    return _("单位（%(note)s）") % {"note": since} if since else _("单位")


def number_of(line: ReportLine | None) -> int | float | str:
    """Return the value of a line for a spreadsheet, "" for none."""
    if line is None or line.value is None:
        return ""
    return float(line.value) if line.decimals else int(line.value)
