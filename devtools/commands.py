"""The commands of dev.py and how they end."""

from collections.abc import Callable

from devtools import console
from devtools.benching import bench
from devtools.interruption import heed_signals
from devtools.linting import lint, messages
from devtools.refusal import Refusal, WrongUsage
from devtools.running import run
from devtools.testing import test

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "messages": messages,
}


def main(arguments: list[str], *, usage: str) -> int:
    """Do what the arguments ask for and return the exit status."""
    console.prepare()
    heed_signals()
    try:
        return dispatch(arguments, usage=usage)
    except Refusal as refusal:
        console.complain(str(refusal))
        return refusal.status
    except KeyboardInterrupt:
        console.complain("已中断。 (Interrupted.)")
        return 1


def dispatch(arguments: list[str], *, usage: str) -> int:
    """Call the command that is named first.

    Raises:
        WrongUsage: there is no such command.
    """
    name, *rest = arguments or [""]
    if name in {"-h", "--help", "help"}:
        console.say(usage.strip())
        return 0
    if name not in COMMANDS:
        known = "|".join(COMMANDS)
        raise WrongUsage(f"用法： python3 dev.py {known} （--help 查看说明）")
    return COMMANDS[name](rest)
