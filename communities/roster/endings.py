"""Imports that end without being written: let go, dropped, expired, wiped."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communities.models import RosterImport
from communities.roster import files
from communities.roster.actions import move
from toolkit.history import remember
from toolkit.models import Job

State = RosterImport.State
AT_WORK = (State.CHECKING, State.COMMITTING)
KEPT_FOR = timedelta(days=7)
LONGEST_COMMAND = timedelta(hours=6)


def release(roster: RosterImport) -> bool:
    """Let go of an import whose job has failed, so that it can be tried again."""
    if roster.state == State.COMMITTING:
        message = _("上次写入中断，没有写入任何数据，可以再写一次。")
        return move(roster, State.COMMITTING, State.CHECKED, message=message)
    message = _("没有试算完，没有写入任何数据，请重新上传。")
    return move(roster, State.CHECKING, State.REFUSED, message=message)


@contextmanager
def released_on_failure(roster: RosterImport) -> Iterator[None]:
    """Let go of an import at once when its work breaks off; the failure goes on."""
    try:
        yield
    except Exception:
        release(roster)
        raise


def release_given_up(now: datetime) -> int:
    """Let go of imports that nobody works on; return how many.

    Their job was given up, as after three killed workers, or they were begun on the
    command line, without a job, and broken off.
    """
    given_up = Q(job__state=Job.State.FAILED)
    broken_off = Q(job=None, created_at__lt=now - LONGEST_COMMAND)
    at_work = RosterImport.objects.filter(state__in=AT_WORK)
    return sum(map(release, at_work.filter(given_up | broken_off)))


def drop(*, roster: RosterImport, by) -> bool:
    """Give up a checked import and wipe its file; False if another was faster.

    A wrong file holds whole numbers as well: it need not stay until it expires.
    """
    with transaction.atomic():
        if not move(roster, State.CHECKED, State.DROPPED):
            return False
        remember(roster, "dropped", _("不写入，删除文件"), by=by)
    # Once it is certain; after a crash in between the file expires as any other.
    files.wipe(roster)
    return True


def expire_imports(now: datetime) -> int:
    """Wipe files of imports that nobody committed for a week; return how many."""
    old = RosterImport.objects.filter(created_at__lt=now - KEPT_FOR)
    expired = 0
    for roster in old.exclude(state__in=AT_WORK).exclude(stored_name=""):
        is_open = roster.state == State.CHECKED
        # Whoever orders the commit at this moment keeps his file.
        if is_open and not move(roster, State.CHECKED, State.EXPIRED):
            continue
        files.wipe(roster)
        expired += 1
    return expired


def wipe_strays(now: datetime) -> int:
    """Remove files that no import knows, as a crash in mid-upload leaves; how many."""
    old = now.timestamp() - KEPT_FOR.total_seconds()
    names = RosterImport.objects.exclude(stored_name="")
    known = {Path(name).stem for name in names.values_list("stored_name", flat=True)}
    strays = [
        path
        for path in files.folder().iterdir()
        if path.stem.removesuffix(files.MARKED) not in known
        and path.stat().st_mtime < old
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
