"""The answers of the search box, against the same template alone."""

from collections.abc import Iterator

from benchmarks.run import Run
from benchmarks.table import Row, at_most, milliseconds
from benchmarks.turns import in_turns

BAR = at_most(1.7)
KINDS = (
    "name, 1 character",
    "name, 2 characters",
    "pinyin",
    "initials",
    "id",
    "id last 4",
    "id last 6",
    "phone",
    "phone last 4",
)
OTHERS = (
    ("through the box", "post, redirect, answer"),
    ("plain", "ListView with icontains"),
    ("admin", "Django admin"),
)


def rows(run: Run) -> Iterator[Row]:
    """Compare one question of each kind, asked by a person who sees the street."""
    names = [name for kind in KINDS for name in (f"find {kind}", f"find floor {kind}")]
    names += [f"find {name}" for name, _label in OTHERS]
    with run.stage(run.street(), "search") as stage:
        found = in_turns({name: stage.turn(name) for name in names})
    for kind in KINDS:
        ours, floor = found[f"find {kind}"], found[f"find floor {kind}"]
        yield Row(
            f"search by {kind}",
            milliseconds(ours.seconds),
            f"its template from memory {milliseconds(floor.seconds)}",
            ours.over(floor),
            BAR,
        )
    floor = found["find floor name, 2 characters"]
    for name, label in OTHERS:
        other = found[f"find {name}"]
        yield Row(
            f"2 characters of a name by {label}, for information",
            milliseconds(other.seconds),
            f"our template from memory {milliseconds(floor.seconds)}",
            other.over(floor),
        )
