"""Telling how it stands with somebody: events are added, the lines follow from them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safety.models import EmergencyDay, RollCall, RollCallEvent, Shelter, State
from safety.steps import contradicted_by_last, refuse_step
from toolkit import audit
from visits.validation import fault_of_note

# What follows from the events, and is written nowhere else.
DERIVED = (
    "state",
    "state_at",
    "told_by",
    "shelter",
    "note",
    "contacted_on",
    "moved_on",
    "is_contradicted",
)


class Told(NamedTuple):
    """An event, and whether this call made it or found it already stored."""

    event: RollCallEvent
    is_new: bool


@transaction.atomic
def tell(
    *,
    line: RollCall,
    state: str,
    by,
    client_uuid: UUID,
    happened_at: datetime | None = None,
    shelter: Shelter | None = None,
    note: str = "",
) -> Told:
    """Write down how it stands with a person, just now by default.

    A second call with the UUID returns the first event. Raises ValidationError for a
    state that cannot follow, a note with somebody's numbers in it, an emergency that is
    not open, and a UUID that was used for somebody else.
    """
    known = stored(client_uuid, line, state, by)
    if known is not None:
        return Told(known, is_new=False)
    line = locked(line)
    refuse_step(line, state)
    refuse_note(note)
    event = RollCallEvent(
        line=line,
        client_uuid=client_uuid,
        before=line.state,
        state=state,
        shelter=shelter if state == State.MOVED else None,
        note=note.strip(),
        happened_at=happened_at or timezone.now(),
        by=by,
    )
    if not insert(event):
        return Told(stored(client_uuid, line, state, by), is_new=False)
    retell([line])
    audit.record("told", actor=by, subject=line, fields=["state"])
    return Told(event, is_new=True)


@transaction.atomic
def take_back(*, line: RollCall, by, seen: str = "") -> RollCallEvent | None:
    """Take back the last thing told of a person; None where nothing is left.

    `seen` is the mark of what the page shows: pressed twice, or after a colleague, the
    button takes back nothing else. What was taken back stays among the events and
    counts nowhere. Raises ValidationError where the mark is an old one.
    """
    line = locked(line)
    if seen and seen != line.mark:
        raise ValidationError(_("刚才已有登记或撤回，请看现在的情况。"))
    counted = counted_events([line])
    if not counted:
        return None
    last = counted[-1]
    before = counted[-2].state if len(counted) > 1 else State.WAITING
    event = RollCallEvent.objects.create(
        line=line,
        before=line.state,
        state=before,
        happened_at=timezone.now(),
        by=by,
        takes_back=last,
    )
    retell([line])
    audit.record("taken_back", actor=by, subject=line, fields=["state"])
    return event


def locked(line: RollCall) -> RollCall:
    """Return the line, locked; raises ValidationError where nobody is called any more.

    Whoever taps at the same moment waits, and is told what the first one has written.
    """
    found = RollCall.objects.select_for_update(of=("self",)).filter(pk=line.pk)
    line = found.select_related("emergency", "org_unit").first()
    if line is None or not line.emergency.is_open:
        raise ValidationError(_("这次响应已经结束，不再登记。"))
    return line


def stored(client_uuid: UUID, line: RollCall, state: str, by) -> RollCallEvent | None:
    """Return the event that a tap has already become, if any."""
    event = RollCallEvent.objects.filter(client_uuid=client_uuid).first()
    if event is None:
        return None
    if (event.line_id, event.state, event.by_id) != (line.pk, state, by.pk):
        raise ValidationError(_("这一页已经过时，请刷新后再点。"))
    return event


def insert(event: RollCallEvent) -> bool:
    """Store the event; False if the same tap was stored since we looked."""
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:
        same = RollCallEvent.objects.filter(client_uuid=event.client_uuid)
        if not same.exists():
            raise
        return False
    return True


def refuse_note(note: str) -> None:
    """Raise ValidationError for a note that is too long or holds a person's numbers."""
    limit = RollCallEvent._meta.get_field("note").max_length
    if len(note) > limit:
        words = _("最多写%(count)d个字。") % {"count": limit}
        raise ValidationError({"note": words})
    if fault := fault_of_note(note):
        raise ValidationError({"note": fault})


def counted_events(lines: Iterable[RollCall]) -> list[RollCallEvent]:
    """Return the events of the lines that count, by line and moment."""
    events = RollCallEvent.objects.filter(
        line__in=list(lines), takes_back=None, taken_back_by=None
    )
    return list(events.order_by("line", "happened_at", "pk"))


def retell(lines: list[RollCall]) -> None:
    """Write into the lines what their events say, in the order of their moments."""
    by_line = {
        pk: list(group)
        for pk, group in groupby(counted_events(lines), key=attrgetter("line_id"))
    }
    for line in lines:
        follow(line, by_line.get(line.pk, []))
    RollCall.objects.bulk_update(lines, DERIVED, batch_size=500)
    note_days(lines)


def follow(line: RollCall, events: list[RollCallEvent]) -> None:
    """Set what follows from the events of a line; nothing is stored yet."""
    last = events[-1] if events else RollCallEvent(state=State.WAITING)
    line.state, line.state_at = last.state, last.happened_at
    line.told_by_id, line.note = last.by_id, last.note
    line.shelter_id = last.shelter_id
    line.is_contradicted = bool(contradicted_by_last(events))
    line.contacted_on = first_day(events)
    line.moved_on = first_day(one for one in events if one.state == State.MOVED)


def first_day(events: Iterable[RollCallEvent]):
    """Return the day of the first of the events, None of none."""
    first = next(iter(events), None)
    return first and timezone.localdate(first.happened_at)


def note_days(lines: Iterable[RollCall]) -> None:
    """See to it that every day on which somebody was reached has its row to count."""
    days = {
        (line.emergency_id, line.org_unit_id, day)
        for line in lines
        for day in (line.contacted_on, line.moved_on)
        if day is not None
    }
    rows = [
        EmergencyDay(emergency_id=emergency, org_unit_id=unit, day=day)
        for emergency, unit, day in sorted(days)
    ]
    EmergencyDay.objects.bulk_create(rows, ignore_conflicts=True)
