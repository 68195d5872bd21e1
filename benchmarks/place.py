"""Where a benchmark works: databases of its own, made for the run and dropped after it.

With DATABASE_URL they lie beside the database it names, whose data is never touched;
without it they are SQLite files under var/bench/.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench"
SETTINGS = "benchmarks.settings"


@dataclass(frozen=True)
class Database:
    """One database of the run."""

    url: str

    @property
    def name(self) -> str:
        return urlsplit(self.url).path.rpartition("/")[2]

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        return Path(urlsplit(self.url).path)

    def environ(self) -> dict[str, str]:
        """Return the environment of a process that works on it."""
        return os.environ | {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
        }


class Place:
    """Makes the databases of a run beside the one that DATABASE_URL names."""

    def __init__(self, url: str, *, keeps: bool = False):
        self.url, self.keeps = url, keeps
        self.has_postgres = urlsplit(url).scheme.startswith("postg")
        self.made: list[Database] = []

    def database(self, word: str, *, like: Database | None = None) -> Database:
        """Return an empty database, or a copy of another; kept ones are as they were.

        A copy is always made anew.
        """
        database = self.beside(word)
        if not (self.keeps and like is None and self.is_there(database)):
            self.drop(database)
            self.make(database, like)
        if database not in self.made:
            self.made.append(database)
        return database

    def beside(self, word: str) -> Database:
        """Return the database of this word."""
        if not self.has_postgres:
            return Database(f"sqlite:///{FOLDER / word}.sqlite3")
        parts = urlsplit(self.url)
        name = f"{parts.path.rpartition('/')[2] or 'postgres'}_bench_{word}"
        return Database(urlunsplit(parts._replace(path=f"/{name}")))

    def is_there(self, database: Database) -> bool:
        if not self.has_postgres:
            return database.file.exists()
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        return bool(self.run(asked, [database.name]))

    def make(self, database: Database, like: Database | None) -> None:
        if self.has_postgres:
            copied = f' TEMPLATE "{like.name}"' if like else ""
            self.run(f'CREATE DATABASE "{database.name}"{copied}')
        elif like:
            database.file.write_bytes(like.file.read_bytes())

    def drop(self, database: Database) -> None:
        if self.has_postgres:
            self.run(f'DROP DATABASE IF EXISTS "{database.name}"')
            return
        for ending in ("", "-wal", "-shm"):
            Path(f"{database.file}{ending}").unlink(missing_ok=True)

    def run(self, sql: str, values: list | None = None) -> list:
        """Run a statement in the given database, which only lends its server."""
        with closing(psycopg2.connect(self.url)) as link:
            link.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
            with link.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall() if cursor.description else []


@contextmanager
def place(*, keeps: bool = False) -> Iterator[Place]:
    """Give the place of a run; leave nothing behind but what is to be kept."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = Place(os.environ.get("DATABASE_URL", ""), keeps=keeps)
    try:
        yield found
    finally:
        for database in found.made if not keeps else ():
            found.drop(database)
