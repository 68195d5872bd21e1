"""The personal numbers in a document, masked, and whether it shows any text.

    shown, numbers = run_limited("toolkit.document_numbers.search", "xlsx", data, …)
    # True, [("sheet", "名单", 3, "mobile", "138****8000")]

Called in the child process of toolkit.child only: a text may be made so that searching
it takes long.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from toolkit.document_text import UNSHOWN, pieces_of
from toolkit.privacy.detectors import find_personal_numbers

# Parts in which a reader finds the line.
_IN_LINES = ("sheet", "text")

Number = tuple[str, str, int, str, str]


def search(
    kind: str, data: bytes, allowed: Collection[str], most: int
) -> tuple[bool, list[Number]]:
    """Return whether a reader sees text, and (part, name, line, kind, masked) of each.

    The line is 0 where nobody counts lines. Raises what `pieces_of` raises.
    """
    pieces = pieces_of(kind, data)
    # Of a scan only a person can tell what it shows.
    shows_text = any(part not in UNSHOWN for part, _name, _text in pieces)
    return shows_text, list(islice(_numbers(pieces, allowed), most))


def _numbers(pieces: list[list[str]], allowed: Collection[str]) -> Iterator[Number]:
    known = set()
    for part, name, text in pieces:
        # The name of a sheet may be a personal number itself.
        shown = next((hit.masked for hit in find_personal_numbers(name)), name)
        for hit in find_personal_numbers(text, allowed):
            line = hit.line if part in _IN_LINES else 0
            number = (part, shown, line, hit.kind, hit.masked)
            if number not in known:
                known.add(number)
                yield number
