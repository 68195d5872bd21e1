from django.utils.translation import gettext as _

from communities.scoping import scope_of
from toolkit import formats
from toolkit.tiles import panel
from volunteers.models import Team

SHOWN = 6
# Who sees the figures of the unit has them from there.
FIGURES = "reports.view_report"


@panel("own-teams", order=30, permission="volunteers.view_team")
def own_teams(user, now) -> dict | None:
    """The teams that a captain without figures leads, else those of the community."""
    if user.has_perm(FIGURES) or scope_of(user, "volunteers.view_team").holds_street:
        return None
    around = Team.objects.in_scope_of(user).filter(closed_on=None)
    own = around.led_by(user)
    is_leader = own.exists()
    teams = own if is_leader else around
    lines = [
        {
            "label": team.name,
            "about": formats.phrased([team.org_unit.name, team.get_kind_display()]),
            "url": team.get_absolute_url(),
            "end": _("%(count)s 人") % {"count": formats.count(team.members)},
        }
        for team in teams.select_related("org_unit")[:SHOWN]
    ]
    return lines and {
        "title": _("我带的队伍") if is_leader else _("社区志愿队伍"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }
