"""The communities and villages: where they are, whom to call, what they came from."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from communities.models import Honour, OrgUnit, UnitSuccession
from governance.models import Disclosure
from notices.models import Notice
from portal import rows
from portal.directory import Unit
from portal.disclosed import lines_of
from portal.elections import shown_elections
from portal.shown import shown_agenda, shown_card
from portal.site import Site
from toolkit import formats
from toolkit.policy import public

NOTICES_OF_UNIT = 6
DISCLOSURES_OF_UNIT = 4
HONOURS_SHOWN = 12


@public
@require_safe
def unit_list(request):
    """All communities and villages of today with their address and phone."""
    site = Site(request, "units")
    context = {
        "street": site.directory.street,
        "units": site.directory.communities,
        "mine": site.mine,
    }
    return site.page("portal/units.html", context, by_content=True)


@public
@require_safe
def unit(request, code):
    """One unit: how to reach it, its notices, honours and history."""
    site = Site(request, "units")
    found = site.directory.by_code.get(code)
    if found is None:
        raise Http404(_("没有这个社区，请从社区列表里选。"))
    shown = Notice.objects.published(site.now).newest_first()
    if not found.is_street:
        shown = shown.concerning(OrgUnit(path=found.path))
    notices = list(shown.values_list(*rows.FIELDS)[:NOTICES_OF_UNIT])
    if site.mine == found:
        site.section = "mine"
    context = {
        "unit": found,
        "is_mine": site.mine == found,
        "lines": rows.short_lines(notices, site.directory, site.now) if notices else "",
        "notices_url": f"{reverse('portal:notices')}?unit={code}",
        "disclosures": disclosures_of(site, found),
        "card": shown_card(site, found),
        "agenda": unit_agenda(site, found),
        "grids": grid_count(found),
        "elections": shown_elections(site.directory, timezone.localdate(), found),
        "honours": honours(found),
        "came_from": predecessors(found),
        "became": successors(found, site),
        "breadcrumbs": [
            {"label": _("首页"), "url": reverse("portal:home")},
            {"label": pgettext("名单", "社区（村）"), "url": reverse("portal:units")},
            {"label": found.name, "url": None},
        ],
    }
    return site.page("portal/unit.html", context, by_content=True)


def disclosures_of(site: Site, unit: Unit) -> list[dict]:
    """Return what the unit itself has made public last."""
    shown = Disclosure.objects.published().filter(org_unit=unit.pk).newest_first()
    found = shown.select_related("matter")[:DISCLOSURES_OF_UNIT]
    return lines_of(found, site.directory)


def unit_agenda(site: Site, unit: Unit) -> list[dict]:
    """Return what is on in the unit itself; nothing where nothing is."""
    if not site.directory.offers.coming_to(unit):
        return []
    return shown_agenda(site, unit)


def grid_count(unit: Unit) -> int:
    """Return how many grids the unit has today."""
    grids = OrgUnit.objects.grids().current().filter(path__startswith=unit.path)
    return grids.count()


def honours(unit: Unit) -> list[dict]:
    """Return the titles that the unit itself holds, the newest first."""
    today = timezone.localdate()
    rows_now = Honour.objects.filter(org_unit_id=unit.pk).exclude(valid_until__lt=today)
    return [
        {
            "title": honour.title,
            "by": honour.awarded_by,
            "year": _("%d年") % honour.awarded_on.year,
        }
        for honour in rows_now[:HONOURS_SHOWN]
    ]


def when(change) -> str:
    """Return the date of a decision as exactly as it is known."""
    if change.precision == OrgUnit.Precision.YEAR:
        return _("%d年") % change.decided_on.year
    if change.precision == OrgUnit.Precision.MONTH:
        return formats.cn_month(change.decided_on)
    return formats.cn_date(change.decided_on)


def predecessors(unit: Unit) -> list[dict]:
    """Return from which units this one was made, one line for each decision."""
    steps = UnitSuccession.objects.filter(successor_id=unit.pk)
    steps = steps.select_related("change", "predecessor")
    steps = steps.order_by("change__decided_on", "pk")
    lines: dict[int, dict] = {}
    for step in steps:
        line = lines.setdefault(
            step.change_id,
            {
                "when": when(step.change),
                "what": step.change.get_kind_display(),
                "names": [],
            },
        )
        line["names"].append(step.predecessor_name or str(step.predecessor))
    return [line | {"names": formats.listed(line["names"])} for line in lines.values()]


def successors(unit: Unit, site: Site) -> list[Unit]:
    """Return the units that came out of this one; only units of the past have any."""
    if unit.is_current:
        return []
    steps = UnitSuccession.objects.filter(predecessor_id=unit.pk)
    heirs = steps.order_by("pk").values_list("successor", flat=True)
    return list(filter(None, map(site.directory.by_pk.get, heirs)))
