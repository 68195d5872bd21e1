"""A database as it was before a migration, for the length of a test.

with as_before("visits", "0006_due_moments"):
    ...                     # rows as they were stored then
...                         # rows as the migrations have made them

Far back is a long way, which several go together: see `go_back_and_come_on`.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@contextmanager
def as_before(app: str, name: str) -> Iterator[None]:
    """Go back to a migration of an app, and then on to the newest of every app.

    What depends on the app goes back with it, and must come on with it as well.
    """
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([(app, name)])
        yield
    finally:
        MigrationExecutor(connection).migrate(newest)


def go_back_and_come_on(travellers: Sequence[Generator]) -> None:
    """Go back as far as anybody wants to, and on to the newest of every app again.

    A traveller is a generator. It writes what is there, yields how far back it goes,
    looks around there or writes as one did then, yields again, and looks what has
    become of it. What any of them finds wrong is told in the end.
    """
    stops = [(next(one), one) for one in travellers]
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(newest, clean_start=True)
    order = [(one.app_label, one.name) for one, _is_back in plan]
    try:
        for stop, one in sorted(stops, key=lambda pair: -order.index(pair[0])):
            MigrationExecutor(connection).migrate([stop])
            next(one)
    finally:
        MigrationExecutor(connection).migrate(newest)
    faults = []
    for _stop, one in stops:
        try:
            next(one, None)
        except AssertionError as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("rows of before are not as good as new ones", faults)
