"""The first page after signing in: what is due, how things stand, what changed.

Everything on it comes from what the apps have registered, and ends where the user's
scope ends. Who has no business data gets the way to his own pages.
"""

from datetime import datetime, time, timedelta

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.models import OrgUnit
from reports.files import file_response
from reports.glance import tiles_of
from reports.heat import MonthSoFar
from reports.models import Report
from reports.unit_page import period_url
from reports.units import top_of, units_for
from toolkit import due_list, formats
from toolkit.changes import Change, changes_for, newest_first
from toolkit.navigation import menu_for
from toolkit.periods import CHINA, Period
from toolkit.policy import requires, signed_in
from toolkit.tiles import ABOVE_DUES, BELOW_DUES, panels_for

DUES_SHOWN = 7
LATEST_SHOWN = 4
# Enough to hold the last report of each schedule.
REPORTS_READ = 60
SOON = timedelta(days=3)
Level = OrgUnit.Level


class Desk:
    """What one person's desk shows at a moment."""

    def __init__(self, user, now: datetime):
        self.user, self.now = user, now.astimezone(CHINA)

    @cached_property
    def places(self) -> list[OrgUnit]:
        """The units to which the person is assigned today."""
        held = self.user.assignments.current().select_related("org_unit")
        return list({one.org_unit_id: one.org_unit for one in held}.values())

    @cached_property
    def units(self) -> list[OrgUnit]:
        """The units whose figures the person may see."""
        if not self.user.has_perm("reports.view_report"):
            return []
        return units_for(self.user)

    @cached_property
    def month(self) -> MonthSoFar | None:
        """The figures of the month, None for who sees none.

        A unit founded or gone since is no part of the month.
        """
        month = MonthSoFar(self.user, self.units, self.now) if self.units else None
        return month if month and month.units else None

    @property
    def title(self) -> str:
        top = top_of(self.units) or top_of(self.places)
        if top is None:
            return _("工作台")
        name = _("街道") if top.level == Level.STREET else top.full_name
        return _("%(unit)s工作台") % {"unit": name}

    @property
    def facts(self) -> str:
        """The day, the units and the last day of the figures, in one line."""
        words = [formats.cn_date(self.now), formats.cn_weekday(self.now)]
        if self.month:
            words.append(units_text(self.month.units))
            day = formats.cn_day(self.month.period.last_day)
            words.append(_("数据截至%(day)s") % {"day": day})
        return "　".join(word for word in words if word)

    @cached_property
    def dues(self) -> list[due_list.DueItem]:
        return due_list.items_for(self.user, self.now)

    @property
    def monday(self) -> datetime:
        """The beginning of the week in China."""
        first = Period.week_of(self.now.date()).start
        return datetime.combine(first, time.min, CHINA)

    @cached_property
    def made(self) -> list[Report]:
        """The newest reports of the unit above all others, of every schedule."""
        top = top_of(self.units)
        if top is None:
            return []
        made = Report.objects.in_scope_of(self.user).filter(org_unit=top)
        return list(made.order_by("-period_end", "-period_start")[:REPORTS_READ])

    @property
    def latest(self) -> list[Report]:
        """The last report of each schedule."""
        newest: dict[str, Report] = {}
        for report in self.made:
            newest.setdefault(report.schedule, report)
        return list(newest.values())[:LATEST_SHOWN]

    @property
    def changes(self) -> list[Change]:
        """What happened this week, the reports of what has just ended included."""
        monday = self.monday
        news = [
            Change(one.produced_at, _("生成"), title=one.title, url=period_url(one))
            for one in self.made
            if one.produced_at >= monday and one.period_end >= monday.date()
        ]
        return newest_first([*changes_for(self.user, monday), *news])

    @property
    def ways(self) -> list[dict]:
        """The menu of a person without business data, but for the desk itself."""
        here = reverse("desk:desk")
        sections = menu_for(self.user, here)
        for section in sections:
            section["items"] = [i for i in section["items"] if i["url"] != here]
        return [section for section in sections if section["items"]]

    def context(self) -> dict:
        month = self.month
        shown = {
            "title": self.title,
            "facts": self.facts,
            "panels": panels_for(self.user, self.now, ABOVE_DUES),
            "further_panels": panels_for(self.user, self.now, BELOW_DUES),
            "tiles": tiles_of(month) if month else [],
            "dues": [due_row(item) for item in self.dues[:DUES_SHOWN]],
            "dues_text": dues_text(self.dues, self.now),
            "all_dues": all_dues(self.dues),
            "has_dues": due_list.concerns(self.user),
            "month": month,
            "changes": self.changes,
            "latest": self.latest,
        }
        shown["actions"] = actions_of(shown["latest"])
        parts = ("panels", "further_panels", "tiles", "dues", "changes", "latest")
        shown["is_bare"] = not month and not any(shown[part] for part in parts)
        if shown["is_bare"]:
            # Who has no figures keeps no desk of a unit.
            shown |= {"title": _("工作台"), "places": self.places, "ways": self.ways}
        return shown


