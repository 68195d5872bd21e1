"""Remember what has been done, so that doing it again costs nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

UNFINISHED = "unfinished"


def fingerprint(files: Iterable[Path], *facts: str) -> str:
    """Return a digest of the names and contents of the files and of the facts."""
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    for fact in facts:
        digest.update(f"\0{fact}".encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Stamp:
    """A file that holds the fingerprint of what was last done successfully."""

    path: Path

    def matches(self, current: str) -> bool:
        """Whether the work was done for the very same inputs."""
        try:
            return self.path.read_text(encoding="ascii") == current
        except OSError:
            return False

    def begin(self) -> None:
        """Note that the work is being done; whoever reads this later knows it broke."""
        self.write(UNFINISHED)

    @property
    def broke_off(self) -> bool:
        """Whether the work was begun and neither finished nor given up."""
        return self.matches(UNFINISHED)

    def give_up(self) -> None:
        """Note that the work was not done and has left nothing behind."""
        self.path.unlink(missing_ok=True)

    def write(self, current: str) -> None:
        """Note that the work is done for these inputs."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(current, encoding="ascii")
