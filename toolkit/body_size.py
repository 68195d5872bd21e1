"""Bodies that are too large are refused before they are read.

Whoever looks into a form first writes its files to the temporary disk, so a stranger
could fill it before any policy has asked who he is.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig


class BodySizeMiddleware:
    """Refuse by the announced length; a body without one is not read at all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = announced_length(request.META)
        if length > settings.YUHAI_MOST_STRANGE_FORM_BYTES and length > most_of(
            request
        ):
            raise RequestDataTooBig("the announced body is too large")
        return self.get_response(request)


def announced_length(meta: dict) -> int:
    """Return the Content-Length; 0 for nonsense, as the server's reader takes it."""
    try:
        return int(meta.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def most_of(request) -> int:
    """Return how many bytes this visitor may send: a stranger has no files to give."""
    is_form = request.content_type == "multipart/form-data"
    if is_form and not request.user.is_authenticated:
        return settings.YUHAI_MOST_STRANGE_FORM_BYTES
    return settings.YUHAI_MOST_BODY_BYTES
