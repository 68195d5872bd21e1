"""The first page of the resident list, against the same template alone."""

from collections.abc import Iterator

from benchmarks.run import Run
from benchmarks.table import Row, at_most, milliseconds
from benchmarks.turns import in_turns

BAR = at_most(1.5)
READERS = ("street", "community", "grid")


def rows(run: Run) -> Iterator[Row]:
    """Compare what people of the street, a community and a grid see."""
    names = [name for who in READERS for name in (f"list {who}", f"list floor {who}")]
    names += ["list plain", "list admin"]
    with run.stage(run.street(), "lists") as stage:
        found = in_turns({name: stage.turn(name) for name in names})
    for who in READERS:
        ours, floor = found[f"list {who}"], found[f"list floor {who}"]
        yield Row(
            f"resident list, first page, a whole {who} ({run.residents:,} residents)",
            milliseconds(ours.seconds),
            f"its template from memory {milliseconds(floor.seconds)}",
            ours.over(floor),
            BAR,
        )
    floor = found["list floor street"]
    for peer, label in (("plain", "ListView with COUNT"), ("admin", "Django admin")):
        other = found[f"list {peer}"]
        yield Row(
            f"the same by {label}, for information",
            milliseconds(other.seconds),
            f"our template from memory {milliseconds(floor.seconds)}",
            other.over(floor),
        )
