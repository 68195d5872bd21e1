from django.utils.translation import gettext as _

from communities.scoping import scope_of
from safety.models import PoliceRoom
from toolkit import formats
from toolkit.hours import unbroken
from toolkit.tiles import panel, tile

SHOWN = 6
# Who sees the figures of the unit has them from there.
FIGURES = "reports.view_report"

tile("safety", "safety.police_rooms")


@panel("police-rooms", order=30, permission="safety.view_policeroom")
def own_rooms(user, now) -> dict | None:
    """The rooms of the community, for those who have no figures."""
    if user.has_perm(FIGURES) or scope_of(user, "safety.view_policeroom").holds_street:
        return None
    around = PoliceRoom.objects.in_scope_of(user).filter(closed_on=None)
    own = around.filter(officer=user.name)
    is_own = own.exists()
    rooms = own if is_own else around
    lines = [
        {
            "label": str(room),
            "about": formats.phrased(
                [room.address, unbroken(room.hours), room.officer]
            ),
            "url": room.get_absolute_url(),
            "end": room.phone,
        }
        for room in rooms.select_related("org_unit")[:SHOWN]
    ]
    return lines and {
        "title": _("我的警务室") if is_own else _("社区警务室"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }
