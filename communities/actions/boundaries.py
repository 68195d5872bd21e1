"""What a boundary change does to the units: the old ones end, the new ones begin."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import BoundaryChange, OrgUnit
from toolkit import formats
from toolkit.history import remember


@transaction.atomic
def record_successions(
    *, change: BoundaryChange, ends_predecessors: bool, by=None
) -> None:
    """Date the units of a change and tell their histories (F012).

    A unit keeps the dates it has; only open ends are filled in. A unit may stand in
    several lines and ends once.
    """
    told = {"verb": f"boundary-{change.kind}", "label": _("区划调整")}
    told |= {"note": change.note, "by": by}
    day, precision = change.decided_on, change.precision
    lines = change.successions.all()
    for unit in OrgUnit.objects.filter(predecessions__in=lines).distinct():
        if unit.valid_from is None:
            date_unit(unit, "valid_from", day, precision, **told)
    if not ends_predecessors:
        return
    ended = OrgUnit.objects.filter(successions__in=lines).distinct()
    # A street after its communities.
    for unit in ended.order_by("-path"):
        if unit.valid_to is None:
            date_unit(unit, "valid_to", day, precision, **told)
        end_grids(unit, **told)


def end_grids(unit: OrgUnit, **told) -> None:
    """End the open grids of a unit that has ended, on its day.

    Nobody reaches them any more: the staff of the successor work on another path.
    """
    for grid in unit.children.grids().filter(valid_to=None):
        date_unit(grid, "valid_to", unit.valid_to, unit.valid_to_precision, **told)


def date_unit(unit: OrgUnit, name: str, day: date, precision: str, **told) -> None:
    """Set the day on which a unit begins or ends; `told` is for its history."""
    setattr(unit, name, day)
    if unit.valid_from and unit.valid_to and unit.valid_to <= unit.valid_from:
        sentence = _("%(unit)s的撤销日期要晚于设立日期，请核对日期。")
        raise ValidationError(sentence % {"unit": unit.full_name})
    if name == "valid_to" and unit.goes_on_below(day):
        raise ValidationError(_("街道下面还有社区、村没有撤销，请先撤销。"))
    setattr(unit, f"{name}_precision", precision)
    unit.save(update_fields=[name, f"{name}_precision"])
    field = unit._meta.get_field(name)
    change = {"field": name, "label": str(field.verbose_name)}
    changes = [change | {"old": "", "new": formats.cn_date(day)}]
    remember(unit, changes=changes, **told)
