"""The life of a roster import: handed in, checked, committed or sent back.

Each state is left by one UPDATE that expects it, in the transaction of the work: a job
that runs twice, or two people at once, do it once.
"""

from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit, Resident, RosterImport
from communities.rolls import forget_rolls
from communities.roster import files
from communities.roster.heads import told_by_sheet
from communities.roster.known import Reach
from communities.roster.planning import OUTCOMES
from communities.roster.running import Result, check, write
from communities.roster.sentences import sentence
from communities.roster.workbooks import write_marked
from communities.scoping import Scope, scope_of
from communities.turns import hold_still
from toolkit import audit, jobs
from toolkit.history import remember
from toolkit.permissions import permission_name

State = RosterImport.State
PROBLEMS_KEPT = 200
HOMES_KEPT = 5
LONGEST_MESSAGE = 300


class Stale(Exception):  # noqa: N818
    """The file would now write something else than what was shown."""

    def __init__(self, result: Result):
        super().__init__()
        self.result = result


def reach_of(user, unit: OrgUnit) -> Reach:
    """Return where the user may import within the unit; everywhere for no user."""
    if user is None:
        return Reach(unit, Scope(everywhere=True))
    return Reach(unit, scope_of(user, permission_name(Resident, "import")))


def hand_in(*, file: File, unit: OrgUnit, by, purpose: str = "") -> RosterImport:
    """Take a roster file and order its check; raises ValidationError at the gate."""
    roster = take(file=file, unit=unit, by=by, purpose=purpose)
    roster.job = jobs.enqueue(
        "roster-check",
        key=f"roster-check:{roster.pk}",
        title=_("试算名册：%(name)s") % {"name": roster.file_name[:60]},
        by=by,
        payload={"roster": roster.pk},
        return_url=f"/communities/rosters/{roster.pk}/",
    )
    roster.save(update_fields=["job"])
    return roster


def take(*, file: File, unit: OrgUnit, by, purpose: str) -> RosterImport:
    """Store a file that passes the gate as an import to be checked."""
    checked = files.pass_gate(file)
    roster = RosterImport(
        org_unit=unit,
        file_name=checked.name,
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
        purpose=purpose,
        by=by,
    )
    roster.stored_name = files.store(checked)
    try:
        roster.save()
    except Exception:
        files.wipe(roster)
        raise
    return roster


def check_import(
    roster: RosterImport, tell: Callable[[int], None] | None = None
) -> Result | None:
    """Do the dry run of an import; None if it was done before.

    `tell` is told now and then how many rows have been read. Raises ValidationError
    with a sentence if the file is no roster.
    """
    if roster.state != State.CHECKING:
        return None
    try:
        if not files.is_unchanged(roster):
            raise ValidationError(_("上传的文件已经不在，请重新上传。"))
        reach = reach_of(roster.by, roster.org_unit)
        result = check(files.file_of(roster), reach, tell)
    except ValidationError as refusal:
        message = " ".join(refusal.messages)
        move(roster, State.CHECKING, State.REFUSED, message=message)
        raise
    keep_outcome(roster, result, State.CHECKING)
    return result


def keep_outcome(roster: RosterImport, result: Result, since: str, message: str = ""):
    """Write what a pass came to; a file with errors goes back to its author."""
    state = State.REFUSED if result.counts["error"] else State.CHECKED
    if result.plan.problems:
        write_marked(files.marked_path(roster), files.file_of(roster), result.plan)
    move(roster, since, state, message=message, **outcome_of(result))


def outcome_of(result: Result) -> dict:
    """Return the fields of an import that tell what a pass came to."""
    plan, counted = result.plan, result.plan.counts_of_sheets()
    by_place = sorted(plan.problems, key=attrgetter("sheet", "line"))
    problems = [
        {
            "sheet": plan.sheets[one.sheet],
            "line": one.line,
            "column": one.key,
            "text": sentence(one.key, one.code, one.detail),
            "outcome": OUTCOMES[one.outcome],
        }
        for one in by_place[:PROBLEMS_KEPT]
    ]
    headless = told_by_sheet(plan, HOMES_KEPT)
    sheets = [
        {"name": name, "note": note, "counts": counts, "headless": headless.get(at)}
        for at, ((name, note), counts) in enumerate(
            zip(result.notes, counted, strict=True)
        )
    ]
    return {
        "counts": result.counts,
        "sheets": sheets,
        "problems": problems,
        "outcome": plan.digest,
        "checked_at": timezone.now(),
    }


def move(roster: RosterImport, old: str, new: str, **fields) -> bool:
    """Move an import from one state to another; False if another was faster."""
    if "message" in fields:
        fields["message"] = fields["message"][:LONGEST_MESSAGE]
    moved = RosterImport.objects.filter(pk=roster.pk, state=old).update(
        state=new, **fields
    )
    if moved:
        for name, value in (fields | {"state": new}).items():
            setattr(roster, name, value)
    return bool(moved)


