"""Entries of who was born, died, came and went, and what each does to the resident.

An entry is never edited: a wrong one is taken back by a second entry. The event date
is not the report date: event ≤ report ≤ today.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.effects import (
    Facts,
    as_data,
    changes_of,
    differences,
    in_words,
    side_of,
    write_changes,
)
from communities.actions.steps import Kind as StepKind
from communities.actions.steps import at_once, hold_resident, step
from communities.actions.succession import (
    Relations,
    head_among,
    members_on_rolls,
    succeed,
)
from communities.actions.undo import put_back, standing_steps
from communities.models import ARRIVALS, DEPARTURES, HEAD, PopulationEvent, Resident
from communities.on_day import unit_on
from communities.relations import UNKNOWN
from communities.rolls import forget_rolls
from toolkit import formats
from toolkit.history import remember

Kind = PopulationEvent.Kind
Living, Registration = Resident.Living, Resident.Registration
GONE = (Living.AWAY, Living.MISSING)


def possible_kinds(resident: Resident) -> list[str]:
    """Return the events that may be entered for a resident as he stands now.

    In the order in which they are offered: what happens every day comes first.
    """
    if resident.ended_by == Resident.Ending.MOVED_OUT:
        return [Kind.MOVED_IN, Kind.CAME_TEMPORARILY]
    if resident.ended_by == Resident.Ending.MISTAKEN:
        # His arrival was taken back. A record that an entry ended comes back with that.
        has_standing = resident.population_events.standing().exists()
        return [] if has_standing else list(ARRIVALS)
    if resident.ended_on is not None:
        return []
    is_gone = resident.living in GONE
    kinds = [Kind.MOVED_OUT, Kind.CAME_BACK if is_gone else Kind.WENT_AWAY]
    if resident.registration != Registration.STREET:
        kinds.append(Kind.MOVED_IN)
    if resident.living in (Living.EMPTY, Living.UNKNOWN):
        kinds.append(Kind.CAME_TEMPORARILY)
    if resident.living != Living.MISSING:
        kinds.append(Kind.MISSING)
    return [*kinds, Kind.DIED, Kind.MISTAKEN]


@at_once()
def record_event(
    *,
    resident: Resident,
    facts: Facts,
    new_head: Resident | None = None,
    relations: Relations | None = None,
    closes_household: bool = False,
    by=None,
) -> PopulationEvent:
    """Enter an event of a resident and carry out what follows from it.

    A head who leaves while others remain needs `new_head`; `closes_household` ends the
    household with its last member. Raises ValidationError with a sentence.
    """
    resident = hold_resident(resident.pk)
    if facts.kind not in possible_kinds(resident):
        raise ValidationError(
            _("%(name)s现在的情况不能登记“%(kind)s”。请刷新后再看。")
            % {"name": resident.name, "kind": Kind(facts.kind).label}
        )
    check_dates(resident, facts)
    changes = changes_of(resident, facts)
    household_step = None
    if not resident.household_id:
        write_changes(resident, changes)
    elif facts.kind in DEPARTURES:
        household_step = leave_household(
            resident, facts, changes, new_head, relations, closes_household, by
        )
    elif resident.ended_on is not None:
        changes, household_step = return_home(resident, facts, changes, by)
    else:
        write_changes(resident, changes)
    return enter(resident, facts, changes=changes, household_step=household_step, by=by)


def check_dates(resident: Resident, facts: Facts) -> None:
    """Raise ValidationError unless birth ≤ event ≤ report ≤ today, in order."""
    today = timezone.localdate()
    if facts.reported_on > today:
        raise ValidationError({"reported_on": _("申报日期不能晚于今天。")})
    if facts.happened_on > facts.reported_on:
        raise ValidationError({"happened_on": _("发生日期不能晚于申报日期。")})
    if resident.birth_on and facts.happened_on < resident.birth_on:
        raise ValidationError({"happened_on": _("发生日期早于本人出生日期。")})
    if facts.kind == Kind.BORN and facts.happened_on != resident.birth_on:
        words = _("出生登记的日期应是本人的出生日期。")
        raise ValidationError({"happened_on": words})
    last = resident.population_events.standing().order_by("-pk").first()
    if last and facts.happened_on < last.happened_on:
        raise ValidationError(
            {
                "happened_on": _(
                    "已有%(day)s的“%(kind)s”登记，新的登记不能早于它。"
                    "那条登记有误的，请先撤销。"
                )
                % {
                    "day": formats.cn_date(last.happened_on),
                    "kind": last.get_kind_display(),
                }
            }
        )


def leave_household(
    resident, facts: Facts, changes, new_head, relations, closes_household, by
):
    """Take the resident out of his household; let the others have a new head."""
    with step(
        StepKind.LEAVE,
        households=[resident.household],
        residents=[resident],
        happened_on=facts.happened_on,
        reported_on=facts.reported_on,
        reason=str(Kind(facts.kind).label),
        by=by,
    ) as draft:
        members = members_on_rolls(resident.household)
        staying = [member for member in members if member != resident]
        write_changes(resident, changes)
        if resident.is_head:
            old_head = resident
            home = resident.household
            succeed(draft, home, staying, old_head, new_head, relations)
        if closes_household and not staying:
            draft.close(resident.household)
    return draft.step


def return_home(resident: Resident, facts: Facts, changes: dict, by):
    """Let one who comes back on the rolls into his household, if it is still his.

    Returns the changes with what becomes of household and relation, and the step. Since
    he left, others may have become its head, it may be closed or have moved to another
    unit: then he stands in his unit without a household until he is put into one.
    """
    home = resident.household
    if not home.is_open or home.org_unit_id != resident.org_unit_id:
        nowhere = {"household_id": None, "relation": UNKNOWN}
        changes = changes | differences(resident, nowhere)
        write_changes(resident, changes)
        return changes, None
    with step(
        StepKind.JOIN,
        households=[home],
        residents=[resident],
        happened_on=facts.happened_on,
        reported_on=facts.reported_on,
        reason=str(Kind(facts.kind).label),
        by=by,
    ) as draft:
        is_missed = resident.is_head and head_among(members_on_rolls(home)) is None
        draft.values[resident.pk] = side_of(changes, 1)
        draft.put(resident, home, HEAD if is_missed else UNKNOWN)
    return changes, draft.step


def enter(
    resident: Resident, facts: Facts, *, changes: dict, household_step=None, by=None
) -> PopulationEvent:
    """Write the entry and its line in the resident's history."""
    event = PopulationEvent.objects.create(
        resident=resident,
        org_unit_id=unit_on(resident, facts.happened_on),
        kind=facts.kind,
        happened_on=facts.happened_on,
        reported_on=facts.reported_on,
        place=facts.place,
        note=facts.note,
        before=changes,
        step=household_step,
        by=by,
    )
    forget_rolls()
    remember(
        resident,
        f"population-{facts.kind}",
        _("登记%(kind)s") % {"kind": event.get_kind_display()},
        by=by,
        note=facts.note,
        changes=in_words(changes),
    )
    return event


