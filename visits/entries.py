"""How a visit stands in the ledgers: what is told of that on its pages."""

from visits.declared import Ledger, ledgers_for
from visits.models import LedgerEntry, Visit


def entry_lines(visit: Visit) -> list[dict]:
    """Return the entries of a visit, those struck out behind the others."""
    rows = visit.ledger_entries.select_related("org_unit")
    lines = [line(entry) for entry in rows.order_by("pk")]
    return sorted(lines, key=lambda one: one["is_struck"])


def line(entry: LedgerEntry) -> dict:
    """Return one entry as prepared strings, with the page to which it leads."""
    return {
        "name": entry.name,
        "icon": entry.book.icon if entry.book else "ledger",
        "told": entry.answers,
        "url": entry.get_absolute_url(),
        "is_struck": entry.struck_on is not None,
    }


def still_open(visit: Visit) -> list[Ledger]:
    """Return the ledgers into which the visit may still be entered."""
    known = set(visit.ledger_entries.standing().values_list("ledger", flat=True))
    return [
        one
        for one in ledgers_for(visit.subject)
        if one.slug not in known and (visit.is_effective or not one.needs_meeting)
    ]
