"""Included by a worker that is to be killed: it stops for good in mid-transaction.

When the first row of the table named in HALT_AT is about to be written, the file named
in HALTED appears and nothing more happens.
"""

import os
import time
from pathlib import Path

from django.db.backends.signals import connection_created

from toolkit.bulk import PostgresBulk

TABLE = f'"{os.environ["HALT_AT"]}"'
copy = PostgresBulk._copy


def stop() -> None:
    Path(os.environ["HALTED"]).touch()
    time.sleep(300)


def halt(execute, sql, params, many, context):
    if sql.startswith(f"INSERT INTO {TABLE}"):
        stop()
    return execute(sql, params, many, context)


def halting_copy(bulk, target, rows):
    """Stop before a COPY, which passes no wrapper of Django's."""
    if target.startswith(TABLE):
        stop()
    return copy(bulk, target, rows)


def watch(connection, **kwargs):
    if halt not in connection.execute_wrappers:
        connection.execute_wrappers.append(halt)


PostgresBulk._copy = halting_copy
connection_created.connect(watch)
