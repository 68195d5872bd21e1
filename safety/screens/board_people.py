"""Who on the board of an emergency waits for somebody, by name."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from safety.differing import told_differently
from safety.models import Emergency, RollCall, State
from safety.roll import CALL, REVEAL, order_by_door, roll_url, way_to
from toolkit import formats

NAMED = 50


def help_section(emergency: Emergency, lines: QuerySet, user) -> dict | None:
    """Return who needs help: whom, where, and what was noted."""
    rows = list(lines.filter(state=State.HELP).with_homes()[: NAMED + 1])
    if not rows:
        return None
    section = named_section(str(State.HELP.label), emergency, rows, user)
    ordered = [line for _door, line in order_by_door(rows[:NAMED])]
    for one, line in zip(section["context"]["people"], ordered, strict=True):
        one["phone_url"] = phone_url(line, emergency, user)
    return section | {"template": "safety/_help.html"}


def phone_url(line: RollCall, emergency: Emergency, user) -> str:
    """Return where the number of a person is shown, "" for who may not call him."""
    if not (emergency.is_open and line.resident_id and line.resident.phone):
        return ""
    may_call = user.has_perm(CALL, line) and user.has_perm(REVEAL, line.resident)
    return reverse("safety:phone", args=[line.pk]) if may_call else ""


def waiting_section(emergency: Emergency, lines: QuerySet, unit, user) -> dict | None:
    """Return who has not been reached yet, in walking order."""
    if not emergency.is_open:
        return None
    rows = list(lines.waiting().with_homes()[: NAMED + 1])
    if not rows:
        return None
    return named_section(_("还没有联系上"), emergency, rows, user) | {
        "url": roll_url(emergency.pk, unit.code if unit else ""),
        "url_label": _("逐户点名"),
    }


def differing_section(emergency: Emergency, lines: QuerySet, user) -> dict | None:
    """Return of whom two workers told differently: who told what, the counted first."""
    rows = list(lines.contradicted().with_homes()[: NAMED + 1])
    if not rows:
        return None
    said = told_differently(rows)
    note = _("按时间较晚的算。核实后在点名里再登记一次，就不再列出。")
    found = named_section(_("两人登记不一致"), emergency, rows, user, said)
    return found | {"note": formats.sentences([note, found["note"]])}


def named_section(
    title: str, emergency: Emergency, rows: list, user, said: dict | None = None
) -> dict:
    """Return people in walking order; whoever calls them gets to their buttons.

    `said` stands below a person in place of the note of his line.
    """

    def url(line: RollCall) -> str:
        calls = emergency.is_open and user.has_perm(CALL, line)
        return way_to(line) if calls else line.get_absolute_url()

    return {
        "title": title,
        "note": _("只列前 %(count)d 人。") % {"count": NAMED} if rows[NAMED:] else "",
        "template": "safety/_waiting.html",
        # Names leave on the sheet of the roll alone, which is written down.
        "is_menu": True,
        "context": {
            "people": [
                {
                    "name": door.name,
                    "place": door.whom.address or _("地址不详"),
                    "note": line.note if said is None else said.get(line.pk, ""),
                    "unit": line.org_unit.full_name,
                    "url": url(line),
                }
                for door, line in order_by_door(rows[:NAMED])
            ]
        },
    }
