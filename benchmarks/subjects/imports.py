"""A roster of the whole street, against django-import-export on the same file."""

from collections.abc import Iterator
from statistics import median

from benchmarks.run import ROSTER, Run, say
from benchmarks.table import Row, at_least, at_most, seconds

BAR = at_least(8)
MEMORY = at_most(300, "MB")
OURS = 3


def rows(run: Run) -> Iterator[Row]:
    """Import before and after the peer, each time into a fresh database."""
    if not run.place.has_postgres:
        say("imports are compared on PostgreSQL: set DATABASE_URL")
        return
    ours = [imported(run)]
    say("django-import-export takes a minute or two …")
    peer = run.tell_peer("importing", "peer", str(ROSTER))
    ours += [imported(run) for _turn in range(1, OURS)]
    floor = run.tell_peer("importing", "peer", str(ROSTER), "--copy")
    took = median(one["seconds"] for one in ours)
    peak = max(one["megabytes"] + one["reader_megabytes"] for one in ours)
    told = f"{ours[0]['rows']:,} rows, encrypted and searchable"
    yield Row(
        f"import of {told}",
        seconds(took),
        f"django-import-export, plain {seconds(peer['seconds'])}",
        peer["seconds"] / took,
        BAR,
    )
    yield Row(
        "the same, peak memory of both its processes",
        f"{peak:.0f} MB",
        f"django-import-export {peer['megabytes']:.0f} MB",
        peak,
        MEMORY,
    )
    yield Row(
        "the same, for information",
        seconds(took),
        f"calamine + COPY of bare cells {seconds(floor['seconds'])}",
        took / floor["seconds"],
    )


def imported(run: Run) -> dict:
    """Import into a copy of the database that has only the units."""
    run.place.database("import", like=run.units())
    return run.tell(run.place.beside("import"), "benchmarks.importing", str(ROSTER))
