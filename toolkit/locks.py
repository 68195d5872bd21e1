"""Locks that end with their process. They save work; constraints carry correctness."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

try:
    import fcntl
except ImportError:  # Windows has no fcntl; the constraints still hold there.
    fcntl = None


def lock_number(name: str) -> int:
    """Return the 63-bit number under which PostgreSQL knows the lock."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1


@contextmanager
def exclusive(name: str) -> Iterator[bool]:
    """Hold the named lock and yield True, or yield False at once if another does.

    PostgreSQL: an advisory lock of the connection, across machines. SQLite: a lock on
    a file, which is enough because the embedded form runs on one machine.
    """
    if connection.vendor == "postgresql":
        yield from _advisory(lock_number(name))
    else:
        yield from _on_file(Path(settings.VAR_DIR) / "locks", lock_number(name))


@contextmanager
def one_place(name: str, places: int) -> Iterator[bool]:
    """Hold one of so many places and yield True, or False at once if all are held."""
    with ExitStack() as stack:
        locks = (exclusive(f"{name}:{place}") for place in range(places))
        yield any(stack.enter_context(lock) for lock in locks)


def _advisory(number: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def _on_file(folder: Path, number: int) -> Iterator[bool]:
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if fcntl is None:
            yield True
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)
