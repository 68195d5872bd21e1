"""Who of a household was met on a visit to it: the visit counts for each of them."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from communities.models import Household, Resident
from visits.models import Visit


def people_of(visit: Visit) -> list[Resident]:
    """Return the people whose duties the visit is told to."""
    if visit.resident_id:
        return [visit.resident]
    return list(visit.met_members.order_by("pk")) if visit.pk else []


def may_be_met(household: Household, visit: Visit | None = None) -> QuerySet:
    """Return the members on the rolls, and whoever is noted on the visit already."""
    on_rolls = Q(household=household, ended_on=None)
    if visit is None:
        return Resident.objects.filter(on_rolls)
    noted = visit.met_members.values("pk")
    return Resident.objects.filter(on_rolls | Q(pk__in=noted))


def note_members(visit: Visit, members: Collection[Resident]) -> None:
    """Keep which members were met; nobody was where the visit was in vain.

    Raises ValidationError for somebody who does not belong to the household.
    """
    if not visit.household_id:
        return
    keys = {member.pk for member in members if visit.is_effective}
    if keys - set(may_be_met(visit.household, visit).values_list("pk", flat=True)):
        raise ValidationError({"met_members": _("见到的人要是这一户的成员，请重选。")})
    visit.met_members.set(keys)
