"""How many people and households a person may see, counted now and then.

Counting a hundred thousand rows for a line under a title is not worth a page: the
figures are kept for some minutes, under the edition of the rolls in which they were
counted. The edition stands in the database, since the worker that writes a roster may
have no cache in common with the pages.
"""

from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, F

from communities.models import Household, OrgUnit, Resident, RollsEdition
from communities.scoping import scope_of

KEPT_SECONDS = 600
ONLY = 1


@dataclass(frozen=True)
class Rolls:
    """The unit a person works in, its people on the rolls, its open households."""

    unit: str
    people: int
    households: int


def rolls_of(user) -> Rolls:
    """Return the figures for the scope in which the user sees residents."""
    scope = scope_of(user, "communities.view_resident")
    reach = repr((scope.everywhere, scope.paths)).encode()
    key = f"rolls-{edition()}-{blake2b(reach, digest_size=16).hexdigest()}"
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

    Inside it, clerks would wait for one another at the one row. Whatever becomes of
    the edition, what was written stays written and is answered so.
    """
    transaction.on_commit(renew, robust=True)


@transaction.atomic
def renew() -> None:
    """Count a change of the rolls."""
    counted = RollsEdition.objects.filter(pk=ONLY)
    if not counted.update(number=F("number") + 1):
        first = RollsEdition(pk=ONLY)
        RollsEdition.objects.bulk_create([first], ignore_conflicts=True)
        counted.update(number=F("number") + 1)


def edition() -> int:
    """Return a number that differs after every change, 0 before the first one."""
    numbers = RollsEdition.objects.filter(pk=ONLY).values_list("number", flat=True)
    return numbers.first() or 0


def people_below(units) -> dict[int, int]:
    """Return how many people on the rolls each unit and all below it have.

    One grouped count of the whole register, kept as long as the other figures.
    """
    key = f"people-by-path-{edition()}"
    by_path = cache.get_or_set(key, count_by_path, KEPT_SECONDS)
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
