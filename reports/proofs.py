"""Whether the frozen reports still fit their digests, and these the audit trail."""

from collections.abc import Iterator

from reports.figures import digest_of
from reports.models import Report
from toolkit.audit import about
from toolkit.models import AuditEvent
from toolkit.proofs import proof

CHUNK = 200


def mark_of(report: Report) -> str:
    """Return the name of a report in the trail: monthly/2026-10/330381002036."""
    return f"{report.schedule}/{report.period.slug}/{report.org_unit.code}"


def digests_of(reports: list[Report]) -> dict:
    """Return what the trail keeps of reports when they are produced."""
    return {"digests": {mark_of(report): report.digest for report in reports}}


def digests_told() -> dict[str, str]:
    """Return the digest of each report that the trail says was produced."""
    told: dict[str, str] = {}
    events = AuditEvent.objects.filter(verb="produced").order_by("pk")
    for event in events.iterator():
        told |= about(event).get("digests", {})
    return told


@proof("reports")
def unfit_reports() -> Iterator[str]:
    """Yield a sentence for each report that is not as it was produced.

    Of reports from before the trail kept digests, the figures alone are checked.
    """
    told = digests_told()
    reports = Report.objects.select_related("org_unit").prefetch_related("lines")
    for report in reports.order_by("pk").iterator(chunk_size=CHUNK):
        mark = mark_of(report)
        if digest_of({line.metric: line.value for line in report.lines.all()}) != (
            report.digest
        ):
            yield f"report {mark}: its figures do not fit its digest"
        if told.pop(mark, report.digest) != report.digest:
            yield f"report {mark}: its digest is not the one in the audit trail"
    for mark in sorted(told):
        yield f"report {mark}: it was produced and is gone"
