"""Destroying what was collected for an emergency (突发事件应对法 2024, 84 and 85)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safety.board import summary_of
from safety.handed_in import items_about
from safety.models import (
    BuildingPost,
    Emergency,
    EmergencyDay,
    RollCall,
    RollCallEvent,
    ShelterPost,
)
from toolkit import audit, exported_files
from toolkit.models import SyncItem, SyncPhoto
from toolkit.sync import photos
from toolkit.workflow import workflow_of


def destroy_due(now: datetime) -> int:
    """Destroy what is kept for emergencies whose day has come; return how many."""
    done = 0
    for emergency in Emergency.objects.to_destroy(timezone.localdate(now)):
        try:
            note = _("到期自动销毁")
            workflow_of(Emergency).apply(emergency, "destroy", note=note)
        except ValidationError:
            continue  # Somebody was quicker.
        done += 1
    return done


@transaction.atomic
def destroy_collected(emergency: Emergency, by=None) -> None:
    """Keep the counts, and let go every row that tells of a person.

    The items that phones have handed in go as well, body and digest: the digest of so
    short a text could be guessed. A phone that sends one again is told that it is over.
    Lists of the roll that were exported and lie here for a day go, too.
    """
    emergency.refresh_from_db()
    freeze_days(emergency)
    emergency.summary = summary_of(emergency)
    emergency.destroyed_at = timezone.now()
    emergency.save(update_fields=["summary", "destroyed_at"])
    items = drop_handed_in(emergency)
    events = RollCallEvent.objects.filter(line__emergency=emergency)
    # Those that take another one back point to it.
    events.filter(takes_back__isnull=False).delete()
    events.delete()
    BuildingPost.objects.filter(emergency=emergency).delete()
    ShelterPost.objects.filter(emergency=emergency).delete()
    lines = RollCall.objects.filter(emergency=emergency).delete()[0]
    label = RollCall._meta.label_lower
    # Whoever needs the list of another emergency makes it again.
    transaction.on_commit(lambda: exported_files.wipe_of(label))
    audit.record(
        "destroyed",
        actor=by,
        subject=emergency,
        count=lines,
        batch=label,
        about={"items": items},
    )


def drop_handed_in(emergency: Emergency) -> int:
    """Let go what phones have handed in, photos beside it as well; return how many."""
    items = SyncItem.objects.filter(pk__in=items_about(emergency))
    photos.forget(SyncPhoto.objects.filter(item__in=items))
    return items.delete()[0]


def freeze_days(emergency: Emergency) -> None:
    """Write down what the days of the emergency count, as long as it can be counted."""
    days = list(EmergencyDay.objects.filter(emergency=emergency).counted())
    for day in days:
        day.contacted, day.moved = day.contacted_then, day.moved_then
    EmergencyDay.objects.bulk_update(days, ["contacted", "moved"], batch_size=500)
