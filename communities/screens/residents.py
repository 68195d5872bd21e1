from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import codes, sections
from communities.actions.population import possible_kinds
from communities.filters.people import ResidentFilters
from communities.forms.newcomers import NewResidentForm
from communities.forms.residents import ResidentUpdateForm
from communities.models import Resident
from communities.models.roster import IMPORT
from communities.rolls import rolls_of
from communities.screens.columns import (
    LivingColumn,
    MaskColumn,
    SexAgeColumn,
    UnitColumn,
    living_chip,
    sex_and_age,
)
from communities.screens.past_rows import PastRows
from communities.screens.resident_exports import ResidentExportScreen
from communities.screens.resident_parts import resident_sections
from communities.turns import InTurn
from toolkit.columns import Column, LinkColumn
from toolkit.paging import Sort
from toolkit.privacy.masks import mask_id, mask_phone
from toolkit.screens import ModelScreens, register
from toolkit.screens.details import DetailScreen, RevealScreen
from toolkit.screens.forms import CreateScreen, UpdateScreen
from toolkit.screens.lists import ListScreen
from toolkit.screens.paper import PrintScreen

SELECTED = ("household", "org_unit__community")


def mask_health(code: str) -> str:
    """Hide a known state of health altogether; of an unknown one nothing is hidden."""
    return "" if code in ("", codes.HEALTH.unknown) else _("已遮挡")


class WithExtraColumns:
    """A table with the columns that other apps add, filled once for the page."""

    def __init__(self, table, rows, user):
        self.table, self.data, self.attrs = table, table.data, table.attrs
        filled = [(c, c.cells(rows, user)) for c in sections.extra_columns()]
        self.extra = [(column, cells) for column, cells in filled if cells]
        self.rows = rows

    @property
    def heads(self) -> list[dict]:
        added = [{"label": c.label, "css": css_of(c)} for c, _cells in self.extra]
        return self.table.heads + added

    @property
    def lines(self) -> list[SafeString]:
        lines = self.table.lines
        if not self.extra:
            return lines
        return [
            SafeString(line + "".join(self.cells_of(row)))
            for line, row in zip(lines, self.rows, strict=True)
        ]

    def cells_of(self, row):
        """Yield the cells of one row in the added columns."""
        for column, cells in self.extra:
            yield format_html(
                '<td data-label="{}" class="{}">{}</td>',
                column.label,
                css_of(column),
                cells.get(row.pk, ""),
            )


def css_of(column) -> str:
    """Return the classes of an added column."""
    words = ["text-nowrap", "yh-lead" * column.is_lead, "yh-drop" * column.is_dropped]
    return " ".join(filter(None, words))


class ResidentListScreen(PastRows, ListScreen):
    def column_names(self):
        added = [str(column.label) for column in sections.extra_columns()]
        return super().column_names() + added

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["table"] = WithExtraColumns(
            context["table"], context["rows"], self.request.user
        )
        return context


class ResidentPrintScreen(PrintScreen, ResidentListScreen):
    def heads(self):
        added = [str(column.label) for column in sections.extra_columns()]
        return super().heads() + added


class ResidentPage:
    """The community stands between list and person; other apps add chips."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        context["chips"] += sections.offered("resident", "chip", self.object, user)
        return context

    def get_breadcrumbs(self) -> list[dict]:
        first, last = super().get_breadcrumbs()
        home = self.object.org_unit.community
        if home is None:
            return [first, last]
        # A grid keeper reaches the people of his grid, not those of the community.
        may_list = self.request.user.has_perm("communities.view_resident", home)
        url = f"{first['url']}?unit={home.code}" if may_list else ""
        return [first, {"label": home.name, "url": url}, last]


class ResidentDetailScreen(ResidentPage, DetailScreen):
    pass


class ResidentRevealScreen(ResidentPage, RevealScreen):
    pass


class ResidentCreateScreen(CreateScreen):
    def get_form_class(self):
        return NewResidentForm


class ResidentUpdateScreen(InTurn, UpdateScreen):
    def get_form_class(self):
        return ResidentUpdateForm


@register
class ResidentScreens(ModelScreens):
    model = Resident
    title = gettext_lazy("居民档案")
    icon = "people"
    form_class = ResidentUpdateForm
    filter_class = ResidentFilters
    columns = (
        LinkColumn("name"),
        SexAgeColumn("sex", gettext_lazy("性别、年龄")),
        LivingColumn("living", gettext_lazy("居住")),
        MaskColumn("id_number", mask_id, gettext_lazy("证件号码"), is_dropped=True),
        MaskColumn("phone", mask_phone),
        Column("household__address", gettext_lazy("住址")),
        UnitColumn(gettext_lazy("网格"), is_dropped=True),
    )
    facts = (
        # In pairs: two columns are read across, one column downwards.
        "id_kind",
        "id_number",
        "birth_on",
        "ethnicity",
        "registration",
        "phone",
        "emergency_contact",
        "emergency_phone",
        "education",
        "occupation",
        "marital",
        "political",
        "health",
        "created_at",
    )
    sealed = {
        "id_number": mask_id,
        "phone": mask_phone,
        "emergency_phone": mask_phone,
        "health": mask_health,
    }
    sorts = {
        "name": (gettext_lazy("姓名"), Sort("name_key")),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    counted_in = gettext_lazy("人")
    records_reading = True
    is_dossier = True
    export_action = "export"
    export_needs_purpose = True

    list_screen = ResidentListScreen
    print_screen = ResidentPrintScreen
    detail_screen = ResidentDetailScreen
    reveal_screen = ResidentRevealScreen
    create_screen = ResidentCreateScreen
    export_screen = ResidentExportScreen
    update_screen = ResidentUpdateScreen

    @classmethod
    def get_queryset(cls):
        return Resident.objects.select_related(*SELECTED)

    @classmethod
    def subtitle(cls, request):
        rolls = rolls_of(request.user)
        words = _("在册 %(people)s 人，%(homes)s 户") % {
            "people": f"{rolls.people:,}",
            "homes": f"{rolls.households:,}",
        }
        return f"{rolls.unit}　{words}" if rolls.unit else words

    @classmethod
    def row_subtitle(cls, row):
        words = (sex_and_age(row), row.address or row.org_unit.full_name)
        return "　".join(word for word in words if word)

    @classmethod
    def chips(cls, row):
        return [living_chip(row)]

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        if request.user.has_perm(IMPORT):
            url = reverse("communities:rosterimport-list")
            actions.insert(0, {"label": _("导入名册"), "url": url, "icon": "upload"})
        return actions

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request)
        may_enter = request.user.has_perm("communities.add_populationevent", row)
        if may_enter and possible_kinds(row):
            url = reverse("communities:resident-event", args=[row.pk])
            actions.append({"label": _("登记人口变动"), "url": url})
        actions += sections.offered("resident", "action", row, request.user)
        return sorted(actions, key=lambda action: bool(action.get("primary")))

    @classmethod
    def banners(cls, row, request):
        return sections.offered("resident", "banner", row, request.user)

    @classmethod
    def sections(cls, row, request):
        return resident_sections(row, request.user)

    @classmethod
    def nothing_found(cls):
        hint = _("请调整条件后再查；查姓名、证件、电话请用页面上方的查找。")
        return super().nothing_found() | {"hint": hint}
