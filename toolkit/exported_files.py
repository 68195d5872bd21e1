"""Where exported lists lie for a day, and that they go afterwards."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings

KEPT_FOR = timedelta(hours=24)


def folder() -> Path:
    """Return the folder of exported lists; only the portal looks into it."""
    path = Path(settings.VAR_DIR) / "exports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_for(label: str, extension: str) -> Path:
    """Return where a new list of a model is written, by the label of the model."""
    return folder() / f"{label}-{uuid4()}.{extension}"


def wipe_of(label: str) -> int:
    """Remove every list of a model; return how many."""
    found = list(folder().glob(f"{label}-*"))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def wipe_old(now: datetime) -> int:
    """Remove lists that can no longer be fetched; return how many."""
    oldest = (now - KEPT_FOR).timestamp()
    old = [path for path in folder().iterdir() if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
