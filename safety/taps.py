"""The roll of an open emergency on a phone without signal."""

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from safety.handed_in import KIND
from safety.models import Emergency, RollCall
from safety.roll import MOST_LINES, lines_for, order_by_door
from safety.steps import TOLD
from visits.doors import Door
from visits.taps import Tap, TapList, Tapped, tap_list


@tap_list(KIND)
def people_to_call(user, unit: OrgUnit | None) -> TapList | None:
    """Return the people whom the user calls in the newest open emergency."""
    open_ones = Emergency.objects.in_scope_of(user).open().order_by("-pk")
    emergency = open_ones.first()
    if emergency is None:
        return None
    lines = lines_for(user, emergency, unit).with_homes()[:MOST_LINES]
    people = [tapped(line, door, emergency) for door, line in order_by_door(lines)]
    return TapList(_("应急点名　%(title)s") % {"title": emergency.title}, people)


def tapped(line: RollCall, door: Door, emergency: Emergency) -> Tapped:
    """Return one person with the five buttons of the roll."""
    whom = {"line": line.pk}
    if line.resident_id:
        whom = {"person": line.resident_id}
    taps = tuple(
        Tap(str(state.label), {"emergency": emergency.pk, "state": state.value} | whom)
        for state in TOLD
    )
    return Tapped(line.pk, door, line.get_state_display(), taps)
