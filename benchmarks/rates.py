"""Requests to a WSGI application, without a network in between.

Standard library only: the peers run it in environments of their own.
"""

import io
from collections.abc import Callable

FORM = "application/x-www-form-urlencoded"


def environ(
    path: str, headers: dict[str, str], form: bytes | None, kind: str = FORM
) -> dict:
    """Return the WSGI environment of a GET request, of a POST where there is a form."""
    path, _mark, query = path.partition("?")
    given = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()}
    return {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind if form else "",
        "CONTENT_LENGTH": str(len(form or b"")),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(form or b""),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **given,
    }


def ask(
    application: Callable,
    path: str,
    headers: dict[str, str] | None = None,
    form: bytes | None = None,
    kind: str = FORM,
) -> tuple[str, dict, bytes]:
    """Ask once; return the status, the headers and the body."""
    told = {}

    def start(status, response_headers, _error=None):
        told["status"] = status
        told["headers"] = dict(response_headers)

    answer = application(environ(path, headers or {}, form, kind), start)
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    return told["status"], told["headers"], body
