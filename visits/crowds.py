"""How many people are to be visited, for the numbers in the menu of every page."""

from collections.abc import Callable
from hashlib import blake2b

from django.core.cache import cache
from django.db.models import QuerySet

from toolkit.prepared import PreparedFor, number_of

# Counting more costs more than the page, and nobody misses one of them for a minute.
COUNTED_ANEW = 100
KEPT_SECONDS = 60


class Crowd(PreparedFor):
    """The number of people of what is asked; `compose` returns rows with a resident.

    A small number is always that of now; a large one is remembered for a minute under
    the name of the crowd and what is asked for.
    """

    def __init__(
        self, name: str, compose: Callable[..., QuerySet], anew: int = COUNTED_ANEW
    ):
        super().__init__(lambda *asked: number_of(compose(*asked), "resident"))
        self._name, self._anew = name, anew

    def number(self, *asked) -> int:
        """Return how many people are asked for, each of them once."""
        told = repr((self._name, asked)).encode()
        key = f"crowd-{blake2b(told, digest_size=16).hexdigest()}"
        people = cache.get(key)
        if people is None:
            people = super().number(*asked)
            if people > self._anew:
                cache.set(key, people, KEPT_SECONDS)
        return people
