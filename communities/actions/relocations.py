"""The dated row that every change of a person's or household's unit leaves behind.

Whoever writes `org_unit` of a resident or household that was there before tells it
here, in the same transaction: household steps, a changed record, a roster. The figures
of past days read these rows; see communities/on_day.py.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from communities.models import (
    FOUNDING,
    HomeRelocation,
    Household,
    HouseholdEvent,
    HouseholdStep,
    PopulationEvent,
    Relocation,
    Resident,
)

AT_ONCE = 1000
# {key of the resident or household: (key of the old unit, key of the new one)}
Moves = dict[int, tuple[int, int]]


def record_moves(
    model: type[Relocation] | type[HomeRelocation],
    moves: Moves,
    *,
    day: date,
    source: str,
    step: HouseholdStep | None = None,
    by=None,
) -> None:
    """Write one row for each resident (household) of `moves` who changed his unit.

    `step.undoes` takes the rows of the step before back, where they are the last.
    """
    if not moves:
        return
    last = last_rows(model, moves)
    earliest = earliest_days(model, moves)
    undone = step.undoes_id if step is not None else None
    rows = []
    for key, (old, new) in moves.items():
        before = last.get(key)
        row = model(from_unit_id=old, org_unit_id=new, step=step, source=source, by=by)
        setattr(row, f"{model.mover}_id", key)
        row.since = before.moved_on if before else None
        days = [day, row.since, earliest.get(key)]
        row.moved_on = max(one for one in days if one is not None)
        if before is not None and undone is not None and before.step_id == undone:
            row.reverses, row.moved_on = before, before.moved_on
        rows.append(row)
    model.objects.bulk_create(rows, batch_size=AT_ONCE)


def last_rows(model, keys: Iterable[int]) -> dict[int, Relocation | HomeRelocation]:
    """Return the last row of each resident (household) that has one."""
    rows = model.objects.filter(**{f"{model.mover}__in": list(keys)}).order_by("pk")
    return {getattr(row, f"{model.mover}_id"): row for row in rows}


def earliest_days(model, keys: Iterable[int]) -> dict[int, date]:
    """Return the first day on which each may be said to move.

    Nobody moves before he was born, came, or was entered, nor before the last thing
    that is entered of him: what happened until then happened in the unit he leaves.
    """
    keys = list(keys)
    if model is HomeRelocation:
        rows = Household.objects.filter(pk__in=keys).values_list("pk", "entered_on")
        events = HouseholdEvent.objects.filter(household__in=keys, kind__in=FOUNDING)
        return latest(rows, events.values_list("household"))
    people = Resident.objects.filter(pk__in=keys)
    rows = [
        *people.values_list("pk", "entered_on"),
        *people.values_list("pk", "birth_on"),
    ]
    events = PopulationEvent.objects.standing().filter(resident__in=keys)
    return latest(rows, events.values_list("resident"))


def latest(rows: Iterable[tuple[int, date | None]], events) -> dict[int, date]:
    """Return the latest day of each key among the rows and the days of its events."""
    found: dict[int, date] = {}
    for key, day in (*rows, *events.order_by().annotate(Max("happened_on"))):
        if day is not None:
            found[key] = max(day, found.get(key, day))
    return found


def record_step(step: HouseholdStep) -> None:
    """Write what a step changed of the units of its households and their members."""
    told = {"day": step.happened_on, "step": step, "by": step.by}
    told["source"] = str(step.get_kind_display())
    for model, part, unit in (
        (HomeRelocation, "households", "org_unit_id"),
        (Relocation, "members", "unit"),
    ):
        old, new = step.before[part], step.after[part]
        moves = {
            int(key): (old[key][unit], row[unit])
            for key, row in new.items()
            if key in old and old[key][unit] != row[unit]
        }
        record_moves(model, moves, **told)
