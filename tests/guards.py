"""The guards of append-only tables, which stay on but where a test needs them off."""

from contextlib import contextmanager

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from toolkit.append_only import guard, unguard

APPEND_ONLY = (
    "communities_householdevent",
    "communities_householdstep",
    "communities_populationevent",
    "communities_relocation",
    "communities_homerelocation",
    "communities_populationsnapshot",
    "reports_report",
    "reports_reportline",
    "reports_restatement",
    "toolkit_auditevent",
    "toolkit_auditseal",
    "toolkit_historyentry",
    "volunteers_memberchange",
)


@contextmanager
def unguarded(*tables: str):
    """Lift the guards of append-only tables for a while.

    Only to falsify what a test then finds out, and to empty the tables after a test.
    """
    # PostgreSQL changes no trigger while rows wait for their foreign keys.
    connection.check_constraints()
    for table in tables:
        unguard(connection, table)
    try:
        yield
    finally:
        connection.check_constraints()
        for table in tables:
            guard(connection, table)


def empty_what_was_filled() -> None:
    """Empty the database after a test that really commits.

    Django's flush truncates every table and writes all permissions anew, which takes
    longer than most of these tests.
    """
    filled = filled_tables()
    guarded = [table for table in APPEND_ONLY if table in filled]
    with transaction.atomic(), unguarded(*guarded), connection.cursor() as cursor:
        for table in filled:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def filled_tables() -> list[str]:
    """Return the tables with rows, but for those that the migrations have filled."""
    models = apps.get_models(include_auto_created=True)
    tables = {m._meta.db_table for m in models if m not in (ContentType, Permission)}
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]
