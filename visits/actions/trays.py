"""What a decision of a handed-in visit writes: the visit, everywhere it counts."""

import json
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.history import history_of
from visits.actions.corrections import correct_visit, locked
from visits.actions.entries import Told, enter, strike_entry
from visits.comparison import stored_words
from visits.differences import LEDGERS, in_words
from visits.models import HandedIn, Visit
from visits.sync_kinds import VISIT
from visits.trays import Reading, differences, read


def store_visit(item: HandedIn, by) -> None:
    """Store what was handed in as a visit of whoever wrote it down.

    It lies in the unit of the person today and counts everywhere. Raises
    ValidationError for a visit that cannot be, or whose number is taken by now.
    """
    reading = read(item)
    if reading.fault:
        raise ValidationError(reading.fault)
    try:
        with transaction.atomic():
            VISIT.store([reading.parcel], by, timezone.now())
    except IntegrityError as clash:
        raise ValidationError(_("这一条刚才已有人登记，请刷新后再看。")) from clash
    become(item, reading.parcel.client_uuid)


def become(item: HandedIn, record: UUID) -> None:
    """Note which visit an item has become or put right; its photos go along."""
    item.record = record
    item.save(update_fields=["record"])


def correct_stored(item: HandedIn, by) -> None:
    """Put the stored visit right by what was handed in.

    Its history keeps what was changed, the item all that was stored until then: a note
    has its words in no history.

    Raises ValidationError for a visit that cannot be like that.
    """
    reading, stored = read(item), locked(item.stored)
    if reading.fault:
        raise ValidationError(reading.fault)
    changed = differences(stored, reading)
    item.replaced = json.dumps(stored_words(stored), ensure_ascii=False)
    item.save(update_fields=["replaced"])
    become(item, stored.client_uuid)
    why = {"number": item.pk, "note": history_of(item).first().note}
    reason = _("按第 %(number)d 号离线登记更正：%(note)s") % why
    corrected = correct_visit(
        visit=stored,
        values={one.name: one.new for one in changed if one.name != LEDGERS},
        changes=[in_words(stored, reading.visit, one) for one in changed],
        reason=reason,
        by=by,
        agreed_at=reading.parcel.moment.at,
    )
    enter_sent(corrected, reading, reason=reason, by=by)


def enter_sent(visit: Visit, reading: Reading, *, reason: str, by) -> None:
    """Enter the visit as was sent; what stands like that already stays, once.

    What stands in one of these ledgers with other answers is struck out.
    """
    standing = {one.ledger: one for one in visit.ledger_entries.standing()}
    fresh = []
    for answer in reading.parcel.cleaned.get("answers", ()):
        slug, entry = answer.ledger.slug, standing.get(answer.ledger.slug)
        if entry and entry.answers == reading.entries[slug]:
            continue
        if entry:
            strike_entry(entry=entry, reason=reason, by=by)
        fresh.append(answer)
    enter([Told(visit, fresh)], by)
