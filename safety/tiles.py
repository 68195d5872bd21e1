from django.utils.translation import gettext as _

from communities.scoping import scope_of
from safety.models import PoliceRoom
from toolkit import formats
from toolkit.tiles import panel, tile

SHOWN = 6
# Who sees the figures of the unit has them from there.
FIGURES = "reports.view_report"

tile("safety", "safety.police_rooms", facts=("volunteers.teams",))


@panel("police-rooms", order=30, permission="safety.view_policeroom")
def own_rooms(user, now) -> dict | None:
    """The room of the community, for a policeman who has no figures."""
    if user.has_perm(FIGURES) or scope_of(user, "safety.view_policeroom").holds_street:
        return None
    rooms = PoliceRoom.objects.in_scope_of(user).filter(closed_on=None)
    lines = [
        {
            "label": str(room),
            "about": formats.phrased([room.address, room.hours, room.officer]),
            "url": room.get_absolute_url(),
            "end": room.phone,
        }
        for room in rooms.select_related("org_unit")[:SHOWN]
    ]
    return lines and {
        "title": _("我的警务室"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }
