"""`dev.py bench`: the benchmarks, inside the environment."""

from devtools.processes import in_foreground
from devtools.setup import DEV_LOCK, alone, ensure_set_up
from devtools.tree import HERE


def bench(arguments: list[str]) -> int:
    """Measure and print tables of ratios; arguments go to the benchmarks."""
    with alone(HERE):
        ensure_set_up(HERE, lock=DEV_LOCK)
    command = [str(HERE.python), "-m", "benchmarks", *arguments]
    return in_foreground(command, cwd=HERE.root, env=HERE.environ("local"))