def units_text(units: list[OrgUnit]) -> str:
    """Return 16 个社区、2 个村 for several units, "" for one."""
    if len(units) < 2:
        return ""
    communities = sum(unit.level == Level.COMMUNITY for unit in units)
    villages = sum(unit.level == Level.VILLAGE for unit in units)
    parts = [
        _("%(count)s 个社区") % {"count": communities} if communities else "",
        _("%(count)s 个村") % {"count": villages} if villages else "",
    ]
    return formats.listed(parts)


def due_row(item: due_list.DueItem) -> dict:
    """Return a line of the due list with finished words."""
    words = item.due if isinstance(item.due, str) else formats.cn_day(item.due)
    return {"item": item, "chip": {"text": item.text, "tone": item.tone}, "due": words}


def dues_text(items: list[due_list.DueItem], now: datetime) -> str:
    """Return 超期 57 项，3 天内到期 3 项，暂停 1 项，共 26 组 for what there is.

    A matter is what the figures count; a line may stand for a group of them.
    """
    last = now.date() + SOON
    late = sum(item.matters for item in items if item.tone == due_list.LATE)
    paused = sum(item.matters for item in items if item.tone == due_list.PAUSED)
    soon = sum(
        item.matters
        for item in items
        if item.tone not in (due_list.LATE, due_list.PAUSED)
        and due_list.day_of(item.due) <= last
    )
    parts = [
        _("超期 %(count)s 项") % {"count": late} if late else "",
        _("3 天内到期 %(count)s 项") % {"count": soon} if soon else "",
        _("暂停 %(count)s 项") % {"count": paused} if paused else "",
        _("共 %(count)s 组") % {"count": len(items)} if in_groups(items) else "",
    ]
    return formats.phrased(parts)


def in_groups(items: list[due_list.DueItem]) -> bool:
    """Answer whether any line stands for more than one matter."""
    return any(item.matters > 1 for item in items)


def all_dues(items: list[due_list.DueItem]) -> dict | None:
    """Return the way to the whole list, and on paper what is left out; else None."""
    if len(items) <= DUES_SHOWN:
        return None
    link, note = _("全部 %(count)s 项"), _("列出最急的 %(shown)s 项。")
    if in_groups(items):
        link, note = _("全部 %(count)s 组"), _("列出最急的 %(shown)s 组。")
    return {"link": link % {"count": len(items)}, "note": note % {"shown": DUES_SHOWN}}


def actions_of(latest: list[Report]) -> list[dict]:
    """Return the way to the last weekly report, the one main action of the desk."""
    weekly = next((one for one in latest if one.schedule == "weekly"), None)
    if weekly is None:
        return []
    return [{"label": _("上周简报"), "url": period_url(weekly), "primary": True}]


@signed_in
@require_safe
def show_desk(request):
    """Show the person's own desk."""
    return render(
        request, "reports/desk.html", Desk(request.user, timezone.now()).context()
    )


@signed_in
@require_safe
def show_dues(request):
    """Show everything that is late or due, the most urgent first."""
    desk = Desk(request.user, timezone.now())
    context = {
        "title": _("超期和临期"),
        "dues": [due_row(item) for item in desk.dues],
        "dues_text": dues_text(desk.dues, desk.now),
        "breadcrumbs": [
            {"label": _("工作台"), "url": reverse("desk:desk")},
            {"label": _("超期和临期"), "url": None},
        ],
    }
    return render(request, "reports/dues.html", context)


@requires("reports.view_report")
@require_safe
def hand_out_month(request, kind):
    """Hand out the table of the running month as XLSX or CSV."""
    month = Desk(request.user, timezone.now()).month
    if month is None:
        raise Http404(_("没有这份文件。"))
    heads = [_("单位")] + [
        f"{head['label']}（{head['note']}）" for head in month.heads()
    ]
    rows = [[row["name"]] + [number(c) for c in row["cells"]] for row in month.rows()]
    facts = {_("时段"): month.days}
    return file_response(request, kind, month.file_title, heads, rows, facts)


def number(cell: dict) -> float | str:
    return "" if cell["value"] is None else float(cell["value"])
