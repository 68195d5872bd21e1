"""Answers that change a few times a year and are wanted on every page.

    @held_for(30)
    def directory() -> Directory: ...       # read from the database

Each process keeps the answer for so many seconds; `directory.forget()` has it read
anew. What is written is checked against the database, never against a held answer.
"""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings


def held_for(seconds: float) -> Callable:
    """Decorate a function without arguments: its answer is kept for a while.

    settings.YUHAI_HELD_SECONDS, where it is set, counts instead.
    """

    def hold(read: Callable) -> Callable:
        # When it was read, and what; set as one, since threads share it.
        kept: dict[str, tuple] = {}

        @wraps(read)
        def answer():
            now = time.monotonic()
            held = kept.get("answer")
            if held is None or now - held[0] >= limit(seconds):
                held = kept["answer"] = (now, read())
            return held[1]

        answer.forget = kept.clear
        return answer

    return hold


def limit(seconds: float) -> float:
    return getattr(settings, "YUHAI_HELD_SECONDS", seconds)
