"""The board of an emergency on its page: now, by hour, unit, building and shelter."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from safety.board import (
    Hour,
    Tally,
    by_hour,
    by_unit,
    hours_kept,
    shelters_near,
    tallies_by,
    tally_of,
)
from safety.models import Emergency, RollCall, Shelter, State
from safety.naming import drilled_words, reached_words
from safety.roll import houses_of, unit_asked
from safety.screens.board_people import (
    differing_section,
    help_section,
    waiting_section,
)
from safety.screens.handed_in_parts import handed_in_sections
from toolkit import formats

VIEW = "safety.view_rollcall"
MOST_HOUSES = 200
# Whoever is in these states waits for somebody.
IN_NEED = (State.HELP, State.REFUSED)
Level = OrgUnit.Level


def board_sections(emergency: Emergency, request) -> list[dict]:
    """Return the parts of the page that this person may see."""
    if emergency.is_destroyed:
        return kept_sections(emergency.summary)
    parts = []
    if request.user.has_perm(VIEW):
        unit = unit_asked(request)
        rows = RollCall.objects.in_scope_of(request.user)
        lines = rows.filter(emergency=emergency)
        lines = lines if unit is None else lines.within(unit)
        parts = line_sections(emergency, lines, unit, request.user)
    parts = [*handed_in_sections(emergency, request.user), *parts]
    near = shelters_near(emergency, emergency.around_as_q("org_unit__path"))
    return [*parts, shelter_section(near, request.user)]


def line_sections(emergency: Emergency, lines: QuerySet, unit, user) -> list[dict]:
    """Return the parts that are counted from the lines within reach."""
    tally = tally_of(lines)
    hours = by_hour(emergency, lines, timezone.now())
    parts = [tally_section(tally, unit, emergency), hour_section(hours)]
    field = "org_unit" if unit is not None else "org_unit__community"
    units = by_unit(lines, field)
    if len(units) > 1:
        parts.append(unit_section([unit_line(*row, emergency) for row in units]))
    if unit is not None or len(units) == 1:
        # A house may be one person; after the end that leaves no more.
        parts.append(house_section(lines) | {"is_menu": not emergency.is_open})
    pressing = [
        help_section(emergency, lines, user),
        differing_section(emergency, lines, user),
    ]
    parts[1:1] = [one for one in pressing if one]
    waiting = waiting_section(emergency, lines, unit, user)
    return [*parts, waiting] if waiting else parts


def kept_sections(summary: dict) -> list[dict]:
    """Return the counts that stay when the people's rows are destroyed."""
    units = [
        {"name": one["name"], "url": ""} | figures(Tally(one["states"]))
        for one in summary.get("units", [])
    ]
    shelters = [
        {"name": one["name"], "people": one["people"]}
        for one in summary.get("shelters", [])
    ]
    return [
        tally_section(Tally(summary.get("total", {}))),
        hour_section(hours_kept(summary)),
        unit_section(units),
        *([kept_shelters(shelters)] if shelters else []),
    ]


def tally_section(tally: Tally, unit=None, emergency=None) -> dict:
    """Return how it stands now, in seven figures."""
    note = reached_words(tally)
    return {
        "title": unit.full_name if unit else _("人数"),
        "note": note,
        "url": emergency.get_absolute_url() if unit else "",
        "url_label": _("看全部"),
        "template": "safety/_tally.html",
        "context": {
            "figures": [
                {
                    "label": str(state.label),
                    "people": formats.count(tally.of(state)),
                    "url": people_url(emergency, unit, state, tally),
                }
                for state in State
            ]
        },
    }


def people_url(emergency: Emergency | None, unit, state: State, tally: Tally) -> str:
    """Return the list of those who need somebody, "" where there are none any more."""
    if emergency is None or state not in IN_NEED or not tally.of(state):
        return ""
    asked = {"emergency": emergency.pk} | ({"unit": unit.code} if unit else {})
    asked["state"] = state.value
    return f"{reverse('safety:rollcall-list')}?{urlencode(asked)}"


