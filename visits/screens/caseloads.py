from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.columns import Column, DateColumn, LinkColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register
from toolkit.screens.lists import ListScreen
from visits import filters
from visits.models import Caseload


class CaseloadListScreen(ListScreen):
    """The list below the page that tells who is responsible today."""

    def get_context_data(self, **kwargs):
        above = {"label": gettext("责任区"), "url": reverse("visits:responsible")}
        here = {"label": self.screens.title, "url": None}
        return super().get_context_data(breadcrumbs=[above, here], **kwargs)


@register
class CaseloadScreens(ModelScreens):
    """Who was responsible where and since when; a hand-over alone adds a row."""

    model = Caseload
    title = _("历任责任人")
    icon = "unit"
    filter_class = filters.CaseloadFilters
    facts = ("org_unit", "worker", "kind", "lasting_words", "hand_over", "created_at")
    passed_over = ("hand_over",)
    columns = (
        LinkColumn("unit_name", _("网格")),
        Column("worker__name", _("责任人"), is_lead=True),
        Column("kind"),
        DateColumn("since"),
        DateColumn("last_day", _("截止日期")),
    )
    sorts = {
        "newest": (_("最近开始"), Sort("since", descending=True)),
        "unit": (_("按网格"), Sort("org_unit__path")),
    }
    list_screen = CaseloadListScreen
    has_create = False
    has_update = False

    @classmethod
    def get_queryset(cls):
        related = ("org_unit__community", "worker", "hand_over")
        return Caseload.objects.with_ends().select_related(*related)

    @classmethod
    def row_subtitle(cls, row):
        return row.lasting_words

    @classmethod
    def list_actions(cls, request):
        url = reverse("visits:responsible")
        return [{"label": _("当日责任人"), "url": url}, *super().list_actions(request)]
