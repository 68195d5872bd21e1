"""Many rows at once: COPY on PostgreSQL, prepared inserts on SQLite, one code path.

    with bulk_writer() as bulk:                       # inside a transaction
        pk = next(bulk.ids(Resident))
        rows = [(bulk.number(pk), bulk.text(name), …), …]
        bulk.insert(Resident, ("id", "name", …), rows)
        bulk.update(Resident, ("id", "name"), rows)   # the first column is the key

A cell is made by the writer (`text`, `number`, `blob`, `moment`) or is `bulk.null`;
text that needs no escaping (codes, sealed tokens, ISO dates) may be given as it is.
Rows of one key and many numbers may be made at once: `blob_rows`, or `utf8_rows` for
bytes that are text without tabs or line ends. A list of rows is the writer's once it is
given.
On PostgreSQL the database works on one batch while Python makes the next; other queries
of the same transaction meanwhile stand `with bulk.alone():`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from toolkit.bulk.names import table_of
from toolkit.bulk.postgres import PostgresBulk
from toolkit.bulk.sqlite import SqliteBulk

__all__ = ["PostgresBulk", "SqliteBulk", "bulk_writer", "table_of"]


@contextmanager
def bulk_writer() -> Iterator[PostgresBulk | SqliteBulk]:
    """Give the writer of the database at hand; leaving it waits for the last batch."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("bulk writing needs a transaction")
    writer = PostgresBulk() if connection.vendor == "postgresql" else SqliteBulk()
    try:
        yield writer
        writer.finish()
    finally:
        writer.stop()
