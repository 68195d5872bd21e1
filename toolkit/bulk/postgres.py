"""COPY on PostgreSQL, fed by a thread of its own."""

import io
import queue
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from datetime import datetime

from django.db import connection, models

from toolkit.bulk.names import columns_of, table_of

# Keys are drawn twice as many each time: a short file leaves no gap of thousands.
FEWEST_IDS, MOST_IDS = 100, 20_000
# Batches that wait for the database; each is a megabyte or so of text.
WAITING = 12
# Seconds. The thread that feeds the database asks for the interpreter several times a
# batch, while another is busy; with the usual 5 ms it waits longer than it works.
TURN, USUAL_TURN = 0.001, sys.getswitchinterval()
# Large pieces: for each one the driver waits until the other thread pauses.
CHUNK = 16 * 1024 * 1024
STAGE = "yuhai_stage"
# A table that was small at first has been looked through row by row, and would be to
# the end: for each of a hundred thousand rows.
VERIFY = """
    DISCARD PLANS;
    SET LOCAL enable_seqscan = off;
    SET CONSTRAINTS {links} IMMEDIATE;
    SET CONSTRAINTS {links} DEFERRED;
    SET LOCAL enable_seqscan TO DEFAULT;
"""


class PostgresBulk:
    """COPY in a thread of its own, so that both processors work."""

    null = r"\N"

    def __init__(self):
        # The driver's connection may be shared by threads; Django's may not.
        connection.ensure_connection()
        self._link = connection.connection
        self._jobs: queue.Queue = queue.Queue(maxsize=WAITING)
        self._failure: BaseException | None = None
        self._is_dropping = False
        self._busy = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="bulk-writer")
        sys.setswitchinterval(TURN)
        self._thread.start()

    @staticmethod
    def text(value: str) -> str:
        if "\\" in value:
            value = value.replace("\\", "\\\\")
        if value.isprintable():
            return value
        return value.replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")

    @staticmethod
    def blob(value: bytes) -> str:
        return rf"\\x{value.hex()}"

    def blob_rows(self, key: bytes, numbers: Iterable[int]) -> list[bytes]:
        """Return rows of one key and each of the numbers, in one piece."""
        return rows_behind(self.blob(key).encode(), numbers)

    @staticmethod
    def utf8_rows(key: bytes, numbers: Iterable[int]) -> list[bytes]:
        """Return such rows of a key that is text: as it is, which is half as long."""
        return rows_behind(key.replace(b"\\", rb"\\\\"), numbers)

    number = staticmethod(str)

    @staticmethod
    def moment(value: datetime) -> str:
        return value.isoformat()

    def ids(self, model: type[models.Model]) -> Iterator[int]:
        """Yield fresh primary keys from the sequence, drawn before they are needed."""
        meta, size = model._meta, FEWEST_IDS
        with self.alone(), connection.cursor() as cursor:
            names = [table_of(model), meta.pk.column]
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", names)
            sequence = cursor.fetchone()[0]
        coming = self._order(self._draw, sequence, size)
        while True:
            fresh = self._answer(coming)
            size = min(2 * size, MOST_IDS)
            coming = self._order(self._draw, sequence, size)
            yield from fresh

    def insert(self, model, names: tuple[str, ...], rows: list[tuple]) -> None:
        """Add rows whose cells stand in the order of the names."""
        if rows:
            target = f"{table_of(model)} ({columns_of(model, names)})"
            self._order(self._copy, target, lines_of(rows))

    def update(self, model, names: tuple[str, ...], rows: list[tuple]) -> None:
        """Change rows by their key, the first of the names, through a stage table."""
        if not rows:
            return
        columns = columns_of(model, names)
        key, *others = (columns_of(model, [name]) for name in names)
        changes = ", ".join(f"{column} = stage.{column}" for column in others)
        table = table_of(model)
        self._order(
            self._execute,
            f"CREATE TEMP TABLE {STAGE} ON COMMIT DROP AS "  # noqa: S608  # nosec
            f"SELECT {columns} FROM {table} WHERE false",
        )
        self._order(self._copy, f"{STAGE} ({columns})", lines_of(rows))
        self._order(
            self._execute,
            f"UPDATE {table} SET {changes} FROM {STAGE} stage "  # noqa: S608  # nosec
            f"WHERE {table}.{key} = stage.{key}; DROP TABLE {STAGE}",
        )

    def alone(self) -> threading.Lock:
        """Return the lock under which other queries of the transaction may run."""
        return self._busy

    def links(self, model: type[models.Model]) -> list[str]:
        """Return the names of the foreign keys of a table."""
        with self.alone(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(conname) FROM pg_constraint WHERE conrelid = "
                "%s::regclass AND contype = 'f' AND condeferrable ORDER BY conname",
                [table_of(model)],
            )
            return [name for (name,) in cursor.fetchall()]

    def verify(self, links: list[str]) -> None:
        """Have foreign keys looked at now; in the end Python has nothing to do."""
        if links:
            self._order(self._execute, VERIFY.format(links=", ".join(links)))

    def finish(self) -> None:
        """Wait until everything is written; raises what went wrong meanwhile."""
        self._jobs.join()
        self._raise_failure()

    def stop(self) -> None:
        """End the thread; what still waits is dropped."""
        self._is_dropping = True
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
        sys.setswitchinterval(USUAL_TURN)

    def _order(self, work, *args) -> Future:
        self._raise_failure()
        done = Future()
        self._jobs.put((done, work, args))
        return done

    def _answer(self, done: Future):
        """Wait for what was ordered; raises what went wrong meanwhile."""
        try:
            return done.result()
        except CancelledError:
            self._raise_failure()
            raise

    def _raise_failure(self) -> None:
        if self._failure is not None:
            failure, self._failure = self._failure, None
            with connection.wrap_database_errors:
                raise failure

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            done, work, args = job
            try:
                if self._is_dropping:
                    done.cancel()
                    continue
                with self._busy:
                    done.set_result(work(*args))
            except BaseException as failure:
                # The transaction is lost; the rest of the batches only passes by.
                self._is_dropping, self._failure = True, failure
                done.cancel()
            finally:
                self._jobs.task_done()

    def _draw(self, sequence: str, size: int) -> list[int]:
        with self._link.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
                [sequence, size],
            )
            return [number for (number,) in cursor.fetchall()]

    def _copy(self, target: str, data: bytes) -> None:
        with self._link.cursor() as cursor:
            cursor.copy_expert(f"COPY {target} FROM STDIN", io.BytesIO(data), CHUNK)

    def _execute(self, sql: str) -> None:
        with self._link.cursor() as cursor:
            cursor.execute(sql)


def rows_behind(key: bytes, numbers: Iterable[int]) -> list[bytes]:
    """Return rows that begin alike, as COPY reads them; they sort as the keys do."""
    head = key + b"\t"
    return [head + (b"\n" + head).join([b"%d" % number for number in numbers])]


def lines_of(rows: list) -> bytes:
    """Return rows as COPY reads them, a tenth of their size, and empty the list."""
    is_ready = isinstance(rows[0], bytes)
    data = b"\n".join(rows) if is_ready else "\n".join(map("\t".join, rows)).encode()
    rows.clear()
    return data
