"""Who may be near relatives: by what was declared, or by one household.

Near relatives are spouses, parents, children, brothers and sisters, grandparents and
grandchildren (民法典 1045). A household register tells how each stands to the head, not
to each other, so what follows from it is to be looked at by a person.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext as _

from governance.models import KinTie, Member

# How somebody stands to the head of the household, by code of GB/T 4761.
STANDINGS = {
    "head": ("02",),
    "spouse": ("10", "11", "12"),
    "child": tuple(str(code) for code in range(20, 40) if code not in (28, 38)),
    "grandchild": tuple(str(code) for code in range(40, 45)) + ("49",),
    "parent": ("50", "51", "52", "57", "58", "59"),
    "grandparent": ("60", "61", "62", "63", "64", "69"),
    "sibling": ("70", "71", "73", "75", "77", "79"),
}
STANDING = {code: name for name, codes in STANDINGS.items() for code in codes}
NEAR = {
    frozenset(pair)
    for pair in (
        *(("head", other) for other in STANDINGS if other != "head"),
        ("spouse", "child"),
        ("spouse", "grandchild"),
        ("child",),
        ("child", "grandchild"),
        ("child", "parent"),
        ("grandchild",),
        ("parent",),
        ("parent", "sibling"),
        ("parent", "grandparent"),
        ("grandparent",),
        ("grandparent", "sibling"),
        ("sibling",),
    )
}


class Kin(NamedTuple):
    """Two members who are, or may be, near relatives, and whence it is known."""

    first: Member
    second: Member
    why: str


def near_relatives(members: Iterable[Member]) -> Iterator[Kin]:
    """Yield each two of the members of whom it is known, or to be looked at."""
    known = [one for one in members if one.resident_id]
    ties = declared_among([one.resident_id for one in known])
    for first, second in combinations(known, 2):
        pair = frozenset((first.resident_id, second.resident_id))
        if pair in ties:
            yield Kin(first, second, _("已申报：%(tie)s") % {"tie": ties[pair]})
        elif live_as_kin(first, second):
            yield Kin(first, second, _("同一户，请核对关系"))


def declared_among(people: list[int]) -> dict[frozenset, str]:
    """Return by two people what was declared of them."""
    ties = KinTie.objects.filter(first__in=people, second__in=people)
    return {
        frozenset((tie.first_id, tie.second_id)): tie.get_relation_display()
        for tie in ties
    }


def live_as_kin(first: Member, second: Member) -> bool:
    """Answer whether the household of both makes them near relatives, likely."""
    home = first.resident.household_id
    if home is None or home != second.resident.household_id:
        return False
    standings = (STANDING.get(one.resident.relation) for one in (first, second))
    return frozenset(standings) in NEAR
