"""Entering and changing a resident: row, search keys and household, at once."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.population import Facts, enter
from communities.actions.relocations import record_moves
from communities.actions.steps import Kind, step
from communities.actions.succession import check_free_head
from communities.finding import index_resident
from communities.identity import plain
from communities.models import HEAD, Household, OrgUnit, Relocation, Resident
from communities.pinyin import sort_key
from communities.relations import UNKNOWN
from communities.rolls import forget_rolls
from communities.turns import take_turn
from toolkit import formats
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
def change_resident(*, resident: Resident, by=None) -> None:
    """Write what was changed on a resident; another unit counts from today."""
    take_turn()
    stored = Resident.objects.filter(pk=resident.pk)
    old = stored.values_list("org_unit", flat=True).get()
    save_resident(resident)
    if old != resident.org_unit_id:
        moves = {resident.pk: (old, resident.org_unit_id)}
        told = {"day": timezone.localdate(), "source": _("修改档案"), "by": by}
        record_moves(Relocation, moves, **told)


def refuse_second_member(resident: Resident, household: Household) -> None:
    """Raise ValidationError where the person is a member already, as a roster sees it.

    One household, name and birth date are one person unless the ID numbers differ; a
    date that is not known is no difference. The household is held by its step.
    """
    alike = household.members.registered().filter(name=resident.name)
    if resident.birth_on:
        alike = alike.filter(Q(birth_on=None) | Q(birth_on=resident.birth_on))
    if resident.id_number:
        alike = alike.filter(id_blind=None)
    refuse_if_there(alike)


def refuse_second_without_home(resident: Resident) -> None:
    """Raise ValidationError where the unit has the same person without a household.

    Namesakes are many in a unit: the birth date must be known and the same, and neither
    may have an ID number.
    """
    if resident.id_number or resident.birth_on is None:
        return
    # Whoever enters a person here at the same moment waits for this entry.
    unit = OrgUnit.objects.select_for_update(no_key=True)
    unit.get(pk=resident.org_unit_id)
    people = Resident.objects.registered().filter(household=None, id_blind=None)
    refuse_if_there(
        people.filter(
            org_unit=resident.org_unit_id,
            name=resident.name,
            birth_on=resident.birth_on,
        )
    )


def refuse_if_there(alike: QuerySet) -> None:
    """Raise ValidationError that names the first of the people, if there is one."""
    other = alike.order_by("pk").first()
    if other is None:
        return
    told = {"name": other.name, "record": other.pk}
    told["birth"] = formats.cn_date(other.birth_on) or _("不详")
    words = _(
        "这里已登记%(name)s（出生日期%(birth)s，档案号%(record)s）。"
        "是同一个人的，请打开原档案；不是的，请填清出生日期或证件号码。"
    )
    raise ValidationError({"name": words % told}, code="duplicate")


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
    here before and is only now entered: he counts from today, and as no arrival.
    """
    take_turn()
    relation = resident.relation
    if relation == HEAD and household is None:
        raise ValidationError({"relation": _("没有住户的人不能登记为户主。")})
    if household is None:
        refuse_second_without_home(resident)
    else:
        resident.org_unit = household.org_unit
    if arrival is None:
        resident.entered_on = timezone.localdate()
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
            refuse_second_member(resident, household)
            check_free_head(household, relation)
            draft.put(resident, household, relation)
        resident.refresh_from_db(fields=["household", "relation", "org_unit"])
    if arrival is not None:
        enter(resident, arrival, changes={}, by=by)
    forget_rolls()
    return resident
