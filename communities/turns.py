"""Who writes residents and households first: one roster, or any number of clerks.

A roster holds both tables (SHARE ROW EXCLUSIVE) from before it reads them. A clerk's
step holds rows, by SELECT FOR UPDATE, which that mode does not hinder. So each could
come to wait for the other: the step for the table, the roster for the row, until
PostgreSQL ends one of them. Whoever is going to hold a row of either table therefore
first takes its turn, in the mode of the writes to come, and always the households
before the residents: it waits before it holds anything, and the roster waits until it
is through.
"""

from django.db import connection

from communities.models import Household, Resident
from toolkit.bulk import table_of

ORDER = (Household, Resident)


def hold_still() -> None:
    """Keep others from changing residents and households until the transaction ends.

    Reading goes on, and so do rows of others that only name a resident, such as visits.
    """
    lock_tables("SHARE ROW EXCLUSIVE")


def take_turn() -> None:
    """Wait until no roster is being written; keep one from beginning until we are done.

    Clerks do not wait for one another here.
    """
    lock_tables("ROW EXCLUSIVE")


def lock_tables(mode: str) -> None:
    """Lock both tables in a mode of PostgreSQL (Explicit Locking, 13.3.1), in order.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(map(table_of, ORDER))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN {mode} MODE")


class InTurn:
    """A form that changes a resident or household and holds its row meanwhile."""

    def get_object(self, queryset=None):
        if self.request.method == "POST":
            take_turn()
        return super().get_object(queryset)
