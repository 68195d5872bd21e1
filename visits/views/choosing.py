"""Which unit a page is about, where the user may choose among several."""

from django.utils.translation import gettext as _

from communities.models import OrgUnit


def units_to_choose(user) -> list[OrgUnit]:
    """Return the communities and grids within the user's reach, in their order."""
    units = OrgUnit.objects.in_scope_of(user, "view").current()
    units = units.exclude(level=OrgUnit.Level.STREET)
    return list(units.select_related("community").order_by("path"))


def communities_of(units: list[OrgUnit]) -> list[OrgUnit]:
    """Return those of the units that are communities or villages."""
    return [unit for unit in units if unit.pk == unit.community_id]


# In the address: where the user is responsible himself.
OWN = "own"


def chooser(
    units: list[OrgUnit], chosen: OrgUnit | None, is_own: bool | None = None
) -> list[dict]:
    """Return the choice of units by community; empty where there is no choice.

    Of several communities only the chosen one shows its grids. Who is responsible
    somewhere, and may look further, chooses that first; `is_own` tells whether he has.
    """
    if is_own is not None and len(units) > 1:
        own = {"code": OWN, "label": _("我的责任区"), "chosen": is_own}
        return [own, *chooser_of_units(units, chosen, is_open=is_own)]
    return chooser_of_units(units, chosen)


def chooser_of_units(
    units: list[OrgUnit], chosen: OrgUnit | None, *, is_open: bool = False
) -> list[dict]:
    """Return the units to choose from, none where a page lists the communities."""
    communities = {unit.community_id for unit in units}
    several = len(communities) > 1
    here = chosen and chosen.community_id
    shown = [
        unit
        for unit in units
        if not several or unit.pk == unit.community_id or unit.community_id == here
    ]
    if len(shown) < 2 or (several and chosen is None and not is_open):
        return []
    return [
        {
            "code": unit.code,
            "label": unit.name if unit.pk == unit.community_id else f"　{unit.name}",
            "chosen": unit == chosen,
        }
        for unit in shown
    ]
