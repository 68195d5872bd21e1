"""Measuring in turns, each work in a process of its own.

    # the process that works
    serve({"list": show_list, "floor": show_floor})

    # the one that compares
    with Worker([python, "-m", "benchmarks.stage"], env) as stage:
        found = in_turns({"ours": stage.turn("list"), "floor": stage.turn("floor")})
        found["ours"].over(found["floor"])        # 1.4

Whatever else the machine does falls on all of them alike, so only what was measured in
the same turns is compared. Standard library only: the peers run it in environments of
their own.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

TURNS = 15
# How long one work is measured in one turn, in seconds.
SLICE = 0.12


@dataclass(frozen=True)
class Taken:
    """The seconds that one call took, turn by turn."""

    turns: tuple[float, ...]

    @property
    def seconds(self) -> float:
        return median(self.turns)

    def over(self, other: "Taken") -> float:
        """Return how many times as long it took as the other in the same turns."""
        pairs = zip(self.turns, other.turns, strict=True)
        return median(one / another for one, another in pairs)


def seconds_each(action: Callable, at_least: float = SLICE) -> float:
    """Return the median seconds of a call, called for so long but once at least."""
    found: list[float] = []
    while not found or sum(found) < at_least:
        started = perf_counter()
        action()
        found.append(perf_counter() - started)
    return median(found)


def in_turns(measures: dict[str, Callable], turns: int = TURNS) -> dict[str, Taken]:
    """Ask each measure once a turn for its seconds; the first turn only warms up."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for turn in range(turns + 1):
        for name, measure in measures.items():
            seconds = measure()
            if turn:
                found[name].append(seconds)
    return {name: Taken(tuple(seconds)) for name, seconds in found.items()}


def serve(actions: dict[str, Callable]) -> None:
    """Do what the lines on stdin ask for until there are none: measure, or tell.

    An action whose name begins with "tell " is called once, and its answer is sent.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What an action prints must not get among the answers.
    os.dup2(2, 1)
    for line in sys.stdin:
        name = json.loads(line)
        action = actions[name]
        answer = action() if name.startswith("tell ") else seconds_each(action)
        print(json.dumps(answer), file=answers, flush=True)


class Worker:
    """A process that measures what it is asked for, one thing at a time."""

    def __init__(self, command: list[str], env: dict[str, str]):
        self.command, self.env = command, env

    def __enter__(self) -> "Worker":
        self.process = subprocess.Popen(
            self.command,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self

    def __exit__(self, *_failure) -> None:
        self.process.stdin.close()
        self.process.wait()

    def ask(self, name: str):
        """Return the seconds of a call, or what is told; ends if the process did."""
        print(json.dumps(name), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"failed: {' '.join(self.command)}")
        return json.loads(answer)

    def turn(self, name: str) -> Callable[[], float]:
        """Return the measure of one work, for `in_turns`."""
        return lambda: self.ask(name)
