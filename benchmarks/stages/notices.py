"""The public list of notices, asked for by a stranger, and asked for again."""

from collections.abc import Callable

from benchmarks.rates import ask
from yuhai_portal.wsgi import application

LIST = "/notices/"


def actions() -> dict[str, Callable]:
    """Return the list, and the answer that it has not changed."""
    status, headers, body = ask(application, LIST)
    if not status.startswith("200") or body.count(b'class="yh-notice"') < 20:
        raise SystemExit(f"{LIST} answered {status}")
    known = {"If-None-Match": headers["ETag"]}
    status, _headers, _body = ask(application, LIST, known)
    if not status.startswith("304"):
        raise SystemExit(f"{LIST} has changed: {status}")
    return {
        "notices": lambda: ask(application, LIST),
        "notices unchanged": lambda: ask(application, LIST, known),
    }
