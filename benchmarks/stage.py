"""A process that shows our own pages, on a database of the run.

python -m benchmarks.stage fill 103000               # a whole street
python -m benchmarks.stage units 103000 roster.xlsx  # its units alone, and its roster
python -m benchmarks.stage lists search              # serves turns of these subjects
"""

import sys
from importlib import import_module
from pathlib import Path

import django

from benchmarks.turns import serve


def main(name: str, *more: str) -> None:
    """Prepare the database, or serve the works of the subjects named."""
    django.setup()
    if name in ("fill", "units"):
        street = import_module("benchmarks.street")
        if name == "fill":
            street.fill(int(more[0]))
        else:
            street.lay_out(int(more[0]), Path(more[1]))
        return
    actions = {}
    for subject in (name, *more):
        actions |= import_module(f"benchmarks.stages.{subject}").actions()
    serve(actions)


if __name__ == "__main__":
    main(*sys.argv[1:])
