"""What must be done as time passes. Each duty reads what is due from the database.

    @duty("reports")
    def produce_due_reports(now): ...      # returns how much was done

Duties run every 30 seconds, perhaps twice at once, perhaps after a week's pause.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from toolkit import chain, exported_files, jobs
from toolkit.registry import Registry
from toolkit.sync import photos
from toolkit.workflow import workflows

logger = logging.getLogger(__name__)
duties = Registry("duty")


def duty(slug: str) -> Callable:
    """Register a function (now) -> count as a duty."""
    return lambda function: duties.add(slug, function)


@duty("escalations")
def escalate_overdue_cases(now: datetime) -> int:
    """Apply the escalations that are due in every workflow."""
    return sum(workflow.escalate_overdue(now) for workflow in workflows.values())


@duty("audit-seal")
def seal_audit_trail(now: datetime) -> int:
    """Chain the audit events committed since the last time."""
    return chain.seal()


@duty("export-expiry")
def wipe_old_exports(now: datetime) -> int:
    """Remove exported lists after the day for which they are kept."""
    return exported_files.wipe_old(now)


@duty("photo-expiry")
def drop_stale_photos(now: datetime) -> int:
    """Forget photos from phones of which the rest never came."""
    return photos.drop_stale(now)


@duty("jobs")
def run_waiting_jobs(now: datetime) -> int:
    """Run jobs whose message or worker was lost."""
    return jobs.run_waiting()


def perform_all(now: datetime) -> dict[str, int]:
    """Perform every duty once; one that fails does not keep the others from theirs."""
    done = {}
    # Jobs come last, so that what a duty has just ordered is done in the same round.
    for slug, perform in sorted(duties.items(), key=lambda item: item[0] == "jobs"):
        try:
            done[slug] = perform(now)
        except Exception:
            logger.exception("duty %s failed", slug)
            done[slug] = -1
    return done
