"""The heads of the households of a file: who stays beside a new one, who is missing.

A household has one head. Two are an error; none is told, since the register bears it
until somebody enters who it is.
"""

from collections.abc import Callable, Iterable, Iterator

from communities.roster.known import AT, Home

RELATION = AT["relation"]


def leaving(changes: Iterable) -> set[int]:
    """Return the people who by the file are not what they were in their household."""
    return {
        change.person.pk
        for change in changes
        if RELATION in change.differing or change.person.household != change.home.pk
    }


def with_two_heads(homes: Iterable[Home], gone: set[int]) -> Iterator[Home]:
    """Yield the households whose stored head stays beside the one of the file."""
    for home in homes:
        if home.head_row is None or home.head in (None, home.head_person):
            continue
        if home.head not in gone:
            yield home


def without_head(
    homes: Iterable[Home], gone: set[int], conflicting: Callable[[int], bool]
) -> list[Home]:
    """Return the households with people of the file that will have no head.

    The row of a new head may be in conflict: it is not written.
    """
    return [
        home
        for home in homes
        if home.first_row is not None
        and (home.head is None or home.head in gone)
        and (home.head_row is None or conflicting(home.head_row))
    ]


def told_by_sheet(plan, most: int) -> dict[int, dict]:
    """Return how many households of each sheet have no head, and the first of them.

    They are named by number and line: {0: {"count": 12, "first": [["0001", 3], …]}}.
    """
    told: dict[int, dict] = {}
    for home in plan.headless:
        sheet, line = plan.place_of(home.first_row)
        about = told.setdefault(sheet, {"count": 0, "first": []})
        about["count"] += 1
        if len(about["first"]) < most:
            about["first"].append([home.number, line])
    return told
