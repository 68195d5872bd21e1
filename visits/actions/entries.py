"""Enter visits into ledgers, and strike out what was entered wrongly."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.history import remember, remember_all
from visits.declared import Ledger
from visits.models import LedgerEntry, Visit


class Answer(NamedTuple):
    """What was told for one ledger, by column."""

    ledger: Ledger
    told: dict


class Told(NamedTuple):
    """A stored visit, and what is entered of it."""

    visit: Visit
    answers: Sequence[Answer]


def check_answers(visit: Visit, answers: Sequence[Answer]) -> None:
    """Raise ValidationError if the visit cannot stand in one of the ledgers."""
    times = Counter(answer.ledger.slug for answer in answers)
    faults = [fault_of(one.ledger, visit) for one in answers]
    faults += [
        _("“%(ledger)s”台账选了不止一次。") % {"ledger": one.ledger.label}
        for one in answers
        if times[one.ledger.slug] > 1
    ]
    found = list(dict.fromkeys(filter(None, faults)))
    if found:
        raise ValidationError({"ledgers": found})


def fault_of(ledger: Ledger, visit: Visit) -> str:
    """Return why the visit does not belong into a ledger, "" if it does."""
    named = {"ledger": ledger.label}
    if not ledger.is_about(visit.subject):
        return _("“%(ledger)s”台账不适用于这个走访对象。") % named
    if ledger.needs_meeting and not visit.is_effective:
        return _("没有见到人的走访不能记入“%(ledger)s”台账。") % named
    return ""


def enter(told: Iterable[Told], by) -> list[LedgerEntry]:
    """Write what was told of stored visits into their ledgers, all in one go."""
    entries = [
        entry_of(one.visit, answer, by) for one in told for answer in one.answers
    ]
    if entries:
        LedgerEntry.objects.bulk_create(entries)
        remember_all(entries, "entered", _("记入台账"), by=by)
    return entries


def entry_of(visit: Visit, answer: Answer, by) -> LedgerEntry:
    """Return the entry, not stored yet; the record of its own app is, if it has one."""
    write = answer.ledger.write
    return LedgerEntry(
        visit=visit,
        org_unit=visit.org_unit,
        ledger=answer.ledger.slug,
        happened_on=timezone.localdate(visit.visited_at),
        entered_by=by,
        record=write(visit=visit, answers=answer.told, by=by) if write else None,
        **answer.told,
    )


@transaction.atomic
def enter_later(*, visit: Visit, answers: Sequence[Answer], by) -> list[LedgerEntry]:
    """Enter a visit into further ledgers, after it was logged.

    Raises ValidationError where it stands in one of them already.
    """
    # Whoever corrects the visit, or enters it too, waits.
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    check_answers(visit, answers)
    standing = visit.ledger_entries.standing().values_list("ledger", flat=True)
    known = [one.ledger.label for one in answers if one.ledger.slug in set(standing)]
    if known:
        words = _("这次走访已经记入“%(ledger)s”台账，不用再记。")
        raise ValidationError([words % {"ledger": label} for label in known])
    return enter([Told(visit, answers)], by)


@transaction.atomic
def strike_entry(*, entry: LedgerEntry, reason: str, by) -> None:
    """Strike an entry out: it stays readable and counts no longer.

    Raises ValidationError if that has been done before.
    """
    struck = {
        "struck_on": timezone.localdate(),
        "struck_by": by,
        "strike_reason": reason,
    }
    if not LedgerEntry.objects.standing().filter(pk=entry.pk).update(**struck):
        raise ValidationError(_("这条台账记录已经作废。"))
    remember(entry, "struck", _("作废"), by=by, note=reason)


def follow_correction(visit: Visit, *, reason: str, by) -> None:
    """Let the entries of a corrected visit tell its day, and that somebody was met.

    What takes a meeting is struck out where the visit was in vain after all.
    """
    entries = list(visit.ledger_entries.standing().select_related("org_unit"))
    for entry in entries:
        if entry.book and entry.book.needs_meeting and not visit.is_effective:
            strike_entry(entry=entry, reason=reason, by=by)
    day = timezone.localdate(visit.visited_at)
    if any(entry.happened_on != day for entry in entries):
        visit.ledger_entries.update(happened_on=day)
