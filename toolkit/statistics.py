"""What the database knows of its tables, without which it plans badly.

After a bulk load PostgreSQL takes a minute to look for itself, SQLite never does: until
then a page of a hundred thousand rows is sorted as a whole (1 s instead of 5 ms).
"""

from django.db import connection, models

# Common values kept of a column; PostgreSQL looks at 300 rows for each. Its own is 100.
SAMPLE = 30


def refresh_statistics(*tables: type[models.Model]) -> None:
    """Let the database look at the tables of these models anew, or at all of them.

    Call it after a bulk load; in a transaction it also sees what that has written.
    """
    names = [connection.ops.quote_name(model._meta.db_table) for model in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # A sample tells enough; the whole of a million search keys takes seconds.
            cursor.execute("PRAGMA analysis_limit=1000")
        for name in names or [""]:
            cursor.execute(f"ANALYZE {name}")


def sample_statistics(*tables: type[models.Model]) -> None:
    """Let the database look at a sample of some tables, at the end of a bulk load.

    Unlike the whole it may stand in the transaction of the load, so that no page is
    planned without it. PostgreSQL takes a larger sample of its own a minute later.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL default_statistics_target = {SAMPLE}")
    refresh_statistics(*tables)


def tidy_up() -> None:
    """Sweep out what a bulk load wrote twice, and look at all tables anew.

    PostgreSQL sweeps by itself, but not at once: until then a page reads the old rows
    as well. It cannot in a transaction, where only the looking is done.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        return
    refresh_statistics()
