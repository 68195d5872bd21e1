"""What the pages of the reports show, gathered for their templates."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from communities.models import OrgUnit, UnitProfile
from reports.actions import (
    key_of,
    precedes_reports,
    reports_since,
    since_sentence,
)
from reports.calendar import FAILED, MISSING, UNDER_WAY, UNDER_WAY_STATES
from reports.charts import chart_of
from reports.comparison import Correction, corrections_of
from reports.links import RowLinks
from reports.models import Report, ReportLine
from reports.schedules import Schedule, is_reported
from reports.summary import summary_of
from reports.tables import Sheet
from reports.units import existed, top_of, units_for
from toolkit import formats
from toolkit.models import Job
from toolkit.periods import Period

CORRECTIONS_SHOWN = 5


def sheet_of(user, reports: list[Report]) -> Sheet:
    """Return the figures of the reports of one period, compared with today's rows."""
    period = reports[0].period
    lines = list(ReportLine.objects.filter(report__in=reports).order_by("position"))
    top_unit = top_of([report.org_unit for report in reports])
    top = next((one for one in reports if one.org_unit == top_unit), None)
    return Sheet(
        reports=reports,
        top=top,
        lines={(line.report_id, line.metric): line for line in lines},
        corrections=corrections_of(reports, lines),
        links=RowLinks(user, period),
        since=since_words(period),
    )


def reports_for(user, schedule: Schedule, period: Period) -> list[Report]:
    """Return the reports of a period that a user may see, by code of the unit."""
    mine = Report.objects.in_scope_of(user).filter(
        schedule=schedule.slug, period_start=period.start
    )
    return list(mine.select_related("org_unit").order_by("org_unit__path"))


def frame(schedule: Schedule, period: Period) -> dict:
    """Return what every page about a period has: title, days, neighbours."""
    return {
        "schedule": schedule,
        "period": period,
        "title": schedule.title_of(period),
        "days": days_of(period),
        "previous": one_before(schedule, period),
        "next": neighbour(schedule, period.next()),
    }


def days_of(period: Period) -> str:
    """Return 10月1日至10月31日; with years where the period spans two."""
    if period.start.year != period.last_day.year:
        return formats.cn_span(period.start, period.last_day)
    days = {
        "first": formats.cn_day(period.start),
        "last": formats.cn_day(period.last_day),
    }
    return _("%(first)s至%(last)s") % days


def since_words(period: Period) -> str:
    """Return 记录自6月1日起 where the records begin inside the period, else "".

    Such a report stands for its last part alone, though the period has a whole name.
    """
    since = reports_since()
    if since is None or not period.start < since < period.end:
        return ""
    day = formats.cn_day(since)
    if period.start.year != period.last_day.year:
        day = formats.cn_date(since)
    return _("记录自%(day)s起") % {"day": day}


def neighbour(schedule: Schedule, period: Period) -> dict:
    """Return another period; one not over, or before all reports, has no page."""
    is_there = is_reported(period) and period.end <= timezone.localdate()
    url = reverse("reports:period", args=[schedule.slug, period.slug])
    return {"label": period.label, "url": url if is_there else ""}


def one_before(schedule: Schedule, period: Period) -> dict:
    """Return the period before; one before all reports has a page if it was made."""
    period = period.previous()
    made = Report.objects.filter(schedule=schedule.slug, period_start=period.start)
    found = neighbour(schedule, period)
    if found["url"] and precedes_reports(period) and not made.exists():
        found["url"] = ""
    return found


def first_report(schedule: Schedule) -> dict:
    """Return the first period of a schedule for which a report is made."""
    return neighbour(schedule, schedule.period_of(reports_since()))


def crumbs(*steps: tuple[str, str]) -> list[dict]:
    """Return the way from the overview to a page; the last step has no address."""
    home = {"label": _("报表"), "url": reverse("reports:overview")}
    return [home, *({"label": label, "url": url or None} for label, url in steps)]


