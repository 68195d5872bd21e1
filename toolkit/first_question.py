"""The first question of a request, which finds out by itself if the server is there.

Django sends an empty query ahead of the first one, in case the server was started anew
since the last request. Where that first one is cheap and only reads, it may as well be
asked twice if it fails: half the price every other time.
"""

from django.db import InterfaceError, OperationalError, connection


def first_answer(sql: str) -> tuple | None:
    """Return the first row of a query without parameters that only reads."""
    if connection.connection is None or connection.in_atomic_block:
        return ask(sql)
    connection.health_check_done = True
    try:
        return ask(sql)
    except (InterfaceError, OperationalError):
        # The next cursor connects anew.
        connection.close()
        return ask(sql)


def ask(sql: str) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()
