"""The day of whoever goes from door to door, against its template alone."""

from collections.abc import Iterator

from benchmarks.run import Run
from benchmarks.table import Row, at_most, milliseconds
from benchmarks.turns import in_turns

BAR = at_most(2)
HOMES = 600


def rows(run: Run) -> Iterator[Row]:
    """Compare the page with the same page drawn from memory."""
    with run.stage(run.street(), "day") as stage:
        found = in_turns({name: stage.turn(name) for name in ("day", "day floor")})
    ours, floor = found["day"], found["day floor"]
    yield Row(
        f"day's list of a worker with {HOMES} homes",
        milliseconds(ours.seconds),
        f"its template from memory {milliseconds(floor.seconds)}",
        ours.over(floor),
        BAR,
    )