@transaction.atomic
def order_commit(*, roster: RosterImport, by, leave_conflicts: bool) -> bool:
    """Have a checked import written; False if that was ordered before.

    Raises ValidationError where rows in conflict need a decision.
    """
    if roster.count("conflict") and not leave_conflicts:
        raise ValidationError(_("有冲突的行。请先改好文件，或确认冲突行不写入。"))
    fields = {"leaves_conflicts": leave_conflicts, "by": by, "message": ""}
    if not move(roster, State.CHECKED, State.COMMITTING, **fields):
        return False
    roster.job = jobs.enqueue(
        "roster-commit",
        # A later check of the same file is ordered anew.
        key=f"roster-commit:{roster.pk}:{roster.checked_at:%Y%m%d%H%M%S%f}",
        title=_("写入名册：%(name)s") % {"name": roster.file_name[:60]},
        by=by,
        payload={"roster": roster.pk},
        return_url=f"/communities/rosters/{roster.pk}/",
    )
    # After a failure the job of this check is there already, and over.
    jobs.reopen(roster.job)
    roster.save(update_fields=["job"])
    note = _("冲突行不写入") if leave_conflicts else ""
    remember(roster, "commit_ordered", _("确认写入"), by=by, note=note)
    return True


def commit_import(roster: RosterImport) -> RosterImport:
    """Write an import in one transaction, once; what has been written stays.

    Raises ValidationError with a sentence, and writes nothing, if the file would now
    come to other outcomes than those shown, or overwrite other values.
    """
    try:
        done = commit(roster.pk)
    except Stale as stale:
        message = why_not(roster, stale.result)
        keep_outcome(roster, stale.result, State.COMMITTING, message)
        raise ValidationError(message) from None
    except ValidationError as refusal:
        message = " ".join(refusal.messages)
        move(roster, State.COMMITTING, State.REFUSED, message=message)
        raise
    if done.state == State.COMMITTED:
        files.wipe(done)
    return done


def why_not(roster: RosterImport, result: Result) -> str:
    """Return why nothing was written: bad rows, or other outcomes than were shown."""
    if roster.outcome:
        return _("检查之后数据有变化，结果与刚才显示的不同，请再看一遍。")
    return _("没有写入：%(errors)d行有错误，%(conflicts)d行有冲突。") % {
        "errors": result.counts["error"],
        "conflicts": result.counts["conflict"],
    }


@transaction.atomic
def commit(pk: int) -> RosterImport:
    """Write the file of an import whose state says so; raises Stale or refuses."""
    rosters = RosterImport.objects.select_for_update(of=("self",))
    roster = rosters.select_related("by", "org_unit").get(pk=pk)
    if roster.state != State.COMMITTING:
        return roster
    if not files.is_unchanged(roster):
        raise ValidationError(_("上传的文件已经不在或被改动，请重新上传。"))
    file, reach = files.file_of(roster), reach_of(roster.by, roster.org_unit)
    if roster.leaves_conflicts:
        result = write_the_rest(roster, file, reach)
    else:
        result = write(file, reach, by=roster.by)
        expect_as_shown(roster, result)
        if result.counts["conflict"]:
            raise Stale(result)
    if result.counts["error"]:
        raise Stale(result)
    audit.record(
        "imported",
        actor=roster.by,
        subject=roster,
        count=result.counts["create"] + result.counts["update"],
        batch=f"roster:{roster.pk}",
        purpose=roster.purpose,
    )
    fields = outcome_of(result) | {"committed_at": timezone.now()}
    move(roster, State.COMMITTING, State.COMMITTED, **fields)
    forget_rolls()
    return roster


def write_the_rest(roster: RosterImport, file, reach: Reach) -> Result:
    """Write a file without its rows in conflict, which one more dry run finds."""
    hold_still()
    shown = check(file, reach)
    expect_as_shown(roster, shown)
    left_out, counts = shown.plan.conflicting(), shown.counts
    # The register is in memory once, not twice.
    del shown
    result = write(file, reach, by=roster.by, left_out=left_out)
    if result.counts != counts:
        raise Stale(result)
    return result


def expect_as_shown(roster: RosterImport, result: Result) -> None:
    """Raise Stale unless a pass comes to what the last check of the import showed."""
    if roster.outcome not in ("", result.plan.digest):
        raise Stale(result)


def import_file(
    path: Path,
    *,
    unit: OrgUnit,
    by=None,
    purpose: str = "",
    leave_conflicts: bool = False,
    dry_run: bool = False,
) -> RosterImport:
    """Import a file of this machine at once; raises ValidationError if it is refused.

    The import is kept among the others; after a refusal it says why.
    """
    with path.open("rb") as opened:
        file = File(opened, name=path.name)
        roster = take(file=file, unit=unit, by=by, purpose=purpose)
    if dry_run:
        check_import(roster)
        return roster
    fields = {"leaves_conflicts": leave_conflicts}
    move(roster, State.CHECKING, State.COMMITTING, **fields)
    return commit_import(roster)
