"""Long work of this app: checking and writing rosters."""

from django.utils.translation import gettext as _

from communities.models import RosterImport
from communities.roster.actions import check_import, commit_import
from communities.roster.endings import released_on_failure
from toolkit import formats
from toolkit.jobs import job_kind, progress


def roster_of(job) -> RosterImport:
    rosters = RosterImport.objects.select_related("by", "org_unit")
    return rosters.get(pk=job.payload["roster"])


@job_kind("roster-check")
def check_roster(job) -> dict:
    """Go through a roster without writing."""
    roster = roster_of(job)

    def tell(rows: int) -> None:
        words = _("已读 %(rows)s 行。") % {"rows": formats.count(rows)}
        progress(job, rows, 0, words)

    with released_on_failure(roster):
        check_import(roster, tell)
    return {"counts": roster.counts}


@job_kind("roster-commit")
def commit_roster(job) -> dict:
    """Write a checked roster, all of it or nothing."""
    roster = roster_of(job)
    # Outside the transaction of the work; inside it nobody would see it.
    words = _("共 %(rows)s 行。") % {"rows": formats.count(sum(roster.counts.values()))}
    progress(job, 0, 0, words)
    with released_on_failure(roster):
        return {"counts": commit_import(roster).counts}
