"""What a phone takes along for a day: as little as the way to the doors needs.

Names are masked, and why somebody is visited stays in the office: a lost phone must not
tell who is poor, ill or alone. The phone keeps it encrypted for as long as its lease.
"""

from datetime import date

from django.utils.translation import gettext as _

from communities.models import Resident
from toolkit.privacy.masks import mask_name
from visits.day import Place, day_of
from visits.doors import Door

# Whoever goes to more homes in a day comes back into reach in between.
MOST_HOMES = 80


def doors_for_phone(user, place: Place, today: date) -> tuple[list[dict], int]:
    """Return the doors of the day in walking order, and how many homes there are.

    A phone gets MOST_HOMES of them at most.
    """
    doors = [
        door for lane in day_of(user, place, today).lanes() for door in lane["doors"]
    ]
    homes = list(dict.fromkeys(door.home for door in doors))
    kept = set(homes[:MOST_HOMES])
    doors = [door for door in doors if door.home in kept]
    members = members_of(doors)
    return [told(door, today, members) for door in doors], len(homes)


def homes_in(doors: list[dict]) -> int:
    """Return how many households the doors for a phone are."""
    return len({door["home"] for door in doors})


def told(door: Door, today: date, members: dict[int, list[dict]]) -> dict:
    """Return what the phone is told of one door."""
    (kind, pk), clock = door.whom.key, door.clock(today)
    return whereabouts(door) | {
        "kind": kind,
        "id": pk,
        "name": name_of(door),
        "task": _("约好再去") if door.is_agreed else "",
        "advice": door.advice(),
        "clock": clock["text"],
        "tone": clock["tone"],
        "members": members.get(pk, []) if is_home(door) else [],
    }


def whereabouts(door: Door) -> dict:
    """Return where a door is, as every list on a phone tells it."""
    return {
        "home": "-".join(map(str, door.home)),
        "sign": door.sign,
        "lane": door.lane[1],
        "house": door.house,
    }


def name_of(door: Door) -> str:
    """Return a masked name; households and units have none to hide."""
    return mask_name(door.whom.name) if door.whom.kind == "resident" else door.name


def is_home(door: Door) -> bool:
    return door.whom.kind == "household"


def members_of(doors: list[Door]) -> dict[int, list[dict]]:
    """Return by household the members who may be met there, with masked names."""
    homes = [door.whom.pk for door in doors if is_home(door)]
    found: dict[int, list[dict]] = {}
    people = Resident.objects.filter(household__in=homes, ended_on=None)
    for one in people.only("pk", "name", "household").order_by("pk"):
        line = {"id": one.pk, "name": mask_name(str(one))}
        found.setdefault(one.household_id, []).append(line)
    return found
