from django.urls import reverse
from django.utils.translation import gettext as _

from communities.scoping import scope_of
from safety.board import tally_of
from safety.models import Emergency, PoliceRoom, RollCall
from safety.naming import asked_to_close, reached_words
from safety.roll import CALL, now_open, roll_url
from safety.team_posts import VIEW as TEAM_POSTS
from safety.team_posts import short_lines
from safety.waiting import emergencies_of, waiting_by_emergency
from toolkit import formats
from toolkit.hours import unbroken
from toolkit.tiles import panel, tile

SHOWN = 6
# Who sees the figures of the unit has them from there.
FIGURES = "reports.view_report"

tile(
    "safety",
    "safety.police_rooms",
    facts=("safety.people_contacted", "safety.people_moved"),
)


@panel("emergencies", order=1, permission="safety.view_emergency")
def open_emergencies(user, now) -> dict | None:
    """What is open where the person works, and how far the calling has come."""
    banners = [emergency_banner(one, user, now) for one in now_open(user)]
    return banners and {
        "title": _("应急响应"),
        "template": "safety/_desk.html",
        "context": {"banners": banners},
    }


def emergency_banner(emergency: Emergency, user, now) -> dict:
    """Return the banner of an open emergency, with the way to the person's part."""
    lines = RollCall.objects.in_scope_of(user).filter(emergency=emergency)
    calls = user.has_perm(CALL)
    # Who holds the street looks on; the doors are those of the communities.
    looks_on = scope_of(user, CALL).holds_street
    words = _("看汇总") if looks_on else _("逐户点名")
    to_roll = calls and not looks_on
    told = reached_words(tally_of(lines)) if calls else ""
    drill = _("（演练）") if emergency.is_drill else ""
    return {
        "tone": "wait" if emergency.is_drill else "urgent",
        "icon": "alert",
        "title": _("%(title)s，%(level)s%(drill)s。")
        % {
            "title": emergency,
            "level": emergency.get_level_display(),
            "drill": drill,
        },
        "text": formats.in_short([told, asked_to_close(emergency, user, now)]),
        "url": roll_url(emergency.pk) if to_roll else emergency.get_absolute_url(),
        "url_label": words if calls else _("查看"),
    }


@panel("team-posts", order=1, permission=TEAM_POSTS)
def own_team_posts(user, now) -> dict | None:
    """Where the teams of a captain are sent in open emergencies."""
    url = reverse("safety:team-posts")
    lines = [line | {"url": url} for line in short_lines(user)[:SHOWN]]
    return lines and {
        "title": _("我队的应急任务"),
        "url": url,
        "url_label": _("时间、地点、找谁"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }


@panel("roll-handed-in", order=2, permission=CALL)
def taps_waiting(user, now) -> dict | None:
    """What phones have told of the roll and nobody has decided of."""
    waiting = {
        key: [one for one in readings if one.may_decide(user)]
        for key, readings in waiting_by_emergency(user).items()
    }
    wanted = {key for key, readings in waiting.items() if key and readings}
    lines = [
        {
            "label": str(one),
            "url": one.get_absolute_url(),
            "end": _("%(count)d条") % {"count": len(waiting[one.pk])},
        }
        for one in emergencies_of(user).filter(pk__in=wanted)
    ]
    return lines and {
        "title": _("手机登记待核对"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }


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
