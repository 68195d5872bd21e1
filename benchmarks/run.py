"""One run: its databases and processes, made when a subject first asks for them."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import environ

from benchmarks import environment
from benchmarks.place import FOLDER, ROOT, Database, Place
from benchmarks.turns import Worker

MILLION = 1_030_000
ROSTER = FOLDER / "roster.xlsx"


def say(text: str) -> None:
    """Tell the person at the terminal what takes so long."""
    print(text, file=sys.stderr, flush=True)


@dataclass
class Run:
    """What the subjects of a run share."""

    place: Place
    residents: int
    made: dict[str, Database] = field(default_factory=dict)

    def street(self) -> Database:
        """Return the database with the whole street."""
        return self.prepared("street", "fill", str(self.residents))

    def million(self) -> Database:
        """Return the database with a street ten times as large."""
        return self.prepared("million", "fill", str(MILLION))

    def units(self) -> Database:
        """Return the database with the units and no resident, and write the roster."""
        return self.prepared("units", "units", str(self.residents), str(ROSTER))

    def prepared(self, word: str, *order: str) -> Database:
        if word not in self.made:
            say(f"preparing {word} …")
            self.made[word] = self.place.database(word)
            self.tell(self.made[word], "benchmarks.stage", *order)
        return self.made[word]

    def stage(self, database: Database, *subjects: str) -> Worker:
        """Return the process that shows our own pages of these subjects."""
        command = [sys.executable, "-m", "benchmarks.stage", *subjects]
        return Worker(command, database.environ())

    def tell(self, database: Database, module: str, *arguments: str) -> dict:
        """Run a module of ours to its end; return the JSON of its last line, if any."""
        command = [sys.executable, "-m", module, *arguments]
        return finished(command, database.environ())

    # The peers

    def peer(self, module: str, word: str) -> Worker:
        """Return the process of a peer, on a database of its own."""
        return Worker(self.peer_command(module), self.peer_environ(word))

    def tell_peer(self, module: str, word: str, *arguments: str) -> dict:
        """Run a peer to its end; return the JSON of its last line."""
        command = self.peer_command(module, *arguments)
        return finished(command, self.peer_environ(word))

    def peer_command(self, module: str, *arguments: str) -> list[str]:
        python = environment.ensured(say)
        return [str(python), "-m", f"benchmarks.peers.{module}", *arguments]

    def peer_environ(self, word: str) -> dict[str, str]:
        if word not in self.made:
            self.made[word] = self.place.database(word)
        config = environ.Env.db_url_config(self.made[word].url)
        return os.environ | {"PEER_DATABASE": json.dumps(config)}


def finished(command: list[str], env: dict[str, str]) -> dict:
    """Run a command in the project; return the JSON of its last line, {} for none."""
    done = subprocess.run(
        command,
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    last = (done.stdout.strip().splitlines() or [""])[-1]
    return json.loads(last) if last.startswith("{") else {}


def megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1024 / 1024:.1f} MB"
