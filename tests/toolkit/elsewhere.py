"""Another worker, with a database connection and file handles of its own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from django.db import connection

from toolkit.locks import exclusive

PATIENCE = 20


def elsewhere(act, *args):
    """Return what an act comes to in a thread, whose connection is closed after it."""

    def closing():
        try:
            return act(*args)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as worker:
        return worker.submit(closing).result(PATIENCE)


def can_be_had(name: str) -> bool:
    """Answer whether the lock would be given to who asks now."""
    with exclusive(name) as held:
        return held


@contextmanager
def held_elsewhere(name: str) -> Iterator[None]:
    """Have another worker hold a lock for a while."""
    taken, done = Event(), Event()

    def hold():
        with exclusive(name) as held:
            assert held
            taken.set()
            done.wait(PATIENCE)

    with ThreadPoolExecutor(max_workers=1) as worker:
        holding = worker.submit(elsewhere, hold)
        assert taken.wait(PATIENCE)
        yield
        done.set()
        holding.result(PATIENCE)
