"""A portal of its own for tests with real processes: database, folder, commands."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60
NUMBERS = count(1)


class Place:
    """Where processes of a test work, apart from every other test."""

    def __init__(self, folder: Path, database_url: str):
        self.folder = folder
        self.env = os.environ | {
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "yuhai_portal.settings.test",
            "YUHAI_TEST_VAR": str(folder),
            "PYTHONPATH": str(ROOT),
            "HALTED": str(folder / "halted"),
        }
        # The broker is a folder, so that no worker of another test listens.
        self.env.pop("REDIS_URL", None)
        self.started: list[subprocess.Popen] = []

    def start(self, *args: str) -> subprocess.Popen:
        """Start a Python process of its own group; its words go to a file."""
        with (self.folder / f"log-{len(self.started)}").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *args],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def words_of(self, process: subprocess.Popen) -> str:
        """Return what a started process has said so far."""
        return (self.folder / f"log-{self.started.index(process)}").read_text()

    def run(self, *args: str) -> str:
        """Run a Python process to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, *args],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def manage(self, *args: str) -> str:
        return self.run("manage.py", *args)

    def worker(self, *further: str) -> subprocess.Popen:
        """Start a real Celery worker."""
        return self.start(
            "-m", "celery", "-A", "yuhai_portal", "worker", "-P", "solo", *further
        )

    def kill(self, process: subprocess.Popen) -> None:
        """End a process as a power cut would."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        for process in self.started:
            if process.poll() is None:
                self.kill(process)


def wait_for(answer, what: str):
    """Return the first true answer; fail when it takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := answer():
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


@contextmanager
def place_in(folder: Path, blocker, like: Place | None = None) -> Iterator[Place]:
    """Give an empty place, or a copy of another in which no process is working.

    `blocker` is pytest-django's: the database of the test itself stays out of reach.
    """
    if like is not None:
        shutil.copytree(like.folder, folder, dirs_exist_ok=True)
    with blocker.unblock():
        url = create_database(folder, like)
    place = Place(folder, url)
    try:
        yield place
    finally:
        place.close()
        with blocker.unblock():
            drop_database(url)


def create_database(folder: Path, like: Place | None) -> str:
    """Return the URL of a database beside the one of this test run."""
    if connection.vendor == "sqlite":
        # A file of the folder, copied with it.
        return f"sqlite:///{folder / 'place.sqlite3'}"
    name = f"yuhai_place_{os.getpid()}_{next(NUMBERS)}"
    template = "template1" if like is None else name_in(like.env["DATABASE_URL"])
    server = connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    login = f"{server['USER']}:{server['PASSWORD']}".rstrip(":")
    host = f"{server['HOST'] or 'localhost'}:{server['PORT'] or 5432}"
    return f"postgres://{login}@{host}/{name}"


def drop_database(url: str) -> None:
    if url.startswith("postgres"):
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")


def name_in(url: str) -> str:
    """Return the name of the database that a URL leads to."""
    return url.rpartition("/")[2]
