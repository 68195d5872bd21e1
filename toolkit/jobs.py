"""Long work, safe against lost messages, killed workers and double orders.

    @job_kind("roster-import")
    def run(job): ...                       # returns the result, a JSON dict

    jobs.enqueue("roster-import", key=f"roster:{plan.pk}", title=…, by=user)

The row is inserted in the transaction that orders the work. Whoever runs it holds a
lock that dies with the process, so a killed worker is noticed by the next sweep. What
a kind writes must be safe to repeat: one transaction, or a unique business key.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import OperationalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.exported_files import KEPT_FOR
from toolkit.locks import exclusive
from toolkit.models import Job
from toolkit.registry import Registry

logger = logging.getLogger(__name__)
kinds = Registry("job kind")
file_guards = Registry("guard of the file of a job")
State = Job.State
MAX_ATTEMPTS = 3
LEASE = timedelta(minutes=15)
MOST_SHOWN = 20


def job_kind(slug: str) -> Callable:
    """Register a function (job) -> result dict as the work of a kind of job."""
    return lambda function: kinds.add(slug, function)


def file_guard(slug: str) -> Callable:
    """Register a function (job, user) -> bool: may he have the file of the job now?

    A kind without one hands out no file.
    """
    return lambda function: file_guards.add(slug, function)


def may_fetch(job: Job, user) -> bool:
    """Answer whether the file of a finished job may still be handed to the user."""
    guard = file_guards.get(job.kind)
    return job.by_id == user.pk and guard is not None and guard(job, user)


def recent_of(user, now: datetime, **of) -> models.QuerySet:
    """Return one's own jobs, newest first: those not over, and those of the last day.

    A day is how long their files are kept. `of` may name the kind.
    """
    is_recent = models.Q(finished_at=None) | models.Q(finished_at__gt=now - KEPT_FOR)
    return Job.objects.filter(is_recent, by=user, **of).order_by("-pk")[:MOST_SHOWN]


def enqueue(kind: str, *, key: str, title: str, by=None, **fields) -> Job:
    """Order a job once: the same key returns the job that is already there."""
    job, _created = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "title": title, "by": by} | fields
    )
    transaction.on_commit(lambda: ring(job.pk), robust=True)
    return job


def reopen(job: Job) -> bool:
    """Have a finished job done once more; return whether this call reopened it."""
    reopened = Job.objects.filter(
        pk=job.pk, state__in=(State.DONE, State.FAILED)
    ).update(state=State.WAITING, attempts=0, message="", finished_at=None)
    if reopened:
        transaction.on_commit(lambda: ring(job.pk), robust=True)
    return bool(reopened)


def ring(pk: int) -> None:
    """Tell the worker about a job; the sweep finds it if nobody hears."""
    try:
        current_app.send_task("toolkit.tasks.run_job", args=[pk], retry=False)
    except Exception:
        # Any broker failure: the row stays waiting, which is all that matters.
        logger.warning("the broker is away; job %s waits for the sweep", pk)


def progress(job: Job, done: int, total: int, step: str = "") -> None:
    """Show how far a job is. Call it outside the transaction of the work.

    SQLite lets nobody write who still reads what others have changed since; then the
    work goes on untold.
    """
    job.done_count, job.total_count, job.step = done, total, step or job.step
    try:
        job.save(update_fields=["done_count", "total_count", "step"])
    except OperationalError:
        logger.info("job %s goes on, its progress could not be told", job.pk)


def run(pk: int) -> bool:
    """Run a job if it is due and nobody else runs it; return whether it ran."""
    with exclusive(f"job:{pk}") as held:
        if not held:
            return False
        claimed = Job.objects.filter(pk=pk, state__in=(State.WAITING, State.RUNNING))
        if not claimed.update(
            state=State.RUNNING,
            attempts=models.F("attempts") + 1,
            lease_until=timezone.now() + LEASE,
        ):
            return False
        perform(Job.objects.get(pk=pk))
        return True


def perform(job: Job) -> None:
    """Do the work of a claimed job and write how it ended."""
    if job.attempts > MAX_ATTEMPTS:
        finish(job, State.FAILED, message=_("试了三次都没有完成，请联系系统管理员。"))
        return
    try:
        result = kinds[job.kind](job) or {}
    except ValidationError as refusal:
        finish(job, State.FAILED, message=" ".join(refusal.messages))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        message = _("处理时出错，没有写入任何数据。")
        finish(job, State.FAILED, message=message)
    else:
        finish(job, State.DONE, result=result)


def finish(job: Job, state: str, *, message: str = "", result: dict | None = None):
    """Write the end of a running job, once."""
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(
        state=state,
        message=message[:300],
        result=result or {},
        lease_until=None,
        finished_at=timezone.now(),
    )


def run_waiting() -> int:
    """Run every job that nobody runs: lost messages, killed workers. Return how many.

    A running job whose lock can be taken has lost its worker; its transaction went
    with it, so it may start again.
    """
    unfinished = Job.objects.filter(state__in=(State.WAITING, State.RUNNING))
    return sum(run(pk) for pk in unfinished.order_by("pk").values_list("pk", flat=True))
