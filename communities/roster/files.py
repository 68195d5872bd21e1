"""Roster files on disk: from the gate for uploads to the day they are wiped.

They hold whole ID numbers and phones, so they lie in a folder of their own that only
the portal may read, and go as soon as the import is over.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from communities.models import RosterImport
from communities.roster.running import RosterFile
from toolkit.uploads import TABLES, Checked, validate_upload

MEGABYTE = 1024 * 1024
# A street of a hundred thousand is nine megabytes, ninety unpacked.
MOST_BYTES = 40 * MEGABYTE
MOST_UNPACKED = 500 * MEGABYTE
MARKED = "-marked"


def folder() -> Path:
    """Return the folder of roster files; nobody else may look into it."""
    path = Path(settings.VAR_DIR) / "rosters"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def pass_gate(file: File) -> Checked:
    """Check a file that is handed in; raises ValidationError with a sentence."""
    return validate_upload(
        file, kinds=TABLES, most_bytes=MOST_BYTES, most_unpacked=MOST_UNPACKED
    )


def store(checked: Checked) -> str:
    """Keep a checked file; return the random name under which it lies."""
    path = folder() / checked.file.name
    path.touch(mode=0o600)
    path.write_bytes(checked.file.read())
    return path.name


def path_of(roster: RosterImport) -> Path:
    return folder() / roster.stored_name


def marked_path(roster: RosterImport) -> Path:
    """Return where the file with comments on its bad cells lies."""
    return folder() / f"{Path(roster.stored_name).stem}{MARKED}.xlsx"


def file_of(roster: RosterImport) -> RosterFile:
    return RosterFile(path_of(roster), roster.kind)


def has_marked(roster: RosterImport) -> bool:
    """Whether the file with comments can be fetched."""
    return bool(roster.stored_name) and marked_path(roster).is_file()


def is_unchanged(roster: RosterImport) -> bool:
    """Whether the file is still there, byte for byte."""
    path = path_of(roster)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == roster.sha256


def wipe(roster: RosterImport) -> None:
    """Remove the file and what was made of it; the import no longer names it."""
    if roster.stored_name:
        path_of(roster).unlink(missing_ok=True)
        marked_path(roster).unlink(missing_ok=True)
    if roster.pk:
        RosterImport.objects.filter(pk=roster.pk).update(stored_name="")
    roster.stored_name = ""
