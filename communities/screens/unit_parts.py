"""The parts of a unit's page: profile, grids, figures, history, honours, conditions."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from communities import sections
from communities.contacts import phone_links
from communities.dates import dated
from communities.models import (
    BoundaryChange,
    ConversionCondition,
    Honour,
    OrgUnit,
    PopulationSnapshot,
    UnitSuccession,
)
from communities.rolls import people_below
from toolkit import formats
from toolkit.hours import unbroken
from toolkit.permissions import address_for

Level = OrgUnit.Level
SHOWN = 6
PHONES = ("phone", "duty_phone")


def unit_sections(unit: OrgUnit, user) -> list[dict]:
    """Return the parts of the page in their order; empty ones stay away."""
    parts = [
        profile_section(unit),
        below_section(unit, user),
        succession_section(unit, user),
        conditions_section(unit, user),
        *sections.offered("unit", "section", unit, user),
        people_section(unit, user),
        honours_section(unit, user),
    ]
    return [part for part in parts if part]


def profile_section(unit: OrgUnit) -> dict | None:
    profile = getattr(unit, "profile", None)
    if profile is None:
        return None
    names = ("address", "phone", "duty_phone", "office_hours", "director")
    names += ("area_km2", "founded_on", "legal_basis", "formed_from", "theme")
    lines = []
    for name in names:
        value = getattr(profile, name)
        if value in (None, ""):
            continue
        value = formats.cn_date(value) if name == "founded_on" else value
        value = unbroken(value) if name == "office_hours" else value
        value = phone_links(value) if name in PHONES else value
        label = profile._meta.get_field(name).verbose_name
        lines.append({"label": label, "value": value})
    return {
        "title": _("简介"),
        "template": "communities/_facts.html",
        "context": {"lines": lines, "text": profile.about, "in_pairs": True},
    }


def below_section(unit: OrgUnit, user) -> dict | None:
    """The grids of a community, the communities of a street."""
    below = list(unit.children.current().select_related("profile").order_by("code"))
    if not below:
        return None
    is_street = unit.level == Level.STREET
    title = _("社区和村") if is_street else _("网格")
    note = _("%(count)d 个") % {"count": len(below)}
    return {
        "title": title,
        "note": note,
        "template": "communities/_units.html",
        "context": {"lines": unit_lines(below, unit, user), "in_grids": not is_street},
    }


def unit_lines(units: list[OrgUnit], above: OrgUnit, user) -> list[dict]:
    """Return each unit with its profile and, where one may know, its people."""
    counts = {}
    if user.has_perm("communities.view_resident", above):
        counts = people_below(units)
    return [unit_line(unit, counts) for unit in units]


def unit_line(unit: OrgUnit, people: dict[int, int]) -> dict:
    """Return a unit as a row: whom to call there, and how many people it has."""
    profile = getattr(unit, "profile", None)
    count = people.get(unit.pk)
    return {
        "unit": unit,
        "director": profile.director if profile else "",
        "phone": phone_links(profile.phone) if profile else "",
        "people": "" if count is None else people_words(count),
    }


def people_words(count: int) -> str:
    return _("%(count)s 人") % {"count": formats.count(count)}


def succession_section(unit: OrgUnit, user) -> dict | None:
    """Where the unit came from, what came out of it, and by which decision (F012)."""
    came_from = unit.predecessions.select_related("predecessor", "change")
    went_to = unit.successions.select_related("successor", "change")
    own = BoundaryChange.objects.filter(org_unit=unit)
    lines = [
        succession_line(line, line.predecessor, _("来自"), user)
        for line in came_from.order_by("pk")
    ]
    lines += [
        succession_line(line, line.successor, _("并入"), user)
        for line in went_to.order_by("pk")
    ]
    decisions = [decision_line(change, user) for change in own[:SHOWN]]
    if not lines and not decisions:
        return None
    return {
        "title": _("沿革"),
        "template": "communities/_unit_history.html",
        "context": {"lines": lines, "decisions": decisions},
    }


def succession_line(
    line: UnitSuccession, other: OrgUnit | None, word: str, user
) -> dict:
    return {
        "word": word,
        "name": other.name if other else line.predecessor_name,
        "url": address_for(other, user) if other else "",
        "decision": decision_line(line.change, user),
    }


def decision_line(change: BoundaryChange, user) -> dict:
    told = (change.approved_by, change.document)
    return {
        "day": dated(change.decided_on, change.precision),
        "kind": change.get_kind_display(),
        "told": "　".join(word for word in told if word),
        "url": address_for(change, user),
    }


def list_url(name: str, unit: OrgUnit) -> str:
    """Return the address of a register's list for the unit."""
    return f"{reverse(f'communities:{name}-list')}?unit={unit.code}"


def people_section(unit: OrgUnit, user) -> dict | None:
    """The last counts of people, each with its day and source (F004)."""
    rows = PopulationSnapshot.objects.in_scope_of(user).filter(org_unit=unit)
    snapshots = list(rows[:SHOWN])
    if not snapshots:
        return None
    return {
        "title": _("人口统计"),
        "side": True,
        "url": list_url("populationsnapshot", unit),
        "url_label": _("全部"),
        "template": "communities/_snapshots.html",
        "context": {"snapshots": snapshots},
    }


def honours_section(unit: OrgUnit, user) -> dict | None:
    """The honours of the unit and of those below it, counted by level (F008)."""
    rows = Honour.objects.in_scope_of(user).within(unit)
    honours = list(rows.select_related("org_unit__community")[:SHOWN])
    if not honours:
        return None
    levels = dict(rows.order_by().values_list("level").annotate(Count("pk")))
    tally = [
        {"label": label, "count": levels[value]}
        for value, label in Honour.Level.choices
        if value in levels
    ]
    return {
        "title": _("荣誉"),
        "side": True,
        "url": list_url("honour", unit),
        "url_label": _("全部"),
        "template": "communities/_honours.html",
        "context": {"honours": honours, "tally": tally, "unit": unit},
    }


def conditions_section(unit: OrgUnit, user) -> dict | None:
    """The checklist of a village that is to become a community (F013)."""
    rows = ConversionCondition.objects.in_scope_of(user).filter(org_unit=unit)
    conditions = list(rows.order_by("pk"))
    if unit.level != Level.VILLAGE or not conditions:
        return None
    met = sum(condition.met_on is not None for condition in conditions)
    return {
        "title": _("撤村并入条件"),
        "note": _("%(met)d 项达成，共 %(all)d 项")
        % {"met": met, "all": len(conditions)},
        "template": "communities/_conditions.html",
        "context": {"conditions": conditions},
    }
