"""Turning the refusal of an action into the answer of a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import BadRequest, ValidationError


@contextmanager
def as_bad_request() -> Iterator[None]:
    """Turn a ValidationError into a 400 page that shows its first sentence."""
    try:
        yield
    except ValidationError as refusal:
        raise BadRequest(refusal.messages[0]) from refusal
