from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import sections
from communities.actions.succession import members_on_rolls
from communities.actions.undo import undoable_step
from communities.filters.people import HouseholdFilters
from communities.forms.households import HouseholdForm
from communities.forms.step_forms import FORMS
from communities.models import HEAD, Household, Resident
from communities.previews import unknown_relations
from communities.screens.columns import UnitColumn
from communities.screens.household_events import event_lines
from communities.screens.member_lines import member_lines
from communities.screens.past_rows import PastRows
from communities.turns import InTurn
from toolkit import formats
from toolkit.columns import Column, LinkColumn, NumberColumn
from toolkit.paging import Sort
from toolkit.screens import ModelScreens, register
from toolkit.screens.details import DetailScreen
from toolkit.screens.forms import UpdateScreen
from toolkit.screens.lists import ListScreen

SHOWN_EVENTS = 20


class HouseholdLink(LinkColumn):
    """The door of the household, as people know it, leading to its page."""

    css_class = "text-nowrap"


class HouseholdListScreen(PastRows, ListScreen):
    pass


class HouseholdUpdateScreen(InTurn, UpdateScreen):
    pass


class HouseholdDetailScreen(DetailScreen):
    """One household, headed by its address as people know it."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        home = self.object
        context["title"] = home.address
        context["breadcrumbs"][-1]["label"] = home.number
        return context


def with_heads(homes):
    """Return households with the name of the head and the count of people."""
    members = Resident.objects.registered().filter(household=OuterRef("pk"))
    heads = members.filter(relation=HEAD)
    counted = members.order_by().values("household").annotate(n=Count("pk"))
    return homes.annotate(
        head_name=Subquery(heads.values("name")[:1]),
        member_count=Subquery(counted.values("n")),
    )


@register
class HouseholdScreens(ModelScreens):
    model = Household
    icon = "house"
    form_class = HouseholdForm
    filter_class = HouseholdFilters
    columns = (
        HouseholdLink("address"),
        Column("number"),
        Column("head_name", gettext_lazy("户主")),
        NumberColumn("member_count", gettext_lazy("在册人数"), unit=gettext_lazy("人")),
        UnitColumn(),
        Column("kind", is_dropped=True),
    )
    facts = ("number", "kind", "unit_name", "created_at")
    sorts = {
        "address": (gettext_lazy("门牌"), Sort("address_key")),
        "newest": (gettext_lazy("最近登记"), Sort("pk", descending=True)),
    }
    counted_in = gettext_lazy("户")
    records_reading = True
    is_dossier = True
    export_action = "export"
    export_needs_purpose = True
    # A household is founded by a previewed step and changed by others.
    has_create = False
    list_screen = HouseholdListScreen
    detail_screen = HouseholdDetailScreen
    update_screen = HouseholdUpdateScreen

    @classmethod
    def get_queryset(cls):
        return with_heads(Household.objects.select_related("org_unit__community"))

    @classmethod
    def list_actions(cls, request):
        actions = super().list_actions(request)
        if request.user.has_perm("communities.add_household"):
            url = reverse("communities:household-found")
            label = _("立户")
            actions.append(
                {"label": label, "url": url, "icon": "plus", "primary": True}
            )
        return actions

    @classmethod
    def row_subtitle(cls, row):
        told = {
            "number": row.number,
            "head": row.head_name,
            "count": row.member_count or 0,
        }
        if not row.head_name:
            return _("户号 %(number)s　没有户主　在册 %(count)d 人") % told
        return _("户号 %(number)s　户主 %(head)s　在册 %(count)d 人") % told

    @classmethod
    def chips(cls, row):
        if row.closed_on is not None:
            day = formats.cn_date(row.closed_on)
            return [{"text": _("%(day)s销户") % {"day": day}, "tone": ""}]
        return [{"text": row.get_kind_display(), "tone": ""}]

    @classmethod
    def banners(cls, row, request):
        unknown = unknown_relations(row) if row.is_open else []
        if not unknown:
            return []
        banner = {
            "tone": "wait",
            "icon": "info",
            "title": _("%(count)d 人与户主的关系待补：") % {"count": len(unknown)},
            "text": formats.listed(member.name for member in unknown),
        }
        if request.user.has_perm("communities.change_household", row):
            url = reverse("communities:household-step", args=[row.pk, "relations"])
            banner |= {"url": url, "url_label": _("补填")}
        return [banner]

    @classmethod
    def row_actions(cls, row, request):
        actions = super().row_actions(row, request) if row.is_open else []
        actions += sections.offered("household", "action", row, request.user)
        return sorted(actions, key=lambda action: bool(action.get("primary")))

    @classmethod
    def sections(cls, row, request):
        user = request.user
        parts = [members_section(row, user)]
        parts += sections.offered("household", "section", row, user)
        parts += [events_section(row, user), steps_section(row, user)]
        return [part for part in parts if part]


def members_section(home: Household, user) -> dict:
    """The members on the rolls, and those who have left them."""
    members = members_on_rolls(home)
    gone = list(home.members.exclude(ended_on=None).order_by("-ended_on", "pk"))
    section = {
        "title": _("成员"),
        "template": "communities/_members.html",
        "context": {
            "members": member_lines(members),
            "gone": member_lines(gone),
            "may_open": user.has_perm("communities.view_resident", home),
        },
    }
    if home.is_open and user.has_perm("communities.add_resident", home):
        url = f"{reverse('communities:resident-create')}?household={home.number}"
        section |= {"url": url, "url_label": _("登记新成员")}
    return section


def events_section(home: Household, user) -> dict | None:
    """What has happened to the household, with a way to take the last step back."""
    events = home.events.select_related("resident", "other", "by", "step")
    lines = event_lines(events[: SHOWN_EVENTS * 3])[:SHOWN_EVENTS]
    if not lines:
        return None
    section = {
        "title": _("住户变动"),
        "template": "communities/_household_events.html",
        "context": {"lines": lines},
    }
    last = undoable_step(home)
    if last and user.has_perm("communities.change_household", home):
        told = {"step": last.get_kind_display()}
        section["url"] = reverse("communities:household-undo", args=[home.pk])
        section["url_label"] = _("撤销最近一步：%(step)s") % told
    return section


def steps_section(home: Household, user) -> dict | None:
    """The steps that may be taken with the household, in the side column."""
    if not home.is_open or not user.has_perm("communities.change_household", home):
        return None
    members = home.members.registered()
    told = members.aggregate(all=Count("pk"), unknown=Count("pk", Q(relation="00")))
    steps = [
        {
            "label": form.label,
            "about": form.about,
            "url": reverse("communities:household-step", args=[home.pk, slug]),
        }
        for slug, form in FORMS.items()
        if makes_sense(slug, told["all"], told["unknown"])
    ]
    return {
        "title": _("办理"),
        "side": True,
        "is_menu": True,
        "template": "communities/_steps.html",
        "context": {"steps": steps},
    }


def makes_sense(slug: str, members: int, unknown: int) -> bool:
    """Answer whether a step can be taken with so many members."""
    fewest = {"split": 2, "new-head": 2, "merge": 1, "transfer": 1}
    if slug == "relations":
        return unknown > 0
    if slug == "close":
        return members == 0
    return members >= fewest.get(slug, 0)
