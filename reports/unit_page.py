"""The page of one unit's report: each figure with the one before and its meaning."""

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.charts import chart_of
from reports.models import Report, ReportLine
from reports.pages import (
    corrections_shown,
    crumbs,
    file_actions,
    frame,
    sheet_of,
)
from reports.schedules import Schedule
from reports.summary import summary_of
from reports.tables import title_of
from toolkit import formats
from toolkit.periods import Period


def unit_page(user, schedule: Schedule, report: Report, asked: str) -> dict:
    """Return the page of one unit's report."""
    sheet = sheet_of(user, [report])
    period = report.period
    page = frame(schedule, period)
    lines = list(sheet.lines.values())
    before = values_before(report)
    return (
        page
        | {
            "sheet": sheet,
            "report": report,
            "title": f"{report.unit_name}{page['title']}",
            "summary": summary_of(sheet),
            "chart": chart_of(report, lines, asked),
            "groups": groups_of(sheet, report, lines, before),
            "has_before": bool(before),
            "chip": {"text": _("已生成，已锁定"), "tone": "done"},
            "facts": [
                _("%(moment)s生成")
                % {"moment": formats.cn_datetime(report.produced_at)}
            ],
            "actions": file_actions(schedule, period),
            "breadcrumbs": crumbs(
                (page["title"], period_url(report)), (report.unit_name, "")
            ),
        }
        | {
            "previous": beside(report, period.previous(), page["previous"]),
            "next": beside(report, period.next(), page["next"]),
        }
        | corrections_shown(user, sheet)
    )


def beside(report: Report, period: Period, found: dict) -> dict:
    """Return the unit's report of another period; the whole period if it has none."""
    others = Report.objects.filter(
        schedule=report.schedule,
        org_unit=report.org_unit_id,
        period_start=period.start,
    )
    if found["url"] and others.exists():
        args = [report.schedule, period.slug, report.org_unit.code]
        return found | {"url": reverse("reports:unit", args=args)}
    return found


def period_url(report: Report) -> str:
    return reverse("reports:period", args=[report.schedule, report.period.slug])


def values_before(report: Report) -> dict:
    """Return {slug: value} of the same unit in the period before, {} for no report."""
    lines = ReportLine.objects.filter(
        report__schedule=report.schedule,
        report__org_unit=report.org_unit_id,
        report__period_start=report.period.previous().start,
    )
    return dict(lines.values_list("metric", "value"))


def groups_of(sheet, report: Report, lines: list[ReportLine], before: dict) -> list:
    """Return the lines under the names of the apps that gave them."""
    groups: dict[str, list[dict]] = {}
    for line in lines:
        groups.setdefault(line.app, []).append(
            {
                "line": line,
                "cell": sheet.cell(report, line.metric),
                "before": formats.number(before.get(line.metric), line.decimals),
                "change": change_text(line, before.get(line.metric)),
            }
        )
    return [{"title": title_of(app), "rows": rows} for app, rows in groups.items()]


def change_text(line: ReportLine, before) -> str:
    """Return 增加12次, 上升0.8个百分点 or 持平, "" where one of them is not known."""
    if line.value is None or before is None:
        return ""
    difference = line.value - before
    if not difference:
        return _("持平")
    count = formats.number(abs(difference), line.decimals)
    if line.unit == "%":
        words = _("上升%(count)s个百分点"), _("下降%(count)s个百分点")
    else:
        words = _("增加%(count)s%(unit)s"), _("减少%(count)s%(unit)s")
    return words[difference < 0] % {"count": count, "unit": line.unit}
