"""What stands of households and their members, as plain data that can be compared.

    {"households": {"7": {"number": …, "address": …, "closed_on": None, …}},
     "members": {"12": {"household": 7, "relation": "02", "unit": 3, "ended_on": None}}}

A step keeps the state before and after it. Undo puts the first back, provided the
second still stands; two clerks at once are told apart by the fingerprint.
"""

import hashlib
import json
from collections.abc import Iterable

from communities.models import Household, Resident

HOUSEHOLD_FIELDS = (
    "org_unit_id",
    "number",
    "kind",
    "building_id",
    "staircase",
    "room",
    "address",
    "closed_on",
)


def state_of(households: Iterable, residents: Iterable = ()) -> dict:
    """Read the state of households, their members on the rolls, and some residents.

    Both arguments are primary keys. The state survives JSON unchanged.
    """
    homes = Household.objects.filter(pk__in=set(households)).values(
        "pk", *HOUSEHOLD_FIELDS
    )
    people = Resident.objects.registered().filter(household__in=set(households))
    named = Resident.objects.filter(pk__in=set(residents))
    columns = ("pk", "household_id", "relation", "org_unit_id", "ended_on")
    state = {
        "households": {str(row.pop("pk")): row for row in homes},
        "members": {
            str(pk): {
                "household": home,
                "relation": relation,
                "unit": unit,
                "ended_on": ended,
            }
            for pk, home, relation, unit, ended in (
                *people.values_list(*columns),
                *named.values_list(*columns),
            )
        },
    }
    return json.loads(json.dumps(state, default=str))


def fingerprint(state: dict) -> str:
    """Return a short digest that changes whenever the state does."""
    text = json.dumps(state, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def members_of(state: dict, household_id: int) -> dict[str, dict]:
    """Return the members on the rolls of one household in a state."""
    return {
        pk: member
        for pk, member in state["members"].items()
        if member["household"] == household_id and member["ended_on"] is None
    }


def head_of(state: dict, household_id: int) -> str | None:
    """Return the primary key of the head of a household in a state, None for none."""
    for pk, member in members_of(state, household_id).items():
        if member["relation"] == "02":
            return pk
    return None
