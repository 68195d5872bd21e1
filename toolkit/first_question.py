"""The first question of a request, which finds out by itself if the server is there.

Django sends an empty query ahead of the first one, in case the server was started anew
since the last request. Where that first one is cheap and only reads, it may as well be
asked twice if it fails: half the price every other time.
"""

from collections.abc import Sequence

from django.db import InterfaceError, OperationalError, connection


def answers(sql: str, parameters: Sequence | None = None) -> list[tuple]:
    """Return the rows of a query that only reads."""
    if connection.connection is None or connection.in_atomic_block:
        return ask(sql, parameters)
    connection.health_check_done = True
    try:
        return ask(sql, parameters)
    except (InterfaceError, OperationalError):
        if connection.is_usable():
            # The server is there and refuses; asked again it would be busier still.
            raise
        # The next cursor connects anew.
        connection.close()
        return ask(sql, parameters)


def ask(sql: str, parameters: Sequence | None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
