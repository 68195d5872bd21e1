"""Entering and changing a resident: row, search keys and household, at once."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.population import Facts, enter
from communities.actions.steps import Kind, step
from communities.actions.succession import check_free_head
from communities.finding import index_resident
from communities.identity import plain
from communities.models import HEAD, Household, Resident
from communities.pinyin import sort_key
from communities.relations import UNKNOWN
from communities.rolls import forget_rolls
from toolkit.privacy.blind import blind_index


def id_blind(number: str) -> bytes | None:
    """Return the keyed hash by which an ID number is found, None for no number."""
    return blind_index("id_number", plain(number)) if number else None


def save_resident(resident: Resident) -> None:
    """Write the row with what is derived from it; keep the search keys in step.

    Raises ValidationError where another resident bears the same ID number.
    """
    resident.name_key = sort_key(resident.name)
    resident.id_blind = id_blind(resident.id_number)
    try:
        with transaction.atomic():
            resident.save()
    except IntegrityError as taken:
        raise ValidationError(
            _("这个证件号码刚才已由别人登记，请先查找。"), code="duplicate"
        ) from taken
    index_resident(resident)


@transaction.atomic
def register_resident(
    *,
    resident: Resident,
    household: Household | None = None,
    arrival: Facts | None = None,
    by=None,
) -> Resident:
    """Enter a new resident, into a household if one is given.

    `arrival` is the birth, move or temporary stay by which he came; without it he was
    here before and is only now entered, which counts as no change in the population.
    """
    relation = resident.relation
    if relation == HEAD and household is None:
        raise ValidationError({"relation": _("没有住户的人不能登记为户主。")})
    resident.household, resident.relation = None, UNKNOWN
    save_resident(resident)
    if household is not None:
        with step(
            Kind.JOIN,
            households=[household],
            happened_on=arrival.happened_on if arrival else timezone.localdate(),
            reported_on=arrival.reported_on if arrival else None,
            by=by,
        ) as draft:
            check_free_head(household, relation)
            draft.put(resident, household, relation)
        resident.refresh_from_db(fields=["household", "relation", "org_unit"])
    if arrival is not None:
        enter(resident, arrival, changes={}, by=by)
    forget_rolls()
    return resident
