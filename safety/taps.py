"""The roll of an open emergency on a phone without signal."""

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from safety.handed_in import KIND
from safety.models import Emergency, RollCall, State
from safety.roll import lines_for, order_by_door
from safety.steps import TOLD, may_follow
from visits.doors import Door
from visits.taps import Tap, TapList, Tapped, tap_list


@tap_list(KIND)
def people_to_call(user, unit: OrgUnit | None) -> list[TapList]:
    """Return the people whom the user calls in each open emergency that has some.

    The newest comes first, exercises after what is in earnest.
    """
    own = RollCall.objects.in_scope_of(user, "change").order_by()
    open_ones = Emergency.objects.open().filter(pk__in=own.values("emergency"))
    return [
        roll_of(user, unit, emergency)
        for emergency in open_ones.order_by("is_drill", "-pk")
    ]


def roll_of(user, unit: OrgUnit | None, emergency: Emergency) -> TapList:
    """Return the people of one emergency in walking order."""
    lines = lines_for(user, emergency, unit).with_homes()
    people = [tapped(line, door, emergency) for door, line in order_by_door(lines)]
    words = _("应急点名　%(title)s")
    if emergency.is_drill:
        words = _("应急点名　%(title)s（演练）")
    reach = unit.path if unit else RollCall.objects.reach_of(user, "change")
    title = words % {"title": emergency.title}
    return TapList(title, people, RollCall, reach, is_exercise=emergency.is_drill)


def tapped(line: RollCall, door: Door, emergency: Emergency) -> Tapped:
    """Return one person with the five buttons of the roll."""
    whom = {"line": line.pk}
    if line.resident_id:
        whom = {"person": line.resident_id}
    taps = tuple(
        Tap(
            str(state.label),
            {"emergency": emergency.pk, "state": state.value} | whom,
            after=tuple(str(one.label) for one in State if may_follow(one, state)),
        )
        for state in TOLD
    )
    return Tapped(line.pk, door, line.get_state_display(), taps)
