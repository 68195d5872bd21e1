from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.forms import SchoolSessionFilters, SchoolSessionForm
from learning.models import SchoolSession
from toolkit.columns import Column, DateColumn, LinkColumn, NumberColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register


class AttendanceColumn(NumberColumn):
    """How many came, or why that is not known."""

    def show(self, row) -> str:
        return row.attendance_text


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
        AttendanceColumn("attendance", _("参加人数")),
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
    def create_label(cls):
        return _("登记一期课程")

    @classmethod
    def first_rows(cls, rows, limit):
        """Return the next sessions, the nearest first, and then the last ones."""
        today = timezone.localdate()
        coming = list(rows.filter(held_on__gte=today).order_by("held_on", "pk")[:limit])
        held = rows.filter(held_on__lt=today).order_by("-held_on", "-pk")
        return [*coming, *held[: limit - len(coming)]]
