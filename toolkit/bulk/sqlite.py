"""Prepared inserts on SQLite."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime

from django.db import connection, models

from toolkit.bulk.names import columns_of, table_of


class SqliteBulk:
    """Prepared inserts; rows are written at once."""

    null = None

    @staticmethod
    def text(value: str) -> str:
        return value

    @staticmethod
    def blob(value: bytes) -> bytes:
        return value

    @staticmethod
    def blob_rows(key: bytes, numbers: Iterable[int]) -> list[tuple]:
        """Return rows of one key and each of the numbers."""
        return [(key, number) for number in numbers]

    utf8_rows = blob_rows

    @staticmethod
    def number(value: int) -> int:
        return value

    @staticmethod
    def moment(value: datetime) -> str:
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")

    def ids(self, model: type[models.Model]) -> Iterator[int]:
        """Yield fresh primary keys; the write lock of the transaction reserves them."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s",
                [model._meta.db_table],
            )
            last = (cursor.fetchone() or (0,))[0]
        while True:
            last += 1
            yield last

    def insert(self, model, names: tuple[str, ...], rows: list[tuple]) -> None:
        """Add rows whose cells stand in the order of the names."""
        places = ", ".join(["%s"] * len(names))
        self._run(
            f"INSERT INTO {table_of(model)} ({columns_of(model, names)}) "  # noqa: S608  # nosec
            f"VALUES ({places})",
            rows,
        )

    def update(self, model, names: tuple[str, ...], rows: list[tuple]) -> None:
        """Change rows by their key, the first of the names."""
        key, *others = (columns_of(model, [name]) for name in names)
        changes = ", ".join(f"{column} = %s" for column in others)
        self._run(
            f"UPDATE {table_of(model)} SET {changes} WHERE {key} = %s",  # noqa: S608  # nosec
            [(*row[1:], row[0]) for row in rows],
        )

    @staticmethod
    def _run(sql: str, rows: list[tuple]) -> None:
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(sql, rows)

    @staticmethod
    def alone() -> nullcontext:
        return nullcontext()

    @staticmethod
    def links(model: type[models.Model]) -> list[str]:
        """Return nothing: foreign keys are looked at in the end."""
        return []

    def verify(self, links: list[str]) -> None:
        """Nothing can be looked at before the end."""

    def finish(self) -> None:
        """Nothing waits."""

    stop = finish
