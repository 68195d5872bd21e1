"""The time limits T01 to T25, from toolkit/data/clock_limits.toml.

T15 is not among them: an app keeps it in a table of its own, on which its days rest.
"""

import tomllib
from pathlib import Path

from toolkit.clocks import forget
from toolkit.models import ClockLimit
from toolkit.reference import reference

DATA = Path(__file__).parent / "data" / "clock_limits.toml"


def load_clock_limits(path: Path = DATA) -> int:
    """Write the limits that are missing; return how many.

    Idempotent: a limit that is there stays as it is, since the office may have edited
    it.
    """
    keys = ClockLimit.objects.values_list("profile", "code", "step")
    there = set(keys)
    rows = map(_row, tomllib.loads(path.read_text(encoding="utf-8"))["limit"])
    missing = [row for row in rows if (row.profile, row.code, row.step) not in there]
    for row in missing:
        row.full_clean(validate_unique=False, validate_constraints=False)
    ClockLimit.objects.bulk_create(missing, ignore_conflicts=True)
    forget()
    return len(missing)


def _row(table: dict) -> ClockLimit:
    table = {"profile": "any", **table}
    return ClockLimit(source_mark=table.pop("mark"), **table)


reference("clock-limits", order=20)(load_clock_limits)
