"""What the person at the terminal reads."""

import sys


def prepare() -> None:
    """Never fail on a terminal that cannot show Chinese."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print one line where errors go."""
    print(text, file=sys.stderr, flush=True)
