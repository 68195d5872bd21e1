from django.utils.translation import gettext_lazy as _

from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn
from toolkit.screens import Closing, ModelScreens, register
from volunteers.forms import TeamFilters, TeamForm
from volunteers.models import Team


@register
class TeamScreens(ModelScreens):
    model = Team
    about = _("各社区的志愿队伍：做什么、谁带队、多少人")
    pillar = "services"
    icon = "team"
    form_class = TeamForm
    filter_class = TeamFilters
    counted_in = _("支")
    columns = (
        LinkColumn("name"),
        Column("org_unit__name", _("社区（村）")),
        Column("kind"),
        Column("leader"),
        NumberColumn("members", unit=_("人")),
        DateColumn("founded_on"),
    )
    facts = (
        "org_unit",
        "name",
        "kind",
        "founded_on",
        "leader",
        "members_text",
        "about",
    )
    closing = Closing(label=_("解散"), hint=_("解散后不再计入队伍数，记录保留。"))
