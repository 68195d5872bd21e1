"""Whether what a phone handed in passed on within a community, or to another one.

Between two grids of one community it goes to whoever is responsible now; the community
itself was never another.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from accounts.models import Assignment
from communities.scoping import LOWEST

# Whoever logs visits.
APP_LABEL, CODENAME = "visits", "add_visit"


def stays_within(items: Sequence) -> list[bool]:
    """Say of each handed-in item whether its author was of a grid beside its own."""
    posts = posts_of({one.by_id for one in items})
    return [
        is_beside(one.unit_path, posts[one.by_id], timezone.localdate(one.moment))
        for one in items
    ]


def posts_of(users: Iterable[int]) -> dict[int, list[tuple]]:
    """Return by user where he logs or logged visits, and from when until when."""
    found = defaultdict(list)
    if users:
        held = Assignment.objects.filter(
            user__in=users,
            role__permissions__codename=CODENAME,
            role__permissions__content_type__app_label=APP_LABEL,
        )
        spans = held.values_list("user", "org_unit__path", "starts_on", "ends_on")
        for user, *post in spans:
            found[user].append(post)
    return found


def is_beside(path: str, posts: list[tuple], day: date) -> bool:
    """Whether on the day a post was in the community of a grid, but not over the grid.

    Where one was over the grid, it was passed on for another reason.
    """
    if path.count("/") < LOWEST:
        return False
    community = f"{path.rstrip('/').rpartition('/')[0]}/"
    held = [
        place
        for place, begin, end in posts
        if begin <= day and (end is None or end >= day)
    ]
    is_over = any(path.startswith(place) for place in held)
    return not is_over and any(place.startswith(community) for place in held)
