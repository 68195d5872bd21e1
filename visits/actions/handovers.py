"""What the acceptance of a hand-over does, and the early end of a substitution."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from visits.models import Caseload, HandOver, HandOverMatter
from visits.open_matters import count_people, open_matters

BATCH = 500


@transaction.atomic
def take_over(hand_over: HandOver, by) -> None:
    """Effect of accepting: the receiver is responsible, what is open is kept.

    Of two hand-overs of a grid for the same day the constraint keeps one, whoever is
    quicker. Raises ValidationError for the other.
    """
    today, units = timezone.localdate(), list(hand_over.units.all())
    begins = hand_over.day_of_taking(today)
    try:
        with transaction.atomic():
            Caseload.objects.bulk_create(
                caseload_of(hand_over, unit, begins) for unit in units
            )
    except IntegrityError as clash:
        words = _("这些网格里有的同一天已经换过一次人，请退回，改了日期再提出。")
        raise ValidationError(words) from clash
    matters = open_matters(units, today)
    for matter in matters:
        matter.hand_over = hand_over
    HandOverMatter.objects.bulk_create(matters, batch_size=BATCH)
    hand_over.begins_on, hand_over.people = begins, count_people(units)
    hand_over.save(update_fields=["begins_on", "people"])


def caseload_of(hand_over: HandOver, unit: OrgUnit, begins) -> Caseload:
    """Return the caseload of one unit; the one before it ends where it begins."""
    last = hand_over.last_day
    is_substitution = hand_over.is_substitution
    return Caseload(
        org_unit=unit,
        worker_id=hand_over.to_worker_id,
        kind=Caseload.Kind.SUBSTITUTE if is_substitution else Caseload.Kind.MAIN,
        since=begins,
        until=last and last + timedelta(days=1),
        hand_over=hand_over,
    )


def end_substitution(hand_over: HandOver, by) -> None:
    """Effect of ending early: today is the last day; what has not begun never does."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    until = max(tomorrow, hand_over.begins_on)
    hand_over.caseloads.filter(until__gt=until).update(until=until)
