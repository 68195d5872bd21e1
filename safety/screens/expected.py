"""Before an emergency is opened: whom it would call, and where they could stay."""

from collections import Counter

from django.utils.translation import gettext as _

from communities.models import OrgUnit, Resident
from safety.actions.listing import reasons_of
from safety.board import shelters_near
from safety.models import Emergency
from safety.roll import unit_asked
from safety.screens.board_parts import shelter_section
from toolkit import formats
from toolkit.marks import bracketed
from visits.doors import Door
from visits.whom import whom_of

NAMES = "communities.view_resident"
NAMED = 50


def expected_sections(emergency: Emergency, request) -> list[dict]:
    """Return the list as the opening would draw it up now, and the shelters nearby."""
    unit = unit_asked(request)
    reasons = reasons_of(emergency)
    people = Resident.objects.filter(pk__in=list(reasons))
    people = people if unit is None else people.within(unit)
    kept = set(people.order_by().values_list("pk", flat=True))
    reasons = {pk: found for pk, found in reasons.items() if pk in kept}
    parts = [count_section(emergency, people, reasons, unit)]
    if names := name_section(people, reasons, request.user):
        parts.append(names)
    near = shelters_near(emergency, emergency.around_as_q("org_unit__path"))
    return [*parts, shelter_section(near, request.user)]


def count_section(emergency: Emergency, people, reasons: dict, unit) -> dict:
    """Return how many people in each unit, and for which reason."""
    units = units_counted(people, unit)
    by_reason = Counter(reason for found in reasons.values() for reason in found)
    note = _("约 %(people)s 人，启动时按当时的档案列出。")
    return {
        "title": _("预计名单") + (bracketed(unit.full_name) if unit else ""),
        "note": note % {"people": formats.count(len(reasons))},
        "url": emergency.get_absolute_url() if unit else "",
        "url_label": _("看全部"),
        "template": "safety/_expected.html",
        "context": {
            "units": [
                {
                    "name": one.full_name,
                    "url": "" if one == unit else unit_url(emergency, one),
                    "people": formats.count(count),
                }
                for one, count in units
            ],
            "reasons": [
                {"name": reason, "people": formats.count(count)}
                for reason, count in by_reason.most_common()
            ],
        },
    }


def units_counted(people, unit: OrgUnit | None) -> list[tuple[OrgUnit, int]]:
    """Return the communities with their people, within one community the grids."""
    by_grid = Counter(people.order_by().values_list("org_unit", flat=True))
    grids = OrgUnit.objects.filter(pk__in=by_grid).select_related("community")
    counts: Counter[OrgUnit] = Counter()
    homes = {grid.community or grid for grid in grids}
    is_fine = unit is not None or len(homes) == 1
    for grid in grids:
        counts[grid if is_fine else grid.community or grid] += by_grid[grid.pk]
    return sorted(counts.items(), key=lambda row: row[0].path)


def unit_url(emergency: Emergency, unit: OrgUnit) -> str:
    return f"{emergency.get_absolute_url()}?unit={unit.code}"


def name_section(people, reasons: dict, user) -> dict | None:
    """Return by name whom the reader may see, in walking order."""
    if not user.has_perm(NAMES):
        return None
    seen = people.in_scope_of(user).select_related(
        "household__building__lane", "org_unit__community"
    )
    rows = list(seen.order_by("org_unit__path", "pk")[: NAMED + 1])
    doors = [(Door(whom_of(one)), one) for one in rows[:NAMED]]
    doors.sort(key=lambda pair: (pair[0].lane, pair[0].walk, pair[1].pk))
    more = _("只列前 %(count)d 人，点上面的社区或网格看各处的。") % {"count": NAMED}
    return rows and {
        "title": _("预计名单上的人"),
        "note": more if rows[NAMED:] else "",
        "template": "safety/_waiting.html",
        # No list of names leaves before it has been opened.
        "is_menu": True,
        "context": {
            "people": [
                {
                    "name": door.name,
                    "place": door.whom.address or _("地址不详"),
                    "note": formats.clauses(reasons[one.pk]),
                    "unit": one.org_unit.full_name,
                    "url": one.get_absolute_url(),
                }
                for door, one in doors
            ]
        },
    }
