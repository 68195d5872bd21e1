"""Frozen figures beside the records of today: what has been entered or mended since.

A report keeps its values. Where the rows now give another figure, the page says so,
and a person may write down why (Restatement).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
    def is_current(self) -> bool:
        """Whether the last explanation is about the figure as it stands now."""
        if not self.restatements:
            return False
        last = formats.number(self.restatements[-1].value, self.line.decimals)
        return last == self.now


def corrections_of(reports: list[Report], lines: Iterable[ReportLine]):
    """Return {line.pk: Correction} for the lines of the reports of one period."""
    known = definitions()
    lines = [line for line in lines if line.metric in known]
    if not lines:
        return {}
    chosen = [known[slug] for slug in dict.fromkeys(line.metric for line in lines)]
    units = [report.org_unit for report in reports]
    now = figures_lately(units, reports[0].period, chosen)
    by_pk = {report.pk: report for report in reports}
    found = {}
    for line in lines:
        report = by_pk[line.report_id]
        value = now[report.org_unit_id][line.metric]
        if value != line.value:
            text = formats.number(value, line.decimals)
            found[line.pk] = Correction(line, report, text)
    attach_restatements(found)
    return found


def attach_restatements(found: dict[int, Correction]) -> None:
    """Give each correction the explanations written about it, oldest first."""
    if not found:
        return
    told = Restatement.objects.filter(line__in=found).select_related("by")
    for restatement in told.order_by("at", "pk"):
        found[restatement.line_id].restatements.append(restatement)