def period_page(user, schedule: Schedule, period: Period, reports, query) -> dict:
    """Return the page of a period: sentences, corrections, chart and table.

    `query` may name the metric of the chart and the part of the table.
    """
    sheet = sheet_of(user, reports)
    page = frame(schedule, period)
    top = sheet.top
    lines = [line for (pk, _slug), line in sheet.lines.items() if top and pk == top.pk]
    return (
        page
        | {
            "sheet": sheet,
            "table": sheet.table(query.get("part", "")),
            "summary": summary_of(sheet),
            "chart": chart_of(top, lines, query.get("metric", "")) if top else None,
            "actions": file_actions(schedule, period),
            "breadcrumbs": crumbs((page["title"], "")),
        }
        | completeness(user, period, reports)
        | corrections_shown(user, sheet)
    )


def completeness(user, period: Period, reports: list[Report]) -> dict:
    """Return the chip and the line that say how complete the reports are."""
    expected = sum(existed(unit, period) for unit in units_for(user))
    moment = formats.cn_datetime(max(report.produced_at for report in reports))
    facts = [_("%(moment)s生成") % {"moment": moment}]
    if expected > 1:
        counts = {"expected": expected, "made": len(reports)}
        facts.insert(0, _("应报 %(expected)s 个单位，已生成 %(made)s 个") % counts)
    chip = {"text": _("已生成，已锁定"), "tone": "done"}
    if len(reports) < expected:
        lacking = {"count": expected - len(reports)}
        chip = {"text": _("缺 %(count)s 个单位") % lacking, "tone": "wait"}
    return {"facts": facts, "chip": chip}


def corrections_told(sheet: Sheet) -> list[Correction]:
    """Return the corrections of a sheet.

    The whole is not told where a part of it tells the difference, unless somebody
    explained the whole.
    """
    every = sheet.corrections.values()
    parts = {one.line.metric for one in every if one.report is not sheet.total}
    return [
        one
        for one in every
        if one.restatements
        or one.report is not sheet.total
        or one.line.metric not in parts
    ]


def corrections_shown(user, sheet: Sheet) -> dict:
    """Return what was explained, and the first few of the other corrections."""
    found = corrections_told(sheet)
    explained = [one for one in found if one.restatements]
    others = [one for one in found if not one.restatements]
    room = max(0, CORRECTIONS_SHOWN - len(explained))
    return {
        "corrections": explained + others[:room],
        "more_corrections": len(others[room:]),
        "may_explain": user.has_perm("reports.add_restatement"),
    }


def file_actions(schedule: Schedule, period: Period) -> list[dict]:
    """Return the links that hand out the table as a file."""
    return [
        {
            "label": label,
            "icon": "download",
            "url": reverse("reports:file", args=[schedule.slug, period.slug, kind]),
        }
        for kind, label in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


def missing_page(user, schedule: Schedule, period: Period) -> dict:
    """Return the page of a period that has ended but has no report yet."""
    page = frame(schedule, period)
    job = Job.objects.filter(key=key_of(schedule, period)).first()
    is_early = precedes_reports(period)
    state = MISSING
    if job is not None and job.state in UNDER_WAY_STATES:
        state = UNDER_WAY
    elif job is not None and job.state == Job.State.FAILED and not is_early:
        state = FAILED
    return page | {
        "state_name": state,
        "job": job,
        "next": first_report(schedule) if is_early else page["next"],
        "not_before": since_sentence() if is_early else "",
        "profile": street_profile(user),
        "may_order": user.has_perm("reports.add_report") and not is_early,
        "breadcrumbs": crumbs((page["title"], "")),
    }


def street_profile(user) -> str:
    """Return 街道简介, as a link for who may set there since when reports are made."""
    found = UnitProfile.objects.filter(org_unit__level=OrgUnit.Level.STREET)
    profile = found.select_related("org_unit").first()
    if profile is None or not user.has_perm("communities.change_unitprofile", profile):
        return _("街道简介")
    url = reverse("communities:unitprofile-update", args=[profile.pk])
    return format_html('<a href="{}">{}</a>', url, _("街道简介"))


def restate_page(report: Report, line: ReportLine, form, back: str) -> dict:
    """Return the question why a frozen figure differs from the records now."""
    return {
        "report": report,
        "line": line,
        "form": form,
        "title": _("说明更正原因"),
        "cancel_url": back,
        "now": corrections_of([report], [line]).get(line.pk),
        "breadcrumbs": crumbs((report.title, back), (_("说明更正原因"), "")),
    }
