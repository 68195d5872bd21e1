"""What a boundary change does to the units: the old ones end, the new ones begin."""

from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import BoundaryChange
from toolkit import formats
from toolkit.history import remember


@transaction.atomic
def record_successions(
    *, change: BoundaryChange, ends_predecessors: bool, by=None
) -> None:
    """Date the units of a change and tell their histories (F012).

    A unit keeps the dates it has; only open ends are filled in.
    """
    for line in change.successions.select_related("predecessor", "successor"):
        if line.successor.valid_from is None:
            date_unit(line.successor, "valid_from", change, by)
        if ends_predecessors and line.predecessor and not line.predecessor.valid_to:
            date_unit(line.predecessor, "valid_to", change, by)


def date_unit(unit, name: str, change: BoundaryChange, by) -> None:
    """Set a date of a unit to the day of the decision."""
    setattr(unit, name, change.decided_on)
    unit.precision = change.precision
    unit.save(update_fields=[name, "precision"])
    field = unit._meta.get_field(name)
    remember(
        unit,
        f"boundary-{change.kind}",
        _("区划调整"),
        by=by,
        note=change.note,
        changes=[
            {"field": name, "label": str(field.verbose_name), "old": ""}
            | {"new": formats.cn_date(change.decided_on)}
        ],
    )
