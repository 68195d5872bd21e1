from django.utils.translation import gettext_lazy as _

from learning.forms import SchoolSessionFilters, SchoolSessionForm
from learning.models import SchoolSession
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register


@register
class SchoolSessionScreens(ModelScreens):
    model = SchoolSession
    about = _("每个社区每月一期")
    icon = "learning"
    form_class = SchoolSessionForm
    filter_class = SchoolSessionFilters
    counted_in = _("期")
    sorts = {"held": (_("日期"), Sort("held_on", descending=True))}
    columns = (
        LinkColumn("title"),
        Column("org_unit__name", _("社区（村）")),
        DateColumn("held_on"),
        Column("topic"),
        Column("lecturer"),
        NumberColumn("attendance", _("参加人数"), unit=_("人")),
    )
    facts = (
        "org_unit",
        "title",
        "topic",
        "held_on",
        "hours",
        "place",
        "lecturer",
        "attendance_text",
    )

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        for action in actions:
            if action.get("primary"):
                action["label"] = _("登记一期课程")
        return actions
