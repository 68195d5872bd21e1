"""Included by a worker that is to be killed: it stops for good in mid-transaction.

The reports of the period are written, their lines are not yet; then the file named in
HALTED appears and nothing more happens.
"""

import os
import time
from pathlib import Path

from django.db.backends.signals import connection_created

HALF_WAY = 'INSERT INTO "reports_reportline"'


def halt(execute, sql, params, many, context):
    if sql.startswith(HALF_WAY):
        Path(os.environ["HALTED"]).touch()
        time.sleep(300)
    return execute(sql, params, many, context)


def watch(connection, **kwargs):
    if halt not in connection.execute_wrappers:
        connection.execute_wrappers.append(halt)


connection_created.connect(watch)
