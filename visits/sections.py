"""What visits add to the pages of residents, households and units."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.scoping import scope_of
from communities.sections import (
    household_action,
    household_section,
    organisation_action,
    resident_action,
    resident_banner,
    resident_chip,
    resident_column,
    resident_section,
    unit_section,
)
from toolkit import formats
from toolkit.permissions import permission_name
from visits.banners import duty_banners
from visits.intervals import midnight
from visits.models import Caseload, ExtraVisit, Visit, VisitDuty
from visits.responsibility import responsible_in
from visits.subjects import log_url_of

SHOWN = 6
VIEW_DUTY = permission_name(VisitDuty, "view")
# What a duty's stand is told from.
STANDS_BY = ("resident", "until", "next_due_on", "next_due_at", "retry_on")


@resident_banner(order=10)
def overdue(resident, user) -> list[dict]:
    """Say which visit is late, and why it was owed."""
    return [
        banner for duty in duties_of(resident, user) for banner in duty_banners(duty)
    ]


@resident_banner(order=15)
def extra_rounds(resident, user) -> list[dict]:
    """Say in which running round the person is still to be seen, and why."""
    rows = ExtraVisit.objects.in_scope_of(user).owed(timezone.localdate())
    mine = rows.filter(resident=resident).select_related("round")
    return [
        {
            "tone": "wait",
            "icon": "wait",
            "title": _("%(title)s，%(day)s前。") % told(one.round),
            "text": one.round.explained,
        }
        for one in mine
        if resident.ended_on is None
    ]


def told(extra) -> dict:
    return {"title": extra.title, "day": formats.cn_day(extra.last_day)}


@resident_chip(order=10)
def categories(resident, user) -> list[dict]:
    """Name the rules under which the person is visited."""
    return [{"text": duty.rule.name, "tone": ""} for duty in duties_of(resident, user)]


@resident_action(order=10)
def log_visit(resident, user) -> dict | None:
    """Lead to the visit form."""
    return log_action(resident, user)


@resident_action(order=60)
def enrol(resident, user) -> dict | None:
    """Lead to the form that puts the person under a rule."""
    allowed = user.has_perm("visits.add_visitduty", resident)
    if not allowed or resident.ended_on is not None:
        return None
    url = f"{reverse('visits:visitduty-create')}?resident={resident.pk}"
    return {"label": _("列入走访"), "url": url}


@resident_section(order=50)
def timeline(resident, user) -> dict | None:
    """Show the last visits and the duties they count for."""
    if not user.has_perm("visits.view_visit", resident):
        return None
    rows = Visit.objects.in_scope_of(user).with_person(resident)
    listed = reverse("visits:visit-list")
    return {
        "title": _("走访"),
        "note": this_year(rows),
        "url": f"{listed}?resident={resident.pk}",
        "url_label": _("全部"),
        "template": "visits/_timeline.html",
        "context": {
            "responsible": responsible_for(resident, user),
            "visits": [line(visit) for visit in recent(rows, resident)],
            "duties": [duty_line(duty) for duty in duties_of(resident, user)],
            "log_url": (log_action(resident, user) or {}).get("url", ""),
        },
    }


@resident_column(_("下次走访"), order=50, is_lead=True)
def next_visit(residents, user) -> dict[int, str]:
    """Return the clock of the next visit of each resident on the page."""
    # The scope of a duty is that of its resident, whose unit the page knows already.
    scope = scope_of(user, VIEW_DUTY)
    seen = [one.pk for one in residents if scope.covers(one.get_scope_path())]
    rows = VisitDuty.objects.open().filter(resident__in=seen).only(*STANDS_BY)
    # The earliest of several duties comes last and stays.
    return {
        duty.resident_id: formats.clock(*duty.stand)
        for duty in rows.order_by("-next_due_on")
    }


def responsible_for(resident, user) -> str:
    """Return who is responsible where the person lives today, "" for nobody."""
    if not user.has_perm("visits.view_caseload", resident):
        return ""
    found = responsible_in([resident.org_unit_id], timezone.localdate())
    return "".join(row.who for row in found.values())


@unit_section(order=40)
def responsible_workers(unit, user) -> dict | None:
    """Who answers for the visits of a grid, and who did before."""
    if not user.has_perm("visits.view_caseload", unit):
        return None
    rows = Caseload.objects.with_ends().filter(org_unit=unit)
    found, today = list(rows.select_related("worker")[:SHOWN]), timezone.localdate()
    if not found:
        return None
    now = responsible_in([unit.pk], today).get(unit.pk)
    page = reverse("visits:responsible")
    return {
        "title": _("责任人"),
        "note": now.who if now else _("无人负责"),
        "url": f"{page}?unit={unit.code}",
        "url_label": _("按日期查"),
        "template": "visits/_caseloads.html",
        "context": {"caseloads": found, "unit": unit, "today": today, "page": page},
    }


@household_action(order=10)
def log_household_visit(household, user) -> dict | None:
    """Lead to the visit form of the whole household."""
    return log_action(household, user)


@household_section(order=50)
def household_timeline(household, user) -> dict | None:
    """Show the last visits to the household as a whole."""
    rows = Visit.objects.in_scope_of(user).filter(household=household)
    found = [line(visit) for visit in recent(rows)]
    if not found:
        return None
    return {
        "title": _("走访"),
        "note": this_year(rows),
        "template": "visits/_timeline.html",
        "context": {"visits": found, "duties": []},
    }


@organisation_action(order=10)
def log_organisation_visit(organisation, user) -> dict | None:
    """Lead to the visit form of a unit that sits in the area."""
    return log_action(organisation, user)


def log_action(subject, user) -> dict | None:
    allowed = user.has_perm("visits.add_visit", subject)
    is_gone = getattr(subject, "ended_on", None) or getattr(subject, "closed_on", None)
    if not allowed or is_gone:
        return None
    return {"label": _("登记走访"), "url": log_url_of(subject), "primary": True}


def duties_of(resident, user) -> list[VisitDuty]:
    """Return the open duties of a person that the user may see, asked once a page.

    Nobody waits at the door of who has died or moved out; the duties end on the next
    round of visits/duties.py.
    """
    if resident.ended_on is not None:
        return []
    if not hasattr(resident, "_visit_duties"):
        rows = VisitDuty.objects.in_scope_of(user).open().filter(resident=resident)
        related = rows.select_related("rule", "resident__org_unit")
        resident._visit_duties = list(related.order_by("rule__number", "pk"))
    return resident._visit_duties


def recent(rows, resident=None) -> list[Visit]:
    """Return the newest visits, each with how many duties it counts for.

    On the page of a person the duties are his; a visit to the household is told as one
    in which he was met with it.
    """
    own = Q(met__duty__resident=resident) if resident else None
    counted = rows.annotate(entries=Count("met", filter=own))
    # Django leaves the order of the model out of a query that counts.
    newest = counted.select_related("logged_by").order_by("-visited_at", "-pk")[:SHOWN]
    for visit in newest:
        visit.is_with_home = resident is not None and visit.household_id is not None
    return list(newest)


def this_year(rows) -> str:
    """Return how often somebody went this year: 今年 46 次."""
    new_year = timezone.localdate().replace(month=1, day=1)
    count = rows.filter(visited_at__gte=midnight(new_year)).count()
    return ngettext("今年 %(count)d 次", "今年 %(count)d 次", count) % {"count": count}


def line(visit: Visit) -> dict:
    """Return one visit of the timeline as prepared strings."""
    by = str(visit.logged_by)
    if visit.entries:
        words = ngettext(
            "记入 %(count)d 项走访任务", "记入 %(count)d 项走访任务", visit.entries
        )
        by = f"{by}　{words % {'count': visit.entries}}"
    return {
        "at": formats.cn_day_time(visit.visited_at),
        "summary": summary_of(visit),
        "note": visit.note,
        "by": by,
        "url": visit.get_absolute_url(),
        "is_alarm": not visit.is_effective,
    }


def summary_of(visit: Visit) -> str:
    """Return 上门，情况正常; of a visit to a person's household 随户走访：上门，…."""
    if not visit.is_with_home:
        return visit.summary
    return _("随户走访：%(summary)s") % {"summary": visit.summary}


def duty_line(duty: VisitDuty) -> dict:
    return {
        "name": duty.rule.name,
        "pace": duty.rule.pace,
        "clock": formats.clock(*duty.stand),
        "url": duty.get_absolute_url(),
    }
