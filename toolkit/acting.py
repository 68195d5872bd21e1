"""Who is acting, from where: known to the audit trail without being passed around."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# An Acting, or what has the same three properties.
_acting: ContextVar = ContextVar("acting", default=None)


@dataclass(frozen=True)
class Acting:
    """The request in whose course something happens."""

    request: object
    # Of one who is not signed in nobody knows a name.
    name = ""

    @property
    def ip(self) -> str | None:
        """Address of the client, as ClientAddressMiddleware found it."""
        return self.request.META.get("REMOTE_ADDR") or None

    @property
    def user(self):
        """The signed-in user, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None


def acting() -> Acting | None:
    """Return who is acting now, or None in the worker."""
    return _acting.get()


@contextmanager
def acting_as(somebody) -> Iterator[None]:
    """Have somebody be the one who acts, until the end of the block."""
    token = _acting.set(somebody)
    try:
        yield
    finally:
        _acting.reset(token)


class ActingMiddleware:
    """Remember the request for the time of its answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting_as(Acting(request)):
            return self.get_response(request)
