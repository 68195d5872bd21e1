"""The guards of append-only tables, which stay on but where a test needs them off."""

from contextlib import contextmanager

from django.db import connection

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