def figures(tally: Tally) -> dict:
    """Return the figures of one row of a table as prepared strings."""
    return {
        "total": formats.count(tally.total),
        "percent": "" if tally.percent is None else f"{tally.percent}%",
        "is_reached": tally.total == tally.reached,
        "people": [
            {"label": str(state.label), "count": formats.count(tally.of(state))}
            for state in State
        ],
    }


def unit_line(unit: OrgUnit, tally: Tally, emergency: Emergency) -> dict:
    url = f"{emergency.get_absolute_url()}?unit={unit.code}"
    return {"name": unit.full_name, "url": url} | figures(tally)


def unit_section(units: list[dict]) -> dict:
    return {
        "title": _("各社区（网格）"),
        "note": _("按编码排列，不排名次。"),
        "template": "safety/_units.html",
        "context": {"units": units, "states": [str(one.label) for one in State]},
    }


def house_section(lines: QuerySet) -> dict:
    """Return how it stands house by house, in walking order."""
    tallies = tallies_by(lines, "resident__household__building")
    houses = houses_of(lines)
    shown = [
        {"name": building.address, "url": ""} | figures(tallies[building.pk])
        for building in houses[:MOST_HOUSES]
    ]
    if homeless := tallies.get(None):
        shown.append({"name": _("没有登记楼幢的"), "url": ""} | figures(homeless))
    return unit_section(shown) | {
        "title": _("各楼幢"),
        "note": _("按街巷和门牌排列。"),
    }


def hour_section(hours: list[Hour]) -> dict:
    """Return the course by the hour: a chart, and the same as a table.

    One point alone is no course, and is not drawn.
    """
    labels = [formats.cn_time(hour.at) for hour in hours]
    moved = [hour.tally.of(State.MOVED) for hour in hours]
    reached = [hour.tally.reached for hour in hours]
    series = [
        {"name": str(State.MOVED.label), "values": moved},
        {"name": _("已联系"), "values": reached},
    ]
    return {
        "title": _("按小时"),
        "note": _("整点及当前的人数，由登记经过自动算出；补传的计入发生的那一小时。"),
        "template": "safety/_hours.html",
        "chart": hours[1:] and {"kind": "line", "labels": labels, "series": series},
        "context": {
            "hours": [
                {"at": formats.cn_day_time(hour.at)} | figures(hour.tally)
                for hour in reversed(hours)
            ],
            "states": [str(one.label) for one in State],
            "alt": course_of(hours),
        },
    }


def course_of(hours: list[Hour]) -> str:
    """Return the chart as one sentence for those who do not see it."""
    if not hours:
        return _("还没有数字。")
    told = {"at": formats.cn_day_time(hours[-1].at)}
    return _("%(at)s：%(words)s。") % (told | {"words": reached_words(hours[-1].tally)})


def shelter_section(rows: list[dict], user) -> dict:
    """Return shelters with who is in them; one that is full says so.

    A shelter of another community leads nowhere.
    """
    may_list = user.has_perm("safety.view_shelter")
    shelters = [
        {
            "name": row["shelter"].name,
            "place": row["shelter"].place,
            "url": shelter_url(row["shelter"], user),
            "people": formats.count(row["people"]),
            "capacity": formats.count(row["shelter"].capacity),
            "drilled": drilled_words(row["drilled"]),
            "chip": formats.state(_("已满"), "bad") if row["is_full"] else "",
        }
        for row in rows
    ]
    return {
        "title": _("避灾安置点"),
        "note": _(
            "现住人数和可容纳人数，演练的人另计。"
            "满了要请街道另开安置点，不能把人挡在门外。"
        ),
        "url": reverse("safety:shelter-list") if may_list else "",
        "url_label": _("全部避灾安置点"),
        "template": "safety/_shelters.html",
        "context": {"shelters": shelters},
    }


def shelter_url(shelter: Shelter, user) -> str:
    """Return the page of a shelter, "" for who may not open it."""
    may_open = user.has_perm("safety.view_shelter", shelter)
    return shelter.get_absolute_url() if may_open else ""


def kept_shelters(shelters: list[dict]) -> dict:
    """Return how many people were in each shelter at the end."""
    return {
        "title": _("避灾安置点"),
        "note": _("销毁时仍登记在安置点的人数。"),
        "template": "safety/_shelters_kept.html",
        "context": {"shelters": shelters},
    }
