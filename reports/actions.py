"""Making reports: what is due, the order to the worker, the figures frozen once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import chain, islice
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import FIRST_REPORT_DAY, OrgUnit, UnitProfile
from reports.figures import edition, figures_of
from reports.models import Report, ReportLine, Restatement
from reports.proofs import digest_of_report, digests_of, digests_of_restatement
from reports.schedules import Schedule, schedules
from reports.units import existed, reported_units, units_in
from toolkit import audit, formats, jobs
from toolkit.metrics import definitions
from toolkit.models import AuditEvent, Job
from toolkit.periods import CHINA, Period

# How many periods one round of the duty orders; the rest waits for the next round.
BATCH = 24
# After a failed run the next one waits, so that a broken metric does not spin.
COOL_OFF = timedelta(minutes=10)


# What is due


def reports_since() -> date | None:
    """Return the day from which reports are made; None before anything happened.

    The street's own setting, else the day of the first act on record. A day too early
    for any report, which only an older form let in, counts as not set.
    """
    set_days = UnitProfile.objects.filter(
        org_unit__level=OrgUnit.Level.STREET, reports_since__gte=FIRST_REPORT_DAY
    )
    days = set_days.values_list("reports_since", flat=True)
    if days:
        return min(days)
    # Setting the portal up is no work of the office yet.
    acts = AuditEvent.objects.exclude(verb="ran").order_by("pk")
    first = acts.values_list("at", flat=True).first()
    return first.astimezone(CHINA).date() if first else None


def precedes_reports(period: Period) -> bool:
    """Answer whether a period ended before the day from which reports are made."""
    since = reports_since()
    return since is not None and period.end <= since


def since_sentence() -> str:
    """Return 报表自2026年6月2日起，此前不生成。"""
    day = formats.cn_date(reports_since())
    return _("报表自%(day)s起，此前不生成。") % {"day": day}


def due_periods(now: datetime) -> list[tuple[Schedule, Period]]:
    """Return every ended period in which a unit has no report, the oldest first."""
    since = reports_since()
    units = list(reported_units())
    if since is None or not units:
        return []
    made = Report.objects.filter(period_end__gt=since).order_by()
    had = set(made.values_list("schedule", "period_start", "org_unit_id"))
    due = [
        (schedule, period)
        for schedule in schedules.values()
        for period in schedule.complete(since, now)
        if any(
            existed(unit, period) and (schedule.slug, period.start, unit.pk) not in had
            for unit in units
        )
    ]
    return sorted(due, key=lambda pair: (pair[1].end, pair[1].start))


def produce_due_reports(now: datetime) -> int:
    """Order a job for each period that is due; return how many are under way."""
    resting = Job.objects.filter(
        kind="report", state=Job.State.FAILED, finished_at__gt=now - COOL_OFF
    )
    skipped = set(resting.values_list("key", flat=True))
    due = (pair for pair in due_periods(now) if key_of(*pair) not in skipped)
    return len([order(*pair) for pair in islice(due, BATCH)])


def key_of(schedule: Schedule, period: Period) -> str:
    """Return the business key that keeps a period from being ordered twice."""
    return f"report:{schedule.slug}:{period.slug}"


@transaction.atomic
def order_for(user, schedule: Schedule, period: Period) -> Job:
    """Order the missing reports of a period for a person, and write that down.

    Raises ValidationError for a period before all reports: its zeros would be frozen.
    """
    if precedes_reports(period):
        raise ValidationError(since_sentence())
    audit.record(
        "ordered",
        actor=user,
        purpose=schedule.title_of(period),
        batch=f"reports.report:{schedule.slug} {period.slug}",
        reach=Report.objects.reach_of(user),
    )
    return order(schedule, period, by=user)


def order(schedule: Schedule, period: Period, by=None) -> Job:
    """Have the worker make the reports of a period; once, however often it is asked.

    What the duty orders by itself is told by what is then produced.
    """
    job = jobs.enqueue(
        "report",
        key=key_of(schedule, period),
        title=_("生成%(report)s") % {"report": schedule.title_of(period)},
        by=by,
        payload={"schedule": schedule.slug, "period": period.slug},
    )
    if job.is_over:
        jobs.reopen(job)
    return job


# Making them


def produce(schedule: Schedule, period: Period) -> int:
    """Freeze every metric of every unit for the period; return how many were made.

    Units that have their report keep it. Two runs at once, or one killed half way,
    leave exactly one report for each unit.
    """
    made = Report.objects.filter(schedule=schedule.slug, period_start=period.start)
    had = set(made.values_list("org_unit_id", flat=True))
    missing = [unit for unit in units_in(period) if unit.pk not in had]
    if not missing:
        return 0
    moment, batch = timezone.now(), uuid4()
    figures = figures_of(missing, period)
    mark = edition()
    drafts = [
        Report(
            schedule=schedule.slug,
            org_unit=unit,
            unit_name=unit.name,
            period_start=period.start,
            period_end=period.end,
            produced_at=moment,
            edition=mark,
            batch=batch,
        )
        for unit in missing
    ]
    for draft in drafts:
        lines = lines_of(draft, figures[draft.org_unit_id])
        draft.digest = digest_of_report(draft, lines)
    return freeze(drafts, figures, batch)


@transaction.atomic
def freeze(drafts: list[Report], figures: dict, batch: UUID) -> int:
    """Write the reports that nobody wrote meanwhile, with lines; return how many."""
    Report.objects.bulk_create(drafts, ignore_conflicts=True)
    # Of a conflict the other run's row stays, and with it the other run's lines.
    ours = list(Report.objects.filter(batch=batch).select_related("org_unit"))
    lines = chain.from_iterable(lines_of(one, figures[one.org_unit_id]) for one in ours)
    ReportLine.objects.bulk_create(lines, batch_size=500)
    if ours:
        audit.record(
            "produced",
            count=len(ours),
            batch=f"reports.report:{batch}",
            about=digests_of(ours),
        )
    return len(ours)


def lines_of(report: Report, figures: dict) -> Iterable[ReportLine]:
    """Yield the lines of a report, with the words that its metrics have today."""
    for position, one in enumerate(definitions().values(), start=1):
        yield ReportLine(
            report=report,
            position=position,
            metric=one.slug,
            label=str(one.label),
            unit=str(one.unit),
            meaning=str(one.meaning),
            source=str(one.source),
            decimals=one.decimals,
            value=figures[one.slug],
        )


@transaction.atomic
def restate(line: ReportLine, *, reason: str, by) -> Restatement:
    """Write down why a frozen figure differs from the records of this moment.

    Where it was explained and has returned since, that is written down too. Raises
    ValidationError where there is nothing new to explain.
    """
    # Of two at once the second waits here, and then finds what the first explained.
    lines = ReportLine.objects.select_for_update(of=("self",))
    line = lines.select_related("report__org_unit").get(pk=line.pk)
    report = line.report
    chosen = [definitions()[line.metric]]
    now = figures_of([report.org_unit], report.period, chosen)
    value = now[report.org_unit_id][line.metric]
    told = line.restatements.last()
    if value == (told.value if told else line.value):
        raise ValidationError(
            _("这个数字已经说明过，记录没有再变。")
            if told
            else _("这个数字与现在的记录一致，不用说明。")
        )
    told = Restatement.objects.create(
        line=line, value=value, reason=reason.strip(), by=by
    )
    audit.record(
        "restated",
        actor=by,
        subject=report,
        fields=[line.metric],
        about=digests_of_restatement(told),
    )
    return told
