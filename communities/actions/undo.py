"""Take the last step of a household back, exactly, as long as it still stands."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.steps import Draft, Kind, at_once, lock, step
from communities.household_state import HOUSEHOLD_FIELDS
from communities.models import Household, HouseholdStep, Resident
from communities.relations import UNKNOWN


def standing_steps(household: Household):
    """Return the steps of a household that hold, the newest first."""
    return household.steps.exclude(kind=Kind.UNDO).filter(undone_by=None)


def undoable_step(household: Household) -> HouseholdStep | None:
    """Return the step that may be taken back now, None for none.

    It is the last one of every household it touched, and no entry of a birth, death or
    move stands behind it: that entry is taken back as a whole.
    """
    last = standing_steps(household).first()
    if last is None or hasattr(last, "population_event"):
        return None
    for other in last.households.all():
        if standing_steps(other).first() != last:
            return None
    return last


@at_once()
def undo_step(*, step_back: HouseholdStep, reason: str, by=None) -> HouseholdStep:
    """Put back what stood before the step; raises ValidationError if it cannot be.

    Whether it is still the last one is asked while its households are held.
    """
    homes = set(step_back.households.values_list("pk", flat=True))
    lock(homes, {int(pk) for pk in step_back.after["members"]})
    first = step_back.households.first()
    if first is None or undoable_step(first) != step_back:
        raise ValidationError(_("这一步已经撤销，或之后又办过别的，不能再撤销。"))
    return put_back(step_back, reason=reason, by=by)


def put_back(
    step_back: HouseholdStep, *, reason: str, by=None, values: dict | None = None
) -> HouseholdStep:
    """Write the step that restores the state before `step_back`.

    `values` are those of residents that go back with it, by their primary keys.
    """
    people = Resident.objects.in_bulk([int(pk) for pk in step_back.after["members"]])
    with step(
        Kind.UNDO,
        households=list(step_back.households.all()),
        residents=list(people.values()),
        happened_on=timezone.localdate(),
        reason=reason,
        by=by,
        undoes=step_back,
    ) as draft:
        if draft.before != step_back.after:
            raise ValidationError(
                _("这一步之后，户里的人或住址又有变化，不能撤销。请按现状另行办理。")
            )
        draft.values.update(values or {})
        restore_households(draft, step_back)
        restore_members(draft, step_back, people)
    return draft.step


def restore_households(draft: Draft, step_back: HouseholdStep) -> None:
    """Write every household as it was; close the one that the step founded."""
    for household in Household.objects.filter(pk__in=draft.touched):
        old = step_back.before["households"].get(str(household.pk))
        if old is None:
            draft.close(household)
            continue
        for name in HOUSEHOLD_FIELDS:
            setattr(household, name, old[name])
        draft.save(household)


def restore_members(draft: Draft, step_back: HouseholdStep, people: dict) -> None:
    """Let every member belong where he belonged before the step."""
    for key in step_back.after["members"]:
        resident, old = people[int(key)], step_back.before["members"].get(key)
        if old is None:
            draft.put(resident, None, UNKNOWN)
        else:
            draft.moves[resident.pk] = {
                "household_id": old["household"],
                "relation": old["relation"],
                "org_unit_id": old["unit"],
            }
