from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from communities.models import OrgUnit
from toolkit import formats
from toolkit.policy import Policy
from toolkit.refusals import not_found
from visits.models import Caseload, VisitDuty
from visits.overdue import alarms_in, counts_below, people_in
from visits.responsibility import responsible_in
from visits.rounds import running_lines
from visits.subjects import log_url_of
from visits.views.choosing import chooser, units_to_choose

MOST_PEOPLE = 200
MOST_ALARMS = 50
# By unit, who is responsible there today.
Workers = dict[int, Caseload]


class OverdueView(TemplateView):
    """Who should have been visited: community, then grid, then the people.

    Whoever answers for several communities, but not for the street, sees them first.
    """

    template_name = "visits/overdue.html"
    policy = Policy("permission", "visits.change_visitduty")

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        units = OrgUnit.objects.in_scope_of(user).select_related("parent__parent")
        unit = self.get_unit(units)
        is_above = unit is None or unit.level == OrgUnit.Level.STREET
        rows = VisitDuty.objects.none() if is_above else people_in(user, unit, today)
        late = list(rows[: MOST_PEOPLE + 1])
        alarms = list(alarms_in(user, unit)[:MOST_ALARMS])
        below = counts_below(user, unit, today)
        homes = {one.resident.org_unit_id for one in [*late, *alarms]}
        homes |= {part["unit"].pk for part in below}
        workers = responsible_in(homes, today)
        return super().get_context_data(
            title=_("超期未访"),
            date_line=f"{formats.cn_day(today)}　{formats.cn_weekday(today)}",
            unit=unit,
            chooser=[] if is_above else chooser(units_to_choose(user), unit),
            breadcrumbs=crumbs(unit, set(units)) if unit else [],
            below=[part_line(part, workers) for part in below],
            people=people_lines(late[:MOST_PEOPLE], today, workers),
            shows_people=not is_above,
            is_cut=len(late) > MOST_PEOPLE,
            rounds=running_lines(user, unit, today),
            alarms=people_lines(alarms, today, workers),
            **kwargs,
        )

    def get_unit(self, units) -> OrgUnit | None:
        """Return the unit in the URL, or the highest one within the user's reach.

        None stands for several communities without their street.
        """
        code = self.request.GET.get("unit")
        rows = units.filter(code=code) if code else units.order_by("path")
        unit = rows.first()
        if unit is None:
            named = OrgUnit.objects.filter(code=code or "")
            raise not_found(self.request.user, "communities.view_orgunit", named)
        if code or unit.level == OrgUnit.Level.STREET:
            return unit
        return None if units.communities().current().count() > 1 else unit


def url_of(unit: OrgUnit) -> str:
    return f"{reverse('visits:overdue')}?unit={unit.code}"


def crumbs(unit: OrgUnit, reach: set[OrgUnit]) -> list[dict]:
    """Return the way down to the unit, as far as the user's reach goes up."""
    way = [
        one for one in (unit.parent and unit.parent.parent, unit.parent, unit) if one
    ]
    shown = [one for one in way if one in reach]
    if len(shown) < 2:
        return []
    return [{"label": one.name, "url": url_of(one)} for one in shown]


def part_line(part: dict, workers: Workers) -> dict:
    """Return one community or grid as prepared strings."""
    worker = workers.get(part["unit"].pk)
    return part | {
        "worker": worker.who if worker else "",
        "name": part["unit"].name,
        "url": url_of(part["unit"]),
        "since": formats.cn_date(part["since"]),
    }


def people_lines(duties: Iterable[VisitDuty], today, workers: Workers) -> list[dict]:
    """Return one line for each person, however many duties ask for the visit."""
    lines: dict = {}
    for duty in duties:
        known = lines.get(duty.resident_id)
        if known is None:
            lines[duty.resident_id] = person_line(duty, today, workers)
        else:
            known["rule"] = formats.clauses((known["rule"], duty.rule.reason))
    return list(lines.values())


def person_line(duty: VisitDuty, today, workers: Workers) -> dict:
    """Return a person by the first of his duties as prepared strings."""
    late = duty.days_late(today)
    words = formats.days_late(late) if late else ""
    missed = _("连续 %(count)d 次未见") % {"count": duty.misses}
    worker = workers.get(duty.resident.org_unit_id)
    return {
        "name": str(duty.resident),
        "url": duty.get_absolute_url(),
        "place": duty.place,
        "rule": duty.rule.reason,
        "last": formats.cn_date(duty.last_visited_on) or _("还没有"),
        "due": formats.cn_date(duty.next_due_on),
        "clock": formats.clock(words, "late"),
        "missed": formats.state(missed if duty.is_alarming else "", "bad"),
        "grid": duty.resident.org_unit.name,
        "worker": worker.who if worker else "",
        "log_url": log_url_of(duty.resident),
    }
