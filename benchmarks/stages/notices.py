"""The public list of notices, asked for by a stranger, and asked for again."""

from collections.abc import Callable

from django.core.wsgi import get_wsgi_application

from benchmarks.rates import ask

LIST = "/notices/"


def actions() -> dict[str, Callable]:
    """Return the list, and the answer that it has not changed."""
    application = get_wsgi_application()
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
