"""The pages of the reports: overview, one period, one unit, the table as a file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports import actions, pages
from reports.calendar import ReportCalendar
from reports.comparison import heads_and_corrections
from reports.files import file_response
from reports.models import Report, ReportLine
from reports.schedules import Schedule, schedules
from reports.tables import heads_and_rows
from reports.unit_page import unit_page
from toolkit import formats
from toolkit.forms import NoteForm
from toolkit.metrics import definitions
from toolkit.periods import Period
from toolkit.policy import requires
from toolkit.refusals import not_found
from toolkit.spreadsheets import Table


def schedule_named(slug: str) -> Schedule:
    """Return a schedule; 404 with a sentence for a name that there is not."""
    if slug not in schedules:
        known = formats.listed(one.label for one in schedules.values())
        raise Http404(_("没有这种报表，现有：%(known)s。") % {"known": known})
    return schedules[slug]


def issue_named(schedule: str, period: str) -> tuple[Schedule, Period]:
    """Return schedule and period of a URL; 404 with a sentence for nonsense."""
    found = schedule_named(schedule)
    try:
        asked = found.parse(period)
    except ValueError as refusal:
        raise Http404(str(refusal)) from refusal
    if asked.ends_at > timezone.now():
        sentence = _("%(period)s还没有结束，%(day)s零点以后自动生成。")
        facts = {"period": asked.label, "day": formats.cn_date(asked.end)}
        raise Http404(sentence % facts)
    return found, asked


@requires("reports.view_report")
@require_safe
def overview(request):
    """Show which reports there are, are being made or are missing."""
    asked = request.GET.get("schedule", "")
    chosen = schedule_named(asked) if asked else None
    calendar = ReportCalendar(request.user, timezone.now())
    context = {
        "blocks": calendar.blocks(chosen),
        "chosen": chosen,
        "is_empty": calendar.is_empty,
        "since": calendar.since,
        "profile": pages.street_profile(request.user) if calendar.is_empty else "",
        "breadcrumbs": pages.crumbs((str(chosen), "")) if chosen else [],
    }
    return render(request, "reports/overview.html", context)


@requires("reports.view_report")
@require_safe
def show_period(request, schedule, period):
    """Show the report of a period: the unit above in words, all units as a table."""
    found, asked = issue_named(schedule, period)
    reports = pages.reports_for(request.user, found, asked)
    if not reports:
        context = pages.missing_page(request.user, found, asked)
        return render(request, "reports/missing.html", context)
    context = pages.period_page(request.user, found, asked, reports, request.GET)
    return render(request, "reports/period.html", context)


def reports_of(schedule: Schedule, period: Period):
    """Return the reports of a period, whoever may see them."""
    return Report.objects.filter(schedule=schedule.slug, period_start=period.start)


@requires("reports.view_report")
@require_safe
def show_unit(request, schedule, period, code):
    """Show the report of one unit: every figure beside that of the period before."""
    found, asked = issue_named(schedule, period)
    mine = pages.reports_for(request.user, found, asked)
    report = next((one for one in mine if one.org_unit.code == code), None)
    if report is None:
        named = reports_of(found, asked).filter(org_unit__code=code)
        words = _("没有这个单位的报表，或不在您的工作范围。")
        raise not_found(request.user, "reports.view_report", named, words)
    wanted = request.GET.get("metric", "")
    context = unit_page(request.user, found, report, wanted)
    return render(request, "reports/unit.html", context)


@requires("reports.view_report")
@require_safe
def hand_out_file(request, schedule, period, kind):
    """Hand out the table of a period as XLSX or CSV; written down as an export."""
    found, asked = issue_named(schedule, period)
    reports = pages.reports_for(request.user, found, asked)
    if not reports:
        raise Http404(_("没有这份文件。"))
    sheet = pages.sheet_of(request.user, reports)
    heads, rows = heads_and_rows(sheet)
    moment = max(report.produced_at for report in reports)
    facts = {
        _("时段"): formats.cn_span(asked.start, asked.last_day),
        _("生成时间"): formats.cn_datetime(moment),
    }
    if sheet.since:
        facts[_("说明")] = sheet.since
    title, told = found.title_of(asked), pages.corrections_told(sheet)
    further = [Table(_("更正"), *heads_and_corrections(told))] if told else []
    return file_response(request, kind, title, heads, rows, facts, further)


@requires("reports.add_report")
@require_POST
def order(request, schedule, period):
    """Have the worker make the missing reports of a period now."""
    found, asked = issue_named(schedule, period)
    try:
        actions.order_for(request.user, found, asked)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("已交给后台生成，请稍后刷新。"))
    return redirect("reports:period", found.slug, asked.slug)


@requires("reports.add_restatement")
def restate(request, pk):
    """Ask why a frozen figure differs from the records now, and write it down."""
    mine = Report.objects.in_scope_of(request.user)
    lines = ReportLine.objects.filter(report__in=mine, metric__in=definitions())
    line = lines.filter(pk=pk).select_related("report__org_unit").first()
    if line is None or not request.user.has_perm("reports.add_restatement", line):
        named = ReportLine.objects.filter(pk=pk)
        raise not_found(request.user, "reports.add_restatement", named)
    form, report = NoteForm(request.POST or None), line.report
    back = reverse("reports:period", args=[report.schedule, report.period.slug])
    if form.is_valid():
        reason = form.cleaned_data["note"]
        try:
            actions.restate(line, reason=reason, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("已记下更正原因。"))
            return redirect(f"{back}#restate")
    context = pages.restate_page(report, line, form, back)
    status = 422 if form.is_bound else 200
    return render(request, "reports/restate.html", context, status=status)
