"""Entries of who was born, died, came and went, and what each does to the resident.

An entry is never edited: a wrong one is taken back by a second entry. The event date
is not the report date: event ≤ report ≤ today.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.steps import Kind as StepKind
from communities.actions.steps import step
from communities.actions.succession import Relations, members_on_rolls, succeed
from communities.actions.undo import put_back, standing_steps
from communities.models import DEPARTURES, PopulationEvent, Resident
from communities.rolls import forget_rolls
from toolkit.history import remember

Kind = PopulationEvent.Kind
Living, Registration = Resident.Living, Resident.Registration
GONE = (Living.AWAY, Living.MISSING)


@dataclass(frozen=True)
class Facts:
    """What a clerk enters about one event."""

    kind: str
    happened_on: date
    reported_on: date
    place: str = ""
    note: str = ""


# What an event makes of a resident who is on the rolls, or comes back on them.
EFFECTS: dict[str, dict] = {
    Kind.DIED: {"ended_by": Resident.Ending.DIED},
    Kind.MOVED_OUT: {"ended_by": Resident.Ending.MOVED_OUT},
    Kind.MISTAKEN: {"ended_by": Resident.Ending.MISTAKEN},
    Kind.WENT_AWAY: {"living": Living.AWAY},
    Kind.MISSING: {"living": Living.MISSING},
    Kind.CAME_BACK: {"living": Living.HERE},
    Kind.CAME_TEMPORARILY: {"living": Living.LODGING},
    Kind.MOVED_IN: {"living": Living.HERE, "registration": Registration.STREET},
}


def possible_kinds(resident: Resident) -> list[str]:
    """Return the events that may be entered for a resident as he stands now."""
    if resident.ended_by == Resident.Ending.MOVED_OUT:
        return [Kind.MOVED_IN, Kind.CAME_TEMPORARILY]
    if resident.ended_on is not None:
        return []
    kinds = [Kind.DIED, Kind.MOVED_OUT]
    if resident.living in GONE:
        kinds.append(Kind.CAME_BACK)
    else:
        kinds.append(Kind.WENT_AWAY)
    if resident.living != Living.MISSING:
        kinds.append(Kind.MISSING)
    if resident.registration != Registration.STREET:
        kinds.append(Kind.MOVED_IN)
    if resident.living in (Living.EMPTY, Living.UNKNOWN):
        kinds.append(Kind.CAME_TEMPORARILY)
    return [*kinds, Kind.MISTAKEN]


@transaction.atomic
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
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    if facts.kind not in possible_kinds(resident):
        raise ValidationError(
            _("%(name)s现在的情况不能登记“%(kind)s”。请刷新后再看。")
            % {"name": resident.name, "kind": Kind(facts.kind).label}
        )
    check_dates(resident, facts)
    changes = changes_of(resident, facts)
    household_step = None
    if facts.kind in DEPARTURES and resident.household_id:
        household_step = leave_household(
            resident, facts, changes, new_head, relations, closes_household, by
        )
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
    last = resident.population_events.standing().order_by("-pk").first()
    if last and facts.happened_on < last.happened_on:
        raise ValidationError(
            {
                "happened_on": _(
                    "已有%(day)s的“%(kind)s”登记，新的登记不能早于它。"
                    "那条登记有误的，请先撤销。"
                )
                % {"day": last.happened_on, "kind": last.get_kind_display()}
            }
        )


def changes_of(resident: Resident, facts: Facts) -> dict[str, list]:
    """Return {field: [old, new]} for what the event changes on the resident."""
    wanted = {"ended_on": None, "ended_by": ""} | EFFECTS[facts.kind]
    if wanted["ended_by"]:
        wanted["ended_on"] = facts.happened_on.isoformat()
    changes = {}
    for name, new in wanted.items():
        old = getattr(resident, name)
        old = old.isoformat() if isinstance(old, date) else old
        if old != new:
            changes[name] = [old, str(new) if new is not None else None]
    return changes


def write_changes(resident: Resident, changes: dict[str, list], side: int = 1) -> None:
    """Write the new (1) or the old (0) values of an event to the resident."""
    values = {name: pair[side] for name, pair in changes.items()}
    if values:
        Resident.objects.filter(pk=resident.pk).update(
            **values, updated_at=timezone.now()
        )
        resident.refresh_from_db(fields=list(values))


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


def enter(
    resident: Resident, facts: Facts, *, changes: dict, household_step=None, by=None
) -> PopulationEvent:
    """Write the entry and its line in the resident's history."""
    event = PopulationEvent.objects.create(
        resident=resident,
        org_unit=resident.org_unit,
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


def in_words(changes: dict[str, list]) -> list[dict]:
    """Return the changes of an event as the history shows them."""
    told = []
    for name, pair in changes.items():
        field = Resident._meta.get_field(name)
        labels = dict(field.flatchoices)
        old, new = (str(labels.get(value, value or "")) for value in pair)
        told.append({"field": name, "label": str(field.verbose_name)})
        told[-1] |= {"old": old, "new": new}
    return told


@transaction.atomic
def reverse_event(*, event: PopulationEvent, note: str, by=None) -> PopulationEvent:
    """Take an entry back by a second one; raises ValidationError if it cannot be.

    Only the last standing entry of a resident can be taken back, and only while what
    it set still stands.
    """
    resident = Resident.objects.select_for_update().get(pk=event.resident_id)
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
        now = getattr(resident, name)
        now = now.isoformat() if isinstance(now, date) else now
        if now != new:
            raise ValidationError(_("登记之后这个人的情况又改过，不能撤销。"))
    if event.step is None:
        write_changes(resident, event.before, side=0)
        return None
    for household in event.step.households.all():
        if standing_steps(household).first() != event.step:
            raise ValidationError(
                _("登记之后这一户又办过别的，不能撤销。请先撤销后办的那一步。")
            )
    return put_back(event.step, reason=note, by=by, revived=(resident.pk,))


def end_as_mistaken(resident: Resident, event: PopulationEvent, note: str, by):
    """Take a resident off the rolls whose arrival was entered by mistake."""
    facts = Facts(Kind.MISTAKEN, timezone.localdate(), timezone.localdate(), note=note)
    changes = changes_of(resident, facts)
    if resident.household_id:
        return leave_household(resident, facts, changes, None, None, False, by)
    write_changes(resident, changes)
    return None
