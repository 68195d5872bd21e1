"""Real processes that live and die with the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from devtools.interruption import Interrupted

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5_000_000
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _follow_parent_into_death() -> None:
    # Even `kill -9` of dev.py leaves no orphan (Linux only).
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process in a group of its own, writing to a log file."""

    name: str
    command: list[str]
    log: Path
    cwd: Path
    env: dict[str, str]
    process: subprocess.Popen | None = None
    started_at: float = field(default=0.0)

    def start(self) -> None:
        """Start the process; its output is added to the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_name(f"{self.log.name}.1"))
        self.started_at = time.monotonic()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_follow_parent_into_death,
            )

    def died_with(self) -> int | None:
        """Return the exit status, negative for a signal; None while it lives."""
        return self.process.poll() if self.process else None

    def is_running(self) -> bool:
        """Whether it was started and still lives."""
        return self.process is not None and self.process.poll() is None

    def signal_group(self, number: int) -> None:
        """Send a signal to the process and to all that it started."""
        if self.process:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def ask_to_stop(self) -> None:
        """Ask for an orderly end: what is being done may be finished."""
        if self.is_running():
            self.process.terminate()


def stop_all(children: list[Child], *, patience: float) -> None:
    """Stop the children and whatever they started; return when all are gone.

    After `patience` seconds, or at a second Ctrl-C, they are killed: jobs are rows
    with a lease and are taken up again at the next start.
    """
    for child in children:
        child.ask_to_stop()
    try:
        _wait_for(children, until=time.monotonic() + patience)
    except KeyboardInterrupt:
        pass
    finally:
        for child in children:
            child.signal_group(signal.SIGKILL)
            if child.process:
                child.process.wait()


def _wait_for(children: list[Child], *, until: float) -> None:
    while time.monotonic() < until:
        if all(
            child.process is None or child.died_with() is not None for child in children
        ):
            return
        time.sleep(0.05)


def run_step(
    command: list[str], *, cwd: Path, env: dict[str, str], stdout: IO, stderr: IO | None
) -> int:
    """Run a step of the set-up; return its exit status.

    When interrupted, the step and all that it started are gone before this returns.
    """
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        preexec_fn=_follow_parent_into_death,
    )
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def in_foreground(command: list[str], *, cwd: Path, env: dict[str, str]) -> int:
    """Run a command that owns the terminal; return its exit status.

    When interrupted it is left the time to clean up, the second time it is killed.
    """
    process = subprocess.Popen(command, cwd=cwd, env=env)
    try:
        return process.wait()
    except Interrupted as interruption:
        # The terminal has already told it.
        if interruption.number != signal.SIGINT or not sys.stdin.isatty():
            process.send_signal(signal.SIGINT)
        return process.wait()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
