"""Room for the frames of deep calls, which Python keeps in chunks of 16 KiB.

Python before 3.13 gives a chunk back the moment the first frame in it ends, so a loop
that happens to call across the border of two maps and unmaps memory at every turn: a
third of the time of a page (CPython gh-142183). A frame that claims a large chunk for
itself leaves what is called below it far from any border.
"""

from collections.abc import Callable
from functools import wraps

# Entries of eight bytes: more than half a megabyte, so that the chunk is a whole one,
# and what is left of it holds a thousand frames.
ENTRIES = 70_000


def roomy(call: Callable) -> Callable:
    """Return the callable with a chunk of its own beneath it."""

    @wraps(call)
    def with_room(*args, **kwargs):
        return call(*args, **kwargs)

    code = with_room.__code__
    with_room.__code__ = code.replace(co_stacksize=ENTRIES)
    return with_room
