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
)
from toolkit import audit
from toolkit.models import SyncItem
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
    """
    emergency.refresh_from_db()
    freeze_days(emergency)
    emergency.summary = summary_of(emergency)
    emergency.destroyed_at = timezone.now()
    emergency.save(update_fields=["summary", "destroyed_at"])
    items = SyncItem.objects.filter(pk__in=items_about(emergency)).delete()[0]
    events = RollCallEvent.objects.filter(line__emergency=emergency)
    # Those that take another one back point to it.
    events.filter(takes_back__isnull=False).delete()
    events.delete()
    BuildingPost.objects.filter(emergency=emergency).delete()
    lines = RollCall.objects.filter(emergency=emergency).delete()[0]
    audit.record(
        "destroyed",
        actor=by,
        subject=emergency,
        count=lines,
        batch=RollCall._meta.label_lower,
        about={"items": items},
    )


def freeze_days(emergency: Emergency) -> None:
    """Write down what the days of the emergency count, as long as it can be counted."""
    days = list(EmergencyDay.objects.filter(emergency=emergency).counted())
    for day in days:
        day.contacted, day.moved = day.contacted_then, day.moved_then
    EmergencyDay.objects.bulk_update(days, ["contacted", "moved"], batch_size=500)
