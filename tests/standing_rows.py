"""Rows that stay for all tests of a module, each of which undoes what it adds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def open_until_the_end(blocker) -> Iterator[None]:
    """Keep one transaction open around tests whose own lie within it, and undo it.

    `blocker` is pytest-django's: between the tests the database stays out of reach.
    """
    everything = transaction.atomic()
    # As for Django's own TestCase: what must be outermost may lie in this one.
    everything._from_testcase = True
    with blocker.unblock():
        everything.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            everything.__exit__(None, None, None)
