"""Whom a worker may know of: who a phone hands in a visit to is answered by that.

Somebody who was once in his units may have been on his phone; a visit to him is never
refused. Of anybody else he is told what he is told of a number that is nobody's, so
that a phone cannot find out who lives where in the street.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from communities.models import HomeRelocation, Household, Relocation, Resident
from communities.scoping import Scope, scope_ever
from toolkit.sync.parcels import Parcel

PERMISSION = "visits.add_visit"
# What tells of the units in which somebody was before. Organisations have no such rows;
# they are public, so it is no secret that there is one.
MOVES = {Resident: Relocation, Household: HomeRelocation}


def refuse_strangers(parcels: Sequence[Parcel], user) -> None:
    """Refuse the parcels about whoever never was where their sender held a post."""
    ever = scope_ever(user, PERMISSION)
    far = [
        one
        for one in parcels
        if type(one.cleaned["whom"]) in MOVES and not ever.covers(one.unit_path)
    ]
    once_here = set(those_once_in(ever, [one.cleaned["whom"] for one in far]))
    for parcel in far:
        if parcel.cleaned["whom"] not in once_here:
            refuse_as_unknown(parcel)


def refuse_as_unknown(parcel: Parcel) -> None:
    """Refuse it as one about nobody; kept for a person, it lies with the street."""
    parcel.unit_path = ""
    parcel.refuse({"subject": [_("没有找到这个走访对象。")]})


def those_once_in(scope: Scope, subjects: Sequence) -> Iterator:
    """Yield the residents and households that moved out of a unit of the scope."""
    for model, moves in MOVES.items():
        asked = {one.pk: one for one in subjects if isinstance(one, model)}
        rows = moves.objects.filter(**{f"{moves.mover}__in": asked})
        if asked:
            left = rows.filter(scope.as_q("from_unit__path"))
            for key in set(left.values_list(f"{moves.mover}_id", flat=True)):
                yield asked[key]
