"""Who stands on the roll: found in the register at opening, added by hand later."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit, Resident
from safety.criteria import chosen
from safety.models import Emergency, RollCall
from toolkit import audit, formats
from visits.models import VisitDuty

REASON_LENGTH = RollCall._meta.get_field("reason").max_length


@transaction.atomic
def list_people(emergency: Emergency, by=None) -> int:
    """Put everybody on the roll whom the emergency is to call; return how many."""
    reasons = reasons_of(emergency)
    people = Resident.objects.filter(pk__in=list(reasons))
    lines = [
        RollCall(
            emergency=emergency,
            resident_id=pk,
            org_unit_id=unit,
            reason=formats.clauses(reasons[pk])[:REASON_LENGTH],
            added_by=by,
        )
        for pk, unit in people.values_list("pk", "org_unit_id").order_by("pk")
    ]
    RollCall.objects.bulk_create(lines, batch_size=500, ignore_conflicts=True)
    audit.record(
        "listed",
        actor=by,
        count=len(lines),
        batch=RollCall._meta.label_lower,
        reach=emergency.get_scope_path(),
    )
    return len(lines)


def reasons_of(emergency: Emergency) -> dict[int, list[str]]:
    """Return for each resident to be called why he is, by his key."""
    home, today = at_home(emergency), timezone.localdate()
    reasons: dict[int, list[str]] = {}
    for criterion in chosen(emergency.criteria):
        for pk in criterion.narrow(home, today).values_list("pk", flat=True):
            reasons.setdefault(pk, []).append(str(criterion.label))
    duties = VisitDuty.objects.open().filter(
        rule__in=emergency.rules.all(), resident__in=home.order_by().values("pk")
    )
    told = duties.order_by("rule__number", "rule")
    for pk, name in told.values_list("resident", "rule__name"):
        reasons.setdefault(pk, []).append(name)
    return reasons


def at_home(emergency: Emergency):
    """Return the residents who live in the units of the emergency."""
    reach = emergency.reach_as_q("org_unit__path")
    return Resident.objects.living_here().filter(reach)


@transaction.atomic
def add_person(
    *,
    emergency: Emergency,
    by,
    reason: str,
    resident: Resident | None = None,
    org_unit: OrgUnit | None = None,
    name: str = "",
    place: str = "",
) -> RollCall:
    """Put one more person on the roll: a resident, or somebody found on the spot.

    Returns the line that is there already where he was listed before. Raises
    ValidationError for an emergency that is not open and for people who died or left.
    """
    emergency = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if not emergency.is_open:
        raise ValidationError(_("这次响应已经结束，不再登记。"))
    if resident is not None and resident.ended_on is not None:
        raise ValidationError(_("此人已经注销，不能列入。"))
    unit = resident.org_unit if resident else org_unit
    whom = {"resident": resident} if resident else {"name": name, "place": place}
    key = {"emergency": emergency, **whom}
    if resident is None:
        key["org_unit"] = unit
    line, is_new = RollCall.objects.get_or_create(
        **key, defaults={"org_unit": unit, "reason": reason, "added_by": by}
    )
    if is_new:
        audit.record("added", actor=by, subject=line, fields=["reason"])
    return line
