"""Measure and print the table of ratios.

    python3 dev.py bench                      all subjects
    python3 dev.py bench lists search         some of them
    python3 dev.py bench --million            and a street of 1,030,000 residents

With DATABASE_URL the databases of the run are made beside the one it names, which is
not touched; otherwise they are SQLite files. They are dropped at the end.
"""

import argparse
from importlib import import_module

from benchmarks import table
from benchmarks.place import place
from benchmarks.run import Run, say

SUBJECTS = ("lists", "search", "imports", "exports", "notices", "sync", "day")
MILLION = "million"
STREET = 103_000


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "subjects", nargs="*", metavar="subject", help=" ".join(SUBJECTS)
    )
    parser.add_argument("--residents", type=int, default=STREET)
    parser.add_argument("--million", action="store_true", help="some minutes more")
    parser.add_argument("--keep", action="store_true", help="for the next run")
    asked = parser.parse_args()
    unknown = set(asked.subjects) - set(SUBJECTS)
    if unknown:
        parser.error(f"unknown: {' '.join(unknown)}; there are {' '.join(SUBJECTS)}")
    return asked


def main() -> None:
    """Measure subject after subject; print one table."""
    asked = arguments()
    names = [*(asked.subjects or SUBJECTS), *[MILLION] * asked.million]
    rows = []
    with place(keeps=asked.keep) as here:
        run = Run(here, asked.residents)
        for name in names:
            say(f"measuring {name} …")
            subject = import_module(f"benchmarks.subjects.{name}")
            for row in subject.rows(run):
                say(" | ".join(row.cells()))
                rows.append(row)
    engine = "PostgreSQL" if here.has_postgres else "SQLite"
    print(f"{engine}, {asked.residents:,} residents; medians of alternating turns")
    print("\n".join(table.lines(rows)))


if __name__ == "__main__":
    main()
