"""What a decision of a handed-in visit writes: the visit, everywhere it counts."""

import json

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit import formats
from toolkit.history import history_of
from visits.actions.corrections import MEMBERS, correct_visit, locked
from visits.actions.entries import Told, enter, strike_entry
from visits.comparison import label_of, stored_words
from visits.models import HandedIn, Visit
from visits.sync_kinds import VISIT
from visits.trays import LEDGERS, Difference, Reading, differences, read

# Their words stay out of the history.
SENSITIVE = ("note", LEDGERS)


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
    for answer in reading.parcel.cleaned["answers"]:
        slug, entry = answer.ledger.slug, standing.get(answer.ledger.slug)
        if entry and entry.answers == reading.entries[slug]:
            continue
        if entry:
            strike_entry(entry=entry, reason=reason, by=by)
        fresh.append(answer)
    enter([Told(visit, fresh)], by)


def in_words(stored: Visit, sent: Visit, one: Difference) -> dict:
    """Return a difference as the history tells it; of a note only that it is one."""
    told = {"field": one.name, "label": label_of(one.name)}
    if one.name in SENSITIVE:
        return told
    old, new = word_of(stored, one.name, one.old), word_of(sent, one.name, one.new)
    return told | {"old": old, "new": new}


def word_of(visit: Visit, name: str, value) -> str:
    """Return a value of a visit as people know it."""
    if name == MEMBERS:
        return formats.listed(value)[:200]
    if name == "visited_at":
        return formats.cn_datetime(value)
    if name == "follow_up_on":
        return formats.cn_date(value)
    return str(getattr(visit, f"get_{name}_display", lambda: value)())
