"""The parts of a resident's page: household, changes, what other apps add."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities import sections
from communities.actions.succession import head_among, members_on_rolls
from communities.models import Resident
from communities.screens.member_lines import member_lines
from toolkit import formats


def resident_sections(resident: Resident, user) -> list[dict]:
    """Return the parts of the page in their order."""
    parts = [home_section(resident, user)]
    parts += sections.offered("resident", "section", resident, user)
    parts += [changes_section(resident, user), place_section(resident)]
    return [part for part in parts if part]


def home_section(resident: Resident, user) -> dict:
    """The household with its members; a way in for a person without one."""
    home = resident.household
    section = {
        "title": _("本户"),
        "template": "communities/_home.html",
        "context": {"home": home},
    }
    if home is None:
        if user.has_perm("communities.change_household", resident):
            url = reverse("communities:resident-join", args=[resident.pk])
            section["context"]["join_url"] = url
        return section
    members = members_on_rolls(home)
    if resident.ended_on is not None:
        members.append(resident)
    head = head_among(members)
    section["note"] = _("户号 %(number)s") % {"number": home.number}
    if head is not None:
        section["note"] += "　" + _("户主 %(name)s") % {"name": head.name}
    if user.has_perm("communities.view_household", home):
        section |= {"url": home.get_absolute_url(), "url_label": _("住户页面")}
    section["context"]["members"] = member_lines(members, subject=resident)
    return section


def changes_section(resident: Resident, user) -> dict | None:
    """The events of the population that were entered for the person."""
    events = list(
        resident.population_events.select_related("by", "reverses", "reversal")
    )
    if not events:
        return None
    standing = [event for event in events if event.is_standing]
    last = max(standing, key=lambda event: event.pk) if standing else None
    may_enter = user.has_perm("communities.add_populationevent", resident)
    lines = [event_line(event) for event in events if event.reverses_id is None]
    for line in lines:
        if may_enter and last is not None and line["pk"] == last.pk:
            line["undo_url"] = reverse(
                "communities:populationevent-reverse", args=[last.pk]
            )
    return {
        "title": _("人口变动"),
        "template": "communities/_population.html",
        "context": {"events": lines},
    }


def event_line(event) -> dict:
    """Return one entry as prepared strings."""
    told = [event.place, event.note]
    return {
        "pk": event.pk,
        "day": formats.cn_date(event.happened_on),
        "kind": event.get_kind_display(),
        "told": "　".join(word for word in told if word),
        "reported": formats.cn_date(event.reported_on),
        "by": str(event.by or _("系统")),
        "reversed": reversal_of(event),
    }


def reversal_of(event) -> str:
    """Say when and why an entry was taken back, "" if it stands."""
    if not hasattr(event, "reversal"):
        return ""
    return _("%(day)s撤销：%(note)s") % {
        "day": formats.cn_date(event.reversal.reported_on),
        "note": event.reversal.note,
    }


def place_section(resident: Resident) -> dict:
    """Where the person belongs, in the side column."""
    unit, home = resident.org_unit, resident.household
    facts = [
        {"label": _("社区（村）"), "value": str(unit.community or unit)},
        {"label": unit.get_level_display(), "value": unit.name},
    ]
    if unit.community_id == unit.pk:
        facts.pop()
    if home is not None:
        facts.append({"label": _("户别"), "value": home.get_kind_display()})
    return {
        "title": _("归属"),
        "side": True,
        "template": "communities/_facts.html",
        "context": {"lines": facts},
    }
