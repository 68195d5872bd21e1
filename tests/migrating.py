"""A database as it was before a migration, for the length of a test.

with as_before("visits", "0006_due_moments"):
    ...                     # rows as they were stored then
...                         # rows as the migrations have made them
"""

from collections.abc import Iterator
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
