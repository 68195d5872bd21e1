"""Frozen figures beside the records of today: what has been entered or mended since.

A report keeps its values. Where the rows now give another figure, the page says so,
and a person may write down why (Restatement).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reports.models import Report, ReportLine, Restatement
from reports.recent import figures_lately
from toolkit import formats
from toolkit.metrics import definitions


@dataclass
class Correction:
    """A line whose rows no longer give the frozen figure, or that was explained."""

    line: ReportLine
    report: Report
    now: str
    restatements: list[Restatement] = field(default_factory=list)

    @property
    def has_returned(self) -> bool:
        """Whether the records give the frozen figure again."""
        return self.now == self.line.text

    @property
    def is_current(self) -> bool:
        """Whether the last explanation is about the figure as it stands now."""
        if not self.restatements:
            return False
        last = formats.number(self.restatements[-1].value, self.line.decimals)
        return last == self.now


def corrections_of(reports: list[Report], lines: Iterable[ReportLine]):
    """Return {line.pk: Correction} for the lines of the reports of one period.

    A line that was explained stays among them, also when its rows give the frozen
    figure again.
    """
    lines, told = list(lines), restatements_of(reports)
    now = values_now(reports, lines)
    by_pk = {report.pk: report for report in reports}
    found = {}
    for line in lines:
        report = by_pk[line.report_id]
        # Of a figure that an app has given up nobody knows the present value.
        value = now.get(report.org_unit_id, {}).get(line.metric)
        is_known = line.metric in definitions()
        if line.pk in told or (is_known and value != line.value):
            text = formats.number(value, line.decimals)
            found[line.pk] = Correction(line, report, text, told.get(line.pk, []))
    return found


def values_now(reports: list[Report], lines: list[ReportLine]) -> dict:
    """Return {unit.pk: {slug: value}} of the lines, from the records of today."""
    known = definitions()
    slugs = dict.fromkeys(line.metric for line in lines if line.metric in known)
    if not slugs:
        return {}
    units = [report.org_unit for report in reports]
    chosen = [known[slug] for slug in slugs]
    return figures_lately(units, reports[0].period, chosen)


def restatements_of(reports: list[Report]) -> dict[int, list[Restatement]]:
    """Return {line.pk: explanations} of the lines of reports, oldest first."""
    told: dict[int, list[Restatement]] = {}
    found = Restatement.objects.filter(line__report__in=reports)
    for one in found.select_related("by").order_by("at", "pk"):
        told.setdefault(one.line_id, []).append(one)
    return told


def heads_and_corrections(corrections: Iterable[Correction]) -> tuple[list, list]:
    """Return the corrections as a spreadsheet has them, a row for each explanation."""
    heads = [
        _("单位"),
        _("指标"),
        _("计量单位"),
        _("生成时"),
        _("现在"),
        _("更正后"),
        _("原因"),
        _("说明人"),
        _("说明时间"),
    ]
    rows = []
    for one in corrections:
        line = one.line
        known = [one.report.unit_name, line.label, line.unit, line.text, one.now]
        told = [told_cells(line, each) for each in one.restatements]
        rows += [known + cells for cells in told or [["", _("还没有说明"), "", ""]]]
    return heads, rows


def told_cells(line: ReportLine, told: Restatement) -> list[str]:
    """Return what an explanation says: the value at that time, why, by whom, when."""
    value = formats.number(told.value, line.decimals)
    return [value, told.reason, str(told.by), formats.cn_datetime(told.at)]
