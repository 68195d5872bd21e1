"""Run a function over a hostile file in a process of its own, with limits.

    picture = run_limited("toolkit.pictures.reencode", data, 24_000_000)
    for row in stream_limited("communities.sheets.rows", path):     # a generator there
        ...

The child gets neither the keys nor the settings of this process, only the memory and
the time given. It may crash or hang; here that is a ChildFailed with a sentence. What
it sends back is read as plain data (numbers, text, bytes, dates, lists, dicts), so a
parser that was taken over cannot send code. Streams hold one batch in memory.
"""

import contextlib
import fcntl
import io
import os
import pickle
import resource
import selectors
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.utils.translation import gettext as _

RESULT, BATCH, ERROR = b"R", b"B", b"E"
HEADER = struct.Struct("!cI")
MAX_FRAME = 64 * 1024 * 1024
BATCH_ITEMS = 500
# So much may wait in the pipe while the parent is busy; the child goes on meanwhile.
PIPE_BYTES = 1024 * 1024
PROJECT = Path(__file__).resolve().parents[1]
MEGABYTE = 1024 * 1024
# So much a child stands back where a page wants the processor, too.
PATIENCE = 10
# Types besides the plain ones that a child may send back.
PLAIN = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("decimal", "Decimal"),
    }
)


class ChildFailed(Exception):  # noqa: N818
    """The child did not finish: reason "memory", "time", "crash" or "error".

    For an "error" of the function itself, `kind` is the name of its exception and
    `detail` what it said.
    """

    def __init__(self, reason: str, kind: str = "", detail: str = ""):
        super().__init__(reason, kind, detail)
        self.reason, self.kind, self.detail = reason, kind, detail

    def __str__(self):
        return {
            "memory": _("文件解开后太大，没有处理。"),
            "time": _("文件太复杂，处理超时。"),
            "crash": _("文件已损坏或太大，处理中断。"),
        }.get(self.reason, _("文件读不懂，可能已损坏。"))


def run_limited(function_path: str, *args, memory_mb: int = 512, seconds: float = 30):
    """What "package.module.function" returns for the arguments; raises ChildFailed.

    The function must not need Django's settings. Memory is address space in MiB, time
    is what this process waits.
    """
    result = None
    for frame, value in _frames(function_path, args, memory_mb, seconds):
        result = list(value) if frame == BATCH else value
    return result


def stream_limited(
    function_path: str, *args, memory_mb: int = 512, seconds: float = 300
) -> Iterator:
    """The items that a generator function yields over there; raises ChildFailed.

    Time counts only while this process waits, not while it works on the items.
    """
    for frame, value in _frames(function_path, args, memory_mb, seconds):
        if frame == BATCH:
            yield from value


def _frames(path: str, args: tuple, memory_mb: int, seconds: float) -> Iterator:
    """Start the child and yield (frame, value) until it is done."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "toolkit.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_bare_environment(),
    )
    _widen(process.stdout)
    reader = _Reader(process.stdout.fileno(), seconds)
    try:
        _send_order(process.stdin, (path, args, memory_mb * MEGABYTE, seconds))
        while True:
            frame, size = HEADER.unpack(reader.take(HEADER.size))
            if size > MAX_FRAME:
                raise ChildFailed("memory")
            value = _plain(reader.take(size))
            if frame == ERROR:
                raise _failure(value)
            yield frame, value
            if frame == RESULT:
                return
    except EOFError:
        raise ChildFailed("crash") from None
    finally:
        process.kill()
        reader.close()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        process.wait()


def _bare_environment() -> dict[str, str]:
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TZ")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    folders = dict.fromkeys([*filter(None, sys.path), str(PROJECT)])
    environment["PYTHONPATH"] = os.pathsep.join(folders)
    return environment


def _widen(pipe) -> None:
    # Systems other than Linux have no say in it, and Linux may refuse.
    with contextlib.suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _send_order(pipe, order: tuple) -> None:
    # A child that is gone shows when its answer is read.
    with contextlib.suppress(BrokenPipeError):
        pipe.write(pickle.dumps(order))
        pipe.close()


class _Reader:
    """Reads exact amounts from a pipe within a budget of waiting time."""

    def __init__(self, descriptor: int, seconds: float):
        self._descriptor = descriptor
        self._left = seconds
        self._selector = selectors.DefaultSelector()
        self._selector.register(descriptor, selectors.EVENT_READ)

    def take(self, size: int) -> bytes:
        """Exactly so many bytes; raises EOFError, or ChildFailed when time is up."""
        parts = []
        while size:
            self._wait()
            part = os.read(self._descriptor, min(size, MEGABYTE))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        self._selector.close()

    def _wait(self) -> None:
        began = time.monotonic()
        ready = self._selector.select(max(0.0, self._left))
        self._left -= time.monotonic() - began
        if not ready:
            raise ChildFailed("time")


def _plain(data: bytes):
    """The data of a frame; whatever else it holds counts as a crash."""
    try:
        return _PlainUnpickler(io.BytesIO(data)).load()
    except Exception:
        raise ChildFailed("crash") from None


def _failure(value) -> ChildFailed:
    if isinstance(value, tuple) and 1 <= len(value) <= 3:
        return ChildFailed(*map(str, value))
    return ChildFailed("crash")


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain data only."""

    def find_class(self, module, name):
        if (module, name) not in PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name} is not plain data")
        return super().find_class(module, name)


def _serve() -> None:
    """The child: read the order, set the limits, call, answer."""
    answer = os.fdopen(os.dup(1), "wb")
    # What the function prints must not get into the answer.
    os.dup2(2, 1)
    # The order comes from our own parent process.
    path, args, memory, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301  # nosec
    os.nice(PATIENCE)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A child whose parent is gone ends by itself.
    processor = int(seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    try:
        _answer(answer, path, args)
    except MemoryError:
        _write(answer, ERROR, ("memory",))
    except Exception as error:
        _write(answer, ERROR, ("error", type(error).__name__, str(error)[:2000]))
    answer.flush()


def _answer(answer, path: str, args: tuple) -> None:
    module, _dot, name = path.rpartition(".")
    result = getattr(import_module(module), name)(*args)
    if not isinstance(result, Iterator):
        _write(answer, RESULT, result)
        return
    batch = []
    for item in result:
        batch.append(item)
        if len(batch) >= BATCH_ITEMS:
            _write(answer, BATCH, batch)
            batch = []
    _write(answer, BATCH, batch)
    _write(answer, RESULT, None)


def _write(answer, frame: bytes, value) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    answer.write(HEADER.pack(frame, len(data)))
    answer.write(data)


if __name__ == "__main__":
    _serve()
