"""What the visits app does as days pass."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from toolkit.duties import duty
from toolkit.locks import exclusive
from visits.actions import enrol_all, follow_people, follow_rounds, lapse_all
from visits.models import ExtraRound, VisitRule
from visits.rules import load_rules
from visits.workflows import ExtraRoundWorkflow


@duty("visit-enrolment")
def enrol_people(now: datetime) -> int:
    """Once a day: who comes under a rule, who leaves it. Cheap when it is done."""
    if not VisitRule.objects.exists():
        load_rules()
    with exclusive("visit-enrolment") as held:
        return enrol_all(timezone.localdate(now)) if held else 0


@duty("visit-moves")
def follow_moves(now: datetime) -> int:
    """At any time: who has moved takes along the visits that are not due yet."""
    return follow_people(timezone.localdate(now))


@duty("visit-lapses")
def count_missed(now: datetime) -> int:
    """Once a day: which visits were missed for good, and which follow them."""
    return lapse_all(timezone.localdate(now))


@duty("visit-rounds")
def keep_rounds(now: datetime) -> int:
    """At any time: who belongs to the open extra rounds, and which of them are over."""
    today, changed = timezone.localdate(now), 0
    for extra in ExtraRound.objects.over(today).order_by("pk"):
        try:
            ExtraRoundWorkflow.apply(extra, "close-round")
        except ValidationError:
            continue  # Somebody was quicker.
        changed += 1
    return changed + follow_rounds(today)
