"""Who is acting, from where: known to the audit trail without being passed around."""

from contextvars import ContextVar
from dataclasses import dataclass

_acting: ContextVar["Acting | None"] = ContextVar("acting", default=None)


@dataclass(frozen=True)
class Acting:
    """The request in whose course something happens."""

    request: object

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
    """Return who is acting now, or None in the worker and on the command line."""
    return _acting.get()


class ActingMiddleware:
    """Remember the request for the time of its answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _acting.set(Acting(request))
        try:
            return self.get_response(request)
        finally:
            _acting.reset(token)
