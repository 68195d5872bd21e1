"""The public list of notices, against Wagtail, Django alone, and an empty view."""

from collections.abc import Iterator

from benchmarks.run import Run, say
from benchmarks.table import Row, at_least, rate
from benchmarks.turns import in_turns

WAGTAIL, UNCHANGED = at_least(10), at_least(0.5)


def rows(run: Run) -> Iterator[Row]:
    """Compare 20 of 5,000 notices, and the answer that nothing has changed."""
    ours = run.stage(run.street(), "notices")
    plain = run.peer("plain_site", "plain")
    with ours, plain:
        measures = {name: ours.turn(name) for name in ("notices", "notices unchanged")}
        measures |= {name: plain.turn(name) for name in ("plain", "empty")}
        if run.place.has_postgres:
            say("filling Wagtail takes a minute at the first time …")
            with run.peer("wagtail_site", "wagtail") as wagtail:
                found = in_turns(measures | {"wagtail": wagtail.turn("wagtail")})
        else:
            say("Wagtail is compared on PostgreSQL: set DATABASE_URL")
            found = in_turns(measures)
    for peer, label, bar in (
        ("wagtail", "Wagtail index page", WAGTAIL),
        ("plain", "Django ListView, for information", None),
    ):
        if peer in found:
            yield compared(
                "public notices, 20 of 5,000, no page cache",
                found["notices"],
                label,
                found[peer],
                bar,
            )
    yield compared(
        "the same, unchanged: 304",
        found["notices unchanged"],
        "empty view, default middleware",
        found["empty"],
        UNCHANGED,
    )


def compared(work, ours, label, other, bar) -> Row:
    """Return a row of rates: the ratio says how many times as often we answer."""
    told = f"{label} {rate(other.seconds)}"
    return Row(work, rate(ours.seconds), told, other.over(ours), bar)
