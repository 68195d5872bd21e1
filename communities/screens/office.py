from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.filters.office import OfficeDayFilters, OfficeLimitFilters
from communities.forms.office import OfficeDayForm, OfficeLimitForm
from communities.models import OfficeDay, OfficeLimit
from toolkit import formats
from toolkit.calendar import calendar
from toolkit.columns import Column, LinkColumn, StateColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register


class DayLink(LinkColumn):
    """The date with its weekday, leading to its page."""

    css_class = "text-nowrap"

    def raw(self, row):
        return f"{formats.cn_date(row.date)}　{formats.cn_weekday(row.date)}"


@register
class OfficeDayScreens(ModelScreens):
    model = OfficeDay
    icon = "calendar"
    form_class = OfficeDayForm
    filter_class = OfficeDayFilters
    columns = (
        DayLink("date", gettext_lazy("日期")),
        Column("name", is_lead=True),
        StateColumn("kind", tones={"holiday": "done", "makeup": "wait"}),
        Column("source", is_dropped=True),
    )
    sorts = {
        "latest": (gettext_lazy("日期"), Sort("date", descending=True)),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    counted_in = gettext_lazy("天")

    @classmethod
    def subtitle(cls, request):
        """Say whether the coming year's notice is in: without it limits are guesses."""
        year = timezone.localdate().year + 1
        if calendar().knows(year):
            return _("%(year)d 年的放假通知已录入。") % {"year": year}
        return _(
            "%(year)d 年的放假通知还没有录入，跨年的办理期限先按周一至周五推算。"
        ) % {"year": year}


@register
class OfficeLimitScreens(ModelScreens):
    """The limits of the law and of the office, each with its article beside it."""

    model = OfficeLimit
    icon = "clock"
    form_class = OfficeLimitForm
    filter_class = OfficeLimitFilters
    columns = (
        LinkColumn("label", gettext_lazy("名称")),
        Column("code", gettext_lazy("编号"), is_dropped=True),
        Column("trigger", is_dropped=True),
        Column("length", gettext_lazy("期限"), is_lead=True),
        Column("bound", is_dropped=True),
        Column("source"),
    )
    facts = (
        "code",
        "label",
        "trigger",
        "length",
        "bound",
        "rolls",
        "source",
        "source_mark",
        "note",
        "updated_at",
    )
    sorts = {
        "code": (gettext_lazy("编号"), Sort("code")),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    has_create = False
