"""Let everything know of visits that have just been stored, however many they are."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Household, Organisation, Resident
from toolkit.history import remember_all
from visits.actions.rounds import settle_extras
from visits.actions.settling import settle_duties
from visits.models import Visit

SUBJECTS = {Resident: "resident", Household: "household", Organisation: "organisation"}


class Paid(NamedTuple):
    """A stored visit, and the people to whose duties it is told."""

    visit: Visit
    people: Sequence[Resident]


def count_everywhere(paid: Sequence[Paid], by) -> None:
    """Tell history, appointments and duties of the visits that somebody logged."""
    remember_all([one.visit for one in paid], "created", _("登记走访"), by=by)
    keep_appointments(paid)
    people = {person.pk: person for one in paid for person in one.people}
    earliest = min(one.visit.visited_at for one in paid)
    settle_duties(people.values(), earliest)
    settle_extras(people, earliest)


def keep_appointments(paid: Sequence[Paid]) -> None:
    """Note on earlier visits to the same subject that their appointment was kept.

    A try in vain keeps it only by making another appointment.
    """
    keeping = [one for one in paid if one.visit.is_effective or one.visit.follow_up_on]
    if len(keeping) > 1 and not is_any_awaited(keeping):
        return
    for one in sorted(keeping, key=lambda one: one.visit.visited_at):
        visit = one.visit
        awaited = Visit.objects.awaited().filter(visited_at__lt=visit.visited_at)
        mine = awaited.filter(concerning([one])).exclude(pk=visit.pk)
        mine.update(followed_up_on=timezone.localdate(visit.visited_at))


def is_any_awaited(paid: Sequence[Paid]) -> bool:
    """Answer whether anybody of those visited waits for an appointment."""
    return Visit.objects.awaited().filter(concerning(paid)).exists()


def concerning(paid: Sequence[Paid]) -> Q:
    """Return the condition for visits to the same subjects, or to people met there."""
    found = Q(resident__in={person.pk for one in paid for person in one.people})
    for name in SUBJECTS.values():
        keys = {getattr(one.visit, f"{name}_id") for one in paid} - {None}
        found |= Q(**{f"{name}__in": keys})
    return found
