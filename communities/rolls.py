"""How many people and households a person may see, counted now and then.

Counting a hundred thousand rows for a line under a title is not worth a page: the
figures are kept for some minutes and dropped when this process enters somebody.
"""

from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count

from communities.models import Household, OrgUnit, Resident
from communities.scoping import scope_of

KEPT_SECONDS = 600
VERSION = "rolls-version"


@dataclass(frozen=True)
class Rolls:
    """The unit a person works in, its people on the rolls, its open households."""

    unit: str
    people: int
    households: int


def rolls_of(user) -> Rolls:
    """Return the figures for the scope in which the user sees residents."""
    scope = scope_of(user, "communities.view_resident")
    version = cache.get_or_set(VERSION, 0, None)
    reach = repr((scope.everywhere, scope.paths)).encode()
    key = f"rolls-{version}-{blake2b(reach, digest_size=16).hexdigest()}"
    return cache.get_or_set(key, lambda: count_rolls(user, scope), KEPT_SECONDS)


def count_rolls(user, scope) -> Rolls:
    """Count what the user may see."""
    unit = ""
    if len(scope.paths) == 1:
        unit = OrgUnit.objects.select_related("community").get(path=scope.paths[0])
        unit = unit.full_name
    return Rolls(
        unit,
        Resident.objects.registered().in_scope_of(user).count(),
        Household.objects.open().in_scope_of(user).count(),
    )


def forget_rolls() -> None:
    """Count anew at the next page, once the current transaction is through.

    Whatever becomes of the cache, what was written stays written and is answered so.
    """
    transaction.on_commit(renew, robust=True)


def renew() -> None:
    try:
        cache.incr(VERSION)
    except ValueError:
        cache.set(VERSION, 1, None)


def people_below(units) -> dict[int, int]:
    """Return how many people on the rolls each unit and all below it have.

    One grouped count of the whole register, kept as long as the other figures.
    """
    version = cache.get_or_set(VERSION, 0, None)
    by_path = cache.get_or_set(f"people-by-path-{version}", count_by_path, KEPT_SECONDS)
    return {
        unit.pk: sum(n for path, n in by_path.items() if path.startswith(unit.path))
        for unit in units
    }


def count_by_path() -> dict[str, int]:
    """Count the people on the rolls of each unit that people belong to directly."""
    rows = Resident.objects.registered().order_by().values_list("org_unit")
    counts = dict(rows.annotate(Count("pk")))
    paths = OrgUnit.objects.in_bulk(counts)
    return {paths[pk].path: count for pk, count in counts.items()}
