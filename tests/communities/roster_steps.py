"""What the tests of the roster do with a file: hand in, check, commit."""

from django.core.files.uploadedfile import SimpleUploadedFile

from communities.models import RosterImport
from communities.roster.actions import hand_in, order_commit
from toolkit import jobs


def handed_in(data: bytes, unit, by, name: str = "名册.xlsx") -> RosterImport:
    """Hand a file in; the worker has not seen it yet."""
    file = SimpleUploadedFile(name, data)
    return hand_in(file=file, unit=unit, by=by, purpose="入户核查")


def checked(data: bytes, unit, by, name: str = "名册.xlsx") -> RosterImport:
    """Hand a file in and let the worker go through it."""
    return worked_on(handed_in(data, unit, by, name))


def committed(data: bytes, unit, by, *, leave_conflicts=False) -> RosterImport:
    """Hand a file in, have it checked and written; it must have got so far."""
    roster = checked(data, unit, by)
    assert roster.state == roster.State.CHECKED, roster.problems or roster.message
    ordered = order_commit(roster=roster, by=by, leave_conflicts=leave_conflicts)
    assert ordered
    roster = worked_on(roster)
    assert roster.state == roster.State.COMMITTED, roster.message
    return roster


def worked_on(roster: RosterImport) -> RosterImport:
    """Let the worker do the job of an import; return what became of it."""
    roster.refresh_from_db()
    assert jobs.run(roster.job_id)
    roster.refresh_from_db()
    return roster


def said(roster: RosterImport) -> list[str]:
    """Return the sentences about the rows of a file."""
    return [problem["text"] for problem in roster.problems]