@at_once()
def reverse_event(*, event: PopulationEvent, note: str, by=None) -> PopulationEvent:
    """Take an entry back by a second one; raises ValidationError if it cannot be.

    Only the last standing entry of a resident can be taken back, and only while what
    it set still stands.
    """
    resident = hold_resident(event.resident_id)
    last = resident.population_events.standing().order_by("-pk").first()
    if last != event:
        raise ValidationError(
            _("这条登记已经撤销，或之后还有别的登记。请从最近一条开始撤销。")
        )
    household_step = undo_effects(resident, event, note, by)
    try:
        with transaction.atomic():
            reversal = PopulationEvent.objects.create(
                resident=resident,
                org_unit=event.org_unit,
                kind=event.kind,
                happened_on=event.happened_on,
                reported_on=timezone.localdate(),
                note=note,
                reverses=event,
                step=household_step,
                by=by,
            )
    except IntegrityError as twice:
        raise ValidationError(_("这条登记刚才已有人撤销。")) from twice
    forget_rolls()
    label = _("撤销%(kind)s登记") % {"kind": event.get_kind_display()}
    remember(resident, "population-reversed", label, by=by, note=note)
    return reversal


def undo_effects(resident: Resident, event: PopulationEvent, note: str, by):
    """Put the resident and his household back; return the household's step, if any."""
    if not event.before:
        return end_as_mistaken(resident, event, note, by)
    for name, (_old, new) in event.before.items():
        if as_data(getattr(resident, name)) != new:
            raise ValidationError(_("登记之后这个人的情况又改过，不能撤销。"))
    if event.step is None:
        write_changes(resident, event.before, side=0)
        return None
    for household in event.step.households.all():
        if standing_steps(household).first() != event.step:
            raise ValidationError(
                _("登记之后这一户又办过别的，不能撤销。请先撤销后办的那一步。")
            )
    values = {resident.pk: side_of(event.before, 0)}
    return put_back(event.step, reason=note, by=by, values=values)


def end_as_mistaken(resident: Resident, event: PopulationEvent, note: str, by):
    """Take a resident off the rolls whose arrival was entered by mistake."""
    home = resident.household
    if home and resident.is_head and len(members_on_rolls(home)) > 1:
        raise ValidationError(
            _("%(name)s是户主，户内还有别人。请先到住户页面办理“变更户主”，再来撤销。")
            % {"name": resident.name}
        )
    facts = Facts(Kind.MISTAKEN, timezone.localdate(), timezone.localdate(), note=note)
    changes = changes_of(resident, facts)
    if resident.household_id:
        return leave_household(resident, facts, changes, None, None, False, by)
    write_changes(resident, changes)
    return None
