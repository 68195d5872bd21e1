"""Start a process again when it has died."""

import signal
import time
from dataclasses import dataclass

from devtools.processes import Child

LONGEST_PAUSE = 30
STEADY_AFTER = 60


@dataclass
class Keeper:
    """Keeps one child alive; waits longer each time while it keeps dying."""

    child: Child
    pause: int = 1
    due: float | None = None

    def tend(self, now: float | None = None) -> str:
        """Look after the child once; return the sentence to say, or "".

        `now` is in seconds of the monotonic clock.
        """
        now = time.monotonic() if now is None else now
        if self.due is not None:
            return self._start_if_due(now)
        status = self.child.died_with()
        return "" if status is None else self._note_death(status, now)

    def _note_death(self, status: int, now: float) -> str:
        # What it started must not go on working beside its successor.
        self.child.signal_group(signal.SIGKILL)
        steady = now - self.child.started_at > STEADY_AFTER
        self.pause = 1 if steady else self.pause
        self.due = now + self.pause
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        return f"{self.child.name} 意外退出（状态 {status}），{pause} 秒后重启。"

    def _start_if_due(self, now: float) -> str:
        if now < self.due:
            return ""
        self.due = None
        self.child.start()
        return f"{self.child.name} 已重启。"
