"""A day's visits handed in at once, against as many requests."""

from collections.abc import Iterator

from benchmarks.run import Run
from benchmarks.table import Row, at_least, rate
from benchmarks.turns import in_turns

BAR = at_least(25)
MANY = 100


def rows(run: Run) -> Iterator[Row]:
    """Compare a batch of visits with single ones, visit for visit."""
    with run.stage(run.street(), "sync") as stage:
        names = ("sync batch", "sync single")
        found = in_turns({name: stage.turn(name) for name in names})
    many, one = found["sync batch"], found["sync single"]
    yield Row(
        f"{MANY} visits handed in by one request",
        rate(many.seconds / MANY),
        f"by {MANY} requests {rate(one.seconds)}",
        MANY * one.over(many),
        BAR,
    )
