"""Whether the frozen reports still fit their digests, and these the audit trail.

A digest covers the words of a report as well as its figures: who it is about, when it
was made, what each figure is called and how it is meant. The trail keeps the digest of
each report and of each explanation from the moment it is written.
"""

from collections.abc import Iterable, Iterator

from reports.models import Report, ReportLine, Restatement
from toolkit.audit import about
from toolkit.models import AuditEvent
from toolkit.proofs import digest_of, proof, unlike

CHUNK = 200
HEAD = ("schedule", "unit_name", "period_start", "period_end", "produced_at", "edition")
WORDS = ("position", "metric", "label", "unit", "meaning", "source", "decimals")


def digest_of_report(report: Report, lines: Iterable[ReportLine]) -> str:
    """Return the digest of a report with its lines, before it is written and after."""
    head = [str(getattr(report, name)) for name in HEAD]
    told = [[*(getattr(line, name) for name in WORDS), line.value] for line in lines]
    return digest_of([head, sorted(told, key=lambda words: words[0])])


def digest_of_restatement(told: Restatement) -> str:
    """Return the digest of an explanation: of which figure, what it says, by whom.

    The figure is named by report and metric; the key of its line says nothing of it.
    """
    figure = [mark_of(told.line.report), told.line.metric]
    return digest_of([*figure, told.value, told.reason, str(told.at), told.by_id])


def former_digest_of(told: Restatement) -> str:
    """Return the digest as the trail kept it when it named the line by its key."""
    return digest_of([told.line_id, told.value, told.reason, str(told.at), told.by_id])


def mark_of(report: Report) -> str:
    """Return the name of a report in the trail: monthly/2026-10/330381002036."""
    return f"{report.schedule}/{report.period.slug}/{report.org_unit.code}"


def digests_of(reports: list[Report]) -> dict:
    """Return what the trail keeps of reports when they are produced."""
    return {"digests": {mark_of(report): report.digest for report in reports}}


def digests_of_restatement(told: Restatement) -> dict:
    """Return what the trail keeps of an explanation when it is given."""
    return {"digests": {str(told.pk): digest_of_restatement(told)}}


def digests_told(verb: str) -> dict[str, list[str]]:
    """Return every digest that the trail has of each report or explanation."""
    told: dict[str, list[str]] = {}
    events = AuditEvent.objects.filter(verb=verb).order_by("pk")
    for event in events.iterator():
        for mark, digest in about(event).get("digests", {}).items():
            told.setdefault(mark, []).append(digest)
    return told


@proof("reports")
def unfit_reports() -> Iterator[str]:
    """Yield a sentence for each report that is not as it was produced, once."""
    told = digests_told("produced")
    for mark in sorted(mark for mark, digests in told.items() if len(digests) > 1):
        yield f"report {mark}: it was produced again"
    reports = Report.objects.select_related("org_unit").prefetch_related("lines")
    for report in reports.order_by("pk").iterator(chunk_size=CHUNK):
        mark = mark_of(report)
        if digest_of_report(report, report.lines.all()) != report.digest:
            yield f"report {mark}: it does not fit its digest"
        yield from unlike(f"report {mark}", told.pop(mark, None), report.digest)
    for mark in sorted(told):
        yield f"report {mark}: it was produced and is gone"


@proof("restatements")
def unfit_restatements() -> Iterator[str]:
    """Yield a sentence for each explanation that is not as it was given."""
    told = digests_told("restated")
    given = Restatement.objects.select_related("line__report__org_unit")
    for one in given.order_by("pk").iterator():
        fitting = (digest_of_restatement(one), former_digest_of(one))
        yield from unlike(
            f"restatement {one.pk}", told.pop(str(one.pk), None), *fitting
        )
    for mark in sorted(told, key=int):
        yield f"restatement {mark}: it was given and is gone"
