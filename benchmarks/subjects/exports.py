"""The whole resident list as a workbook, against xlsxwriter with the cells at hand."""

from collections.abc import Iterator

from benchmarks.run import Run
from benchmarks.table import Row, at_most, seconds
from benchmarks.turns import in_turns

BAR = at_most(1.5)
TURNS = 3


def rows(run: Run) -> Iterator[Row]:
    """Compare our export, query and masks included, with the mere writing."""
    names = ("export", "export with xlsxwriter")
    with run.stage(run.street(), "exports") as stage:
        found = in_turns({name: stage.turn(name) for name in names}, TURNS)
    ours, other = (found[name] for name in names)
    yield Row(
        f"export of {run.residents:,} rows to XLSX",
        seconds(ours.seconds),
        f"xlsxwriter, cells at hand {seconds(other.seconds)}",
        ours.over(other),
        BAR,
    )
