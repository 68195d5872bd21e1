"""Deciding of what a phone has told of the roll and no rule could decide of."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safety.actions.calling import retell
from safety.actions.listing import add_person
from safety.models import Emergency, RollCall, RollCallEvent, State
from safety.waiting import Reading
from toolkit import audit
from toolkit.models import SyncItem


@transaction.atomic
def take_over(*, reading: Reading, by) -> RollCallEvent:
    """Write down what was told, of whoever told it, where its moment belongs.

    Who was on no list is put on it. Raises ValidationError for what cannot be taken,
    was decided before, or belongs to an emergency that is destroyed.
    """
    if reading.fault:
        raise ValidationError(reading.fault)
    emergency = locked(reading)
    settle(reading.item, SyncItem.Status.TAKEN)
    line = reading.line or add_person(
        emergency=emergency, by=by, reason=_("手机登记"), resident=reading.person
    )
    rows = RollCall.objects.select_for_update(of=("self",)).select_related("org_unit")
    line = rows.get(pk=line.pk)
    told, item = reading.told, reading.item
    known = RollCallEvent.objects.filter(client_uuid=item.client_uuid)
    event = RollCallEvent.objects.create(
        client_uuid=item.uid if known.exists() else item.client_uuid,
        line=line,
        before=line.state,
        state=told["state"],
        shelter_id=told["shelter"] if told["state"] == State.MOVED else None,
        note=told["note"],
        happened_at=item.moment,
        by=item.by,
    )
    SyncItem.objects.filter(pk=item.pk).update(record=event.client_uuid)
    retell([line])
    audit.record("tap_taken", actor=by, subject=line, fields=["state"])
    return event


@transaction.atomic
def set_aside(*, reading: Reading, by) -> None:
    """Leave out what was told; its text stays until all of it is destroyed.

    Raises ValidationError for what was decided before.
    """
    emergency = locked(reading)
    settle(reading.item, SyncItem.Status.SET_ASIDE)
    subject = reading.line or emergency
    audit.record("tap_set_aside", actor=by, subject=subject)


def locked(reading: Reading) -> Emergency:
    """Return the emergency, locked; raises ValidationError where all is destroyed."""
    rows = Emergency.objects.select_for_update().filter(pk=reading.emergency)
    emergency = rows.first()
    if emergency is None or emergency.is_destroyed:
        raise ValidationError(_("这次应急响应的数据已经销毁。"))
    return emergency


def settle(item: SyncItem, status: str) -> None:
    """Note the decision; of several at once the first alone is heard."""
    waiting = SyncItem.objects.filter(pk=item.pk, status=SyncItem.Status.WAITING)
    if not waiting.update(status=status, status_since=timezone.now()):
        raise ValidationError(_("这一条刚才已经处理过。"))
