"""Reference data that every installation needs: roles, limits, calendar, code tables.

    @reference("roles", order=20)
    def load_roles() -> int: ...           # idempotent; returns how many rows changed

`manage.py load_reference` runs all loaders in order.
"""

from collections.abc import Callable

from toolkit.registry import Registry

loaders = Registry("reference loader")


def reference(slug: str, *, order: int) -> Callable:
    """Register an idempotent loader of reference data."""
    return lambda function: loaders.add((order, slug), function)


def load_all() -> dict[str, int]:
    """Run every loader; return how many rows each created or changed."""
    return {slug: load() for (_order, slug), load in sorted(loaders.items())}
