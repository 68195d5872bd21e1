"""How a visit stands in the ledgers: what is told of that on its pages."""

from collections.abc import Collection
from uuid import UUID

from toolkit import formats
from toolkit.marks import colon
from visits.declared import Ledger, ledgers, ledgers_for, name_of
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


def standing_words(visit: Visit) -> dict[str, str]:
    """Return what stands of a visit in the ledgers, in words, by ledger."""
    rows = visit.ledger_entries.standing().order_by("pk")
    return {entry.ledger: entry.answers for entry in rows}


def ever_entered(visit: Visit) -> dict[str, str]:
    """Return what a visit was entered as, struck out since or not, by ledger."""
    return {row.ledger: row.answers for row in visit.ledger_entries.order_by("pk")}


def ledgers_of(records: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return by number the names of the ledgers in which visits from phones stand."""
    rows = LedgerEntry.objects.standing().filter(visit__client_uuid__in=records)
    found: dict[UUID, list[str]] = {}
    ordered = rows.order_by("pk").values_list("visit__client_uuid", "ledger")
    for record, slug in ordered:
        found.setdefault(record, []).append(name_of(slug))
    return found


def in_one(words: dict[str, str]) -> str:
    """Return the words of several ledgers in one: 慰问：春节，慰问金 200.00 元."""
    told = ((ledgers.get(slug), slug, answers) for slug, answers in words.items())
    named = ((str(book.label) if book else slug, said) for book, slug, said in told)
    return formats.clauses(colon().join(filter(None, pair)) for pair in named)


def still_open(visit: Visit) -> list[Ledger]:
    """Return the ledgers into which the visit may still be entered."""
    known = set(visit.ledger_entries.standing().values_list("ledger", flat=True))
    return [
        one
        for one in ledgers_for(visit.subject)
        if one.slug not in known and (visit.is_effective or not one.needs_meeting)
    ]
