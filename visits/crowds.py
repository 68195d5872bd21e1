"""How many people some duties are about, for the numbers in the menu of every page."""

from hashlib import blake2b

from django.core.cache import cache
from django.db.models import Count, QuerySet

# Counting more costs more than the page, and nobody misses one of them for a minute.
COUNTED_ANEW = 100
KEPT_SECONDS = 60


def count_people(duties: QuerySet, asked: tuple, anew: int = COUNTED_ANEW) -> int:
    """Return how many people have one of the duties.

    A small number is always that of now; a large one is remembered for a minute under
    what was asked for, and for which part of the street.
    """
    key = f"crowd-{blake2b(repr(asked).encode(), digest_size=16).hexdigest()}"
    people = cache.get(key)
    if people is None:
        people = duties.aggregate(people=Count("resident", distinct=True))["people"]
        if people > anew:
            cache.set(key, people, KEPT_SECONDS)
    return people
