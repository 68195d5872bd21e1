"""The roll in walking order: which emergency, which unit, door by door."""

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from communities.models import Building, OrgUnit
from communities.scoping import Scope, scope_of
from safety.models import BuildingPost, Emergency, RollCall, State
from toolkit.permissions import permission_name
from toolkit.prepared import PreparedFor
from toolkit.refusals import not_found
from toolkit.row_numbers import row_number
from visits.doors import Door
from visits.whom import whom_of

CALL = "safety.change_rollcall"
REVEAL = "communities.reveal_resident"
# More is no round for one person; choosing a grid shows the rest.
MOST_LINES = 200


def emergency_asked(request) -> Emergency | None:
    """Return the open emergency that the URL names, else the first; None for none.

    Raises Http404 for one that is not open or lies out of reach.
    """
    rows = Emergency.objects.in_scope_of(request.user).open()
    asked = request.GET.get("emergency")
    if not asked:
        return next((one for one, _waiting in open_for(request.user)), None)
    pk = row_number(asked)
    found = rows.filter(pk=pk).first()
    if found is None:
        named = Emergency.objects.filter(pk=pk)
        raise not_found(request.user, "safety.view_emergency", named)
    return found


def open_for(user) -> list[tuple[Emergency, int]]:
    """Return the open emergencies with how many people wait for the user's call.

    What is in earnest comes before exercises, then where most people wait.
    """
    waiting = waiting_by_emergency(user)
    rows = Emergency.objects.in_scope_of(user).open()
    found = [(one, waiting.get(one.pk, 0)) for one in rows]
    return sorted(found, key=lambda row: (row[0].is_drill, -row[1], -row[0].pk))


def unit_asked(request) -> OrgUnit | None:
    """Return the unit that the URL names, None for none; 404 for one out of reach."""
    code = request.GET.get("unit")
    if not code:
        return None
    unit = unit_named(request.user, code)
    if unit is None:
        named = OrgUnit.objects.filter(code=code)
        raise not_found(request.user, "communities.view_orgunit", named)
    return unit


def unit_named(user, code: str) -> OrgUnit | None:
    """Return the unit of a code, None for one out of reach."""
    reach = scope_of(user, "safety.view_rollcall").as_q("path")
    found = OrgUnit.objects.filter(reach, code=code).select_related("community")
    return found.first()


def roll_url(emergency_id: int, unit: str = "", line: int | None = None) -> str:
    """Return the address of the roll, of one unit by its code, at one person."""
    asked = {"emergency": emergency_id} | ({"unit": unit} if unit else {})
    place = f"#line-{line}" if line else ""
    return f"{reverse('safety:roll')}?{urlencode(asked)}{place}"


def way_to(line: RollCall) -> str:
    """Return the address of a person on the roll of his unit."""
    return roll_url(line.emergency_id, line.org_unit.code, line.pk)


def lines_for(user, emergency: Emergency, unit: OrgUnit | None) -> QuerySet:
    """Return the people of an emergency whom the user calls, in one unit or all."""
    rows = RollCall.objects.in_scope_of(user, "change").filter(emergency=emergency)
    return rows if unit is None else rows.within(unit)


def own_lines(lines: QuerySet, emergency: Emergency, user) -> QuerySet:
    """Return the people in the buildings for which the user answers."""
    posts = BuildingPost.objects.filter(emergency=emergency, worker=user)
    return lines.filter(resident__household__building__in=posts.values("building"))


def order_by_door(lines: Iterable[RollCall]) -> list[tuple[Door, RollCall]]:
    """Return the lines with their doors: lane, house, staircase, floor, room."""
    doors = [(Door(whom_of(line.subject)), line) for line in lines]
    return sorted(doors, key=lambda pair: (pair[0].lane, pair[0].walk, pair[1].pk))


def lanes_of(lines: Iterable[RollCall]) -> list[dict]:
    """Return lanes, their houses and the lines there, in walking order."""
    ordered = order_by_door(lines)
    return [
        {"name": name, "houses": houses_in(list(group))}
        for (_key, name), group in groupby(ordered, key=lambda pair: pair[0].lane)
    ]


def houses_in(pairs: list[tuple[Door, RollCall]]) -> list[dict]:
    return [
        {
            "name": name,
            "building": found[0][0].whom.building,
            "pairs": found,
        }
        for name, group in groupby(pairs, key=lambda pair: pair[0].house)
        for found in [list(group)]
    ]


def houses_of(lines: QuerySet) -> list[Building]:
    """Return the buildings of the lines in walking order."""
    keys = lines.order_by().values("resident__household__building")
    rows = Building.objects.filter(pk__in=keys).select_related("lane")
    return list(rows.order_by("lane__pinyin", "lane", "order", "number", "block", "pk"))


def count_waiting(user) -> int:
    """Return how many people wait for a call from the user; asked once per request."""
    return sum(waiting_by_emergency(user).values())


def now_open(user) -> list[Emergency]:
    """Return the open emergencies within reach, the newest first; asked once."""
    if not hasattr(user, "_open_emergencies"):
        rows = Emergency.objects.in_scope_of(user).open().select_related("org_unit")
        user._open_emergencies = list(rows.order_by("-pk"))
    return user._open_emergencies


def waiting_in(scope: Scope) -> QuerySet:
    """Return each open emergency with people of the scope: how many wait for a call."""
    rows = RollCall.objects.in_scope(scope)
    here = rows.filter(emergency__in=Emergency.objects.open()).order_by()
    waiting = Count("pk", filter=Q(state=State.WAITING))
    found = here.values("emergency").annotate(people=waiting)
    return found.values_list("emergency", "people")


WAITING = PreparedFor(waiting_in)


def waiting_by_emergency(user) -> dict[int, int]:
    """Return how many wait for a call from the user, of each roll that he calls."""
    if not hasattr(user, "_roll_waiting"):
        scope = scope_of(user, permission_name(RollCall, "change"))
        user._roll_waiting = dict(WAITING.rows(scope))
    return user._roll_waiting


def is_calling(user) -> bool:
    """Answer whether a roll is open whose people the user calls, waiting or not."""
    return bool(waiting_by_emergency(user))
