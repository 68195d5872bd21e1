"""Visitors with a session, as the server sees them."""

import json
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from accounts.models import User
from benchmarks.rates import ask

# What a browser and a form send against forgery: any secret, both times the same.
SECRET = "b" * 32


class Visitor:
    """A person who has signed in and asks for pages through the WSGI application."""

    def __init__(self, application, username: str):
        self.application = application
        self.user = User.objects.get(username=username)
        client = Client(HTTP_HOST="127.0.0.1:8000")
        client.force_login(self.user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = (
            f"{settings.SESSION_COOKIE_NAME}={key}; "
            f"{settings.CSRF_COOKIE_NAME}={SECRET}"
        )

    def get(self, path: str) -> bytes:
        """Return the body of a page; ends the run if there is none."""
        status, _headers, body = ask(self.application, path, {"Cookie": self.cookies})
        if not status.startswith("200"):
            raise SystemExit(f"{path} answered {status}")
        return body

    def post(self, path: str, **fields: str) -> str:
        """Send a form; return the address to which the answer leads."""
        form = urlencode(fields | {"csrfmiddlewaretoken": SECRET}).encode()
        status, headers, _body = ask(
            self.application, path, {"Cookie": self.cookies}, form
        )
        if not status.startswith("302"):
            raise SystemExit(f"{path} answered {status}")
        return headers["Location"]

    def send(self, path: str, content: dict) -> bytes:
        """Send JSON; return the body of the answer."""
        told = {"Cookie": self.cookies, "X-CSRFToken": SECRET}
        sent = json.dumps(content).encode()
        status, _headers, body = ask(
            self.application, path, told, sent, "application/json"
        )
        if not status.startswith("200"):
            raise SystemExit(f"{path} answered {status}")
        return body

    def page(self, path: str):
        """Return the action of asking for a page."""
        return lambda: self.get(path)
