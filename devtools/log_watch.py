"""Show on the terminal the errors that a process writes to its log."""

import re
from dataclasses import dataclass
from pathlib import Path

# gunicorn and Celery begin a record with "[2026-…", our own loggers with "2026-…".
NEW_RECORD = re.compile(r"\[?\d{4}-\d\d-\d\d[ T]")
TROUBLE = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback ")


@dataclass
class LogWatch:
    """Reads what was added to a log since the last look."""

    path: Path
    position: int = 0
    rest: bytes = b""
    in_trouble: bool = False

    def skip_to_end(self) -> None:
        """Forget what earlier runs have written."""
        self.position = self.path.stat().st_size if self.path.exists() else 0

    def new_errors(self) -> list[str]:
        """Return the new lines that belong to an error, tracebacks included."""
        return [line for line in self._new_lines() if self._belongs_to_error(line)]

    def _new_lines(self) -> list[str]:
        if not self.path.exists():
            return []
        with self.path.open("rb") as log:
            if log.seek(0, 2) < self.position:
                self.position = 0
            log.seek(self.position)
            added = log.read()
        self.position += len(added)
        *lines, self.rest = (self.rest + added).split(b"\n")
        return [line.decode("utf-8", "replace") for line in lines]

    def _belongs_to_error(self, line: str) -> bool:
        if NEW_RECORD.match(line) or TROUBLE.search(line):
            self.in_trouble = bool(TROUBLE.search(line))
        return self.in_trouble
