"""The units as a tree: street, communities and villages, and the grids of each."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import COMMUNITY_LEVELS, OrgUnit
from communities.rolls import people_below
from communities.scoping import scope_of
from communities.screens.unit_parts import unit_line
from toolkit import formats
from toolkit.policy import requires
from toolkit.screens import screens

Level = OrgUnit.Level
# Registers that hang on the tree and have no line of their own in the menu.
REGISTERS = (
    "lane",
    "building",
    "organisation",
    "populationevent",
    "populationsnapshot",
    "honour",
    "boundarychange",
    "conversioncondition",
    "unitprofile",
    "orgunit",
)


@requires("communities.view_orgunit")
def show_tree(request):
    """Show the units within the user's scope, and the registers of units."""
    reach = scope_of(request.user, "communities.view_orgunit").as_q("path")
    units = OrgUnit.objects.current().filter(reach)
    units = list(units.select_related("profile", "community").order_by("path"))
    context = {
        "title": _("社区和网格"),
        "subtitle": tally(units),
        "branches": branches_of(units, people_seen(request.user, units)),
        "registers": registers_for(request.user),
        "actions": actions_for(request.user),
    }
    return render(request, "communities/unit_tree.html", context)


def tally(units: list[OrgUnit]) -> str:
    """Say how many communities, villages and grids there are."""
    counts = {level: sum(u.level == level for u in units) for level in Level.values}
    words = (
        (Level.COMMUNITY, _("%(count)d 个社区")),
        (Level.VILLAGE, _("%(count)d 个村")),
        (Level.GRID, _("%(count)d 个网格")),
    )
    told = [text % {"count": counts[level]} for level, text in words if counts[level]]
    return formats.phrased(told)


def people_seen(user, units: list[OrgUnit]) -> dict[int, int]:
    """Return the people of each unit whose residents the user may see."""
    scope = scope_of(user, "communities.view_resident")
    return people_below([unit for unit in units if scope.covers(unit.path)])


def branches_of(units: list[OrgUnit], people: dict[int, int]) -> list[dict]:
    """Return each unit above the grids with the grids below it."""
    branches, by_path = [], {}
    for unit in units:
        branch = unit_line(unit, people) | {"grids": []}
        if unit.level in (Level.STREET, *COMMUNITY_LEVELS):
            branches.append(branch)
            by_path[unit.path] = branch
        else:
            above = unit.path[: -len(unit.code) - 1]
            by_path.setdefault(above, branch)["grids"].append(unit)
            if by_path[above] is branch:
                # The grid of a keeper stands alone: its community is out of sight.
                branches.append(branch)
    return branches


def registers_for(user) -> list[dict]:
    """Return the registers that the user may look at."""
    found = []
    for name in REGISTERS:
        declared = screens[f"communities.{name}"]
        if user.has_perm(declared.permission("view")):
            meta = declared.model._meta
            title = declared.title or meta.verbose_name_plural
            found.append(
                {"label": title, "icon": declared.icon, "url": declared.url("list")}
            )
    return found


def actions_for(user) -> list[dict]:
    if not user.has_perm("communities.add_orgunit"):
        return []
    url = reverse("communities:orgunit-create")
    label = _("新设网格")
    return [{"label": label, "url": url, "icon": "plus", "primary": True}]
