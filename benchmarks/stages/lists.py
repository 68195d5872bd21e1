"""The first page of the resident list, as people of the street and of a unit see it."""

from collections.abc import Callable

from benchmarks.visitors import Visitor
from yuhai_portal.wsgi import application

LIST = "/communities/residents/"
FLOOR = "/bench/floor/list/"
# Whose list it is, and the demo account that sees it.
READERS = {"street": "leader", "community": "worker", "grid": "keeper"}


def actions() -> dict[str, Callable]:
    """Return the lists, the floors below them, and the lists of Django alone."""
    found: dict[str, Callable] = {}
    for place, username in READERS.items():
        reader = Visitor(application, username)
        found[f"list {place}"] = reader.page(LIST)
        found[f"list floor {place}"] = reader.page(FLOOR)
        if place == "street":
            found["list plain"] = reader.page("/bench/plain/")
    root = Visitor(application, "root")
    found["list admin"] = root.page("/bench/admin/communities/resident/")
    return found
