"""List and search on a street ten times as large, against the usual one."""

from collections.abc import Iterator

from benchmarks.run import MILLION, Run
from benchmarks.subjects import lists, search
from benchmarks.table import Row, at_most, milliseconds
from benchmarks.turns import in_turns

BAR = at_most(1.2)


def rows(run: Run) -> Iterator[Row]:
    """Compare both streets side by side, each in a process of its own."""
    works = [f"list {who}" for who in lists.READERS]
    works += [f"find {kind}" for kind in search.KINDS]
    small = run.stage(run.street(), "lists", "search")
    large = run.stage(run.million(), "lists", "search")
    with small, large:
        measures = {}
        for work in works:
            measures[f"small {work}"] = small.turn(work)
            measures[f"large {work}"] = large.turn(work)
        found = in_turns(measures)
    for work in works:
        ours, other = found[f"large {work}"], found[f"small {work}"]
        yield Row(
            f"{MILLION:,} residents: {work}",
            milliseconds(ours.seconds),
            f"{run.residents:,} residents {milliseconds(other.seconds)}",
            ours.over(other),
            BAR,
        )
