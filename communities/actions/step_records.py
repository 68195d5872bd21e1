"""What a household step leaves behind: the step, its events, the histories."""

from datetime import date

from communities.actions.relocations import record_step
from communities.codes import RELATION
from communities.household_state import members_of
from communities.models import (
    HEAD,
    Household,
    HouseholdEvent,
    HouseholdStep,
    Resident,
)
from communities.rolls import forget_rolls
from toolkit import formats
from toolkit.history import remember

Event = HouseholdEvent.Kind
LABELS = {
    "household": Resident._meta.get_field("household").verbose_name,
    "relation": Resident._meta.get_field("relation").verbose_name,
    "address": Household._meta.get_field("address").verbose_name,
    "number": Household._meta.get_field("number").verbose_name,
    "closed_on": Household._meta.get_field("closed_on").verbose_name,
}


def write_down(draft, after: dict) -> HouseholdStep:
    """Write the step and everything that tells of it; return the step."""
    homes = Household.objects.in_bulk(draft.touched)
    first = homes[min(homes)]
    step = HouseholdStep.objects.create(
        org_unit=first.org_unit,
        kind=draft.kind,
        happened_on=draft.happened_on,
        reported_on=draft.reported_on,
        reason=draft.reason,
        before=draft.before,
        after=after,
        undoes=draft.undoes,
        by=draft.by,
    )
    step.households.set(homes)
    record_step(step)
    HouseholdEvent.objects.bulk_create(events_of(step))
    remember_households(step, homes)
    remember_members(step)
    forget_rolls()
    step.likely = draft.likely
    return step


def events_of(step: HouseholdStep) -> list[HouseholdEvent]:
    """Return the dated lines that follow from the difference the step made."""
    events = []
    for key in step.after["households"]:
        events += [*home_events(step, key), *member_events(step, int(key))]
    return events


def line(step: HouseholdStep, household: int, kind: str, **details) -> HouseholdEvent:
    return HouseholdEvent(
        step=step,
        household_id=household,
        kind=kind,
        happened_on=step.happened_on,
        reported_on=step.reported_on,
        reason=step.reason,
        by=step.by,
        **details,
    )


def home_events(step: HouseholdStep, key: str):
    """Yield the lines about the household itself: founded, moved, closed, reopened."""
    old, new = step.before["households"].get(key), step.after["households"][key]
    if step.kind == HouseholdStep.Kind.UNDO:
        yield line(step, int(key), Event.UNDO, before=str(step.undoes))
    if old is None:
        is_split = step.kind == HouseholdStep.Kind.SPLIT
        yield line(step, int(key), Event.SPLIT if is_split else Event.FOUND)
        return
    if old["address"] != new["address"] or old["org_unit_id"] != new["org_unit_id"]:
        yield line(
            step, int(key), Event.MOVE, before=old["address"], after=new["address"]
        )
    if old["closed_on"] is None and new["closed_on"] is not None:
        is_merge = step.kind == HouseholdStep.Kind.MERGE
        yield line(step, int(key), Event.MERGE if is_merge else Event.CLOSE)
    if old["closed_on"] is not None and new["closed_on"] is None:
        yield line(step, int(key), Event.REOPEN)


def member_events(step: HouseholdStep, household: int):
    """Yield the lines about members: joined, left, new head, another relation."""
    before = members_of(step.before, household)
    after = members_of(step.after, household)
    for pk in before.keys() - after.keys():
        target = step.after["members"].get(pk, {}).get("household")
        other = target if target != household else None
        relation = before[pk]["relation"]
        yield line(
            step,
            household,
            Event.LEAVE,
            resident_id=int(pk),
            other_id=other,
            before=relation,
        )
    for pk in after.keys() - before.keys():
        source = step.before["members"].get(pk, {}).get("household")
        yield line(
            step,
            household,
            Event.JOIN,
            resident_id=int(pk),
            other_id=source if source != household else None,
            after=after[pk]["relation"],
        )
    for pk in after.keys() & before.keys():
        old, new = before[pk]["relation"], after[pk]["relation"]
        if old != new:
            kind = Event.NEW_HEAD if new == HEAD else Event.RELATE
            yield line(
                step, household, kind, resident_id=int(pk), before=old, after=new
            )


def remember_households(step: HouseholdStep, homes: dict[int, Household]) -> None:
    """Add a line to the history of every household of the step."""
    for pk, home in homes.items():
        old = step.before["households"].get(str(pk), {})
        new = step.after["households"][str(pk)]
        changes = [
            {"field": name, "label": str(LABELS[name])}
            | {"old": in_words(name, old.get(name)), "new": in_words(name, new[name])}
            for name in ("number", "address", "closed_on")
            if (old.get(name) or "") != (new[name] or "")
        ]
        remember(
            home,
            f"household-{step.kind}",
            step.get_kind_display(),
            by=step.by,
            note=step.reason,
            changes=changes,
        )


def in_words(name: str, value: str | None) -> str:
    """Return a value of a household's state as its history shows it."""
    if name == "closed_on" and value:
        return formats.cn_date(date.fromisoformat(value))
    return value or ""


def remember_members(step: HouseholdStep) -> None:
    """Add a line to the history of every resident whom the step moved or renamed."""
    old_homes = Household.objects.in_bulk(
        {
            m["household"]
            for s in (step.before, step.after)
            for m in s["members"].values()
        }
        - {None}
    )
    people = Resident.objects.in_bulk([int(pk) for pk in step.after["members"]])
    for key, new in step.after["members"].items():
        old = step.before["members"].get(key, {})
        changes = member_changes(old, new, old_homes)
        if changes:
            remember(
                people[int(key)],
                f"household-{step.kind}",
                step.get_kind_display(),
                by=step.by,
                note=step.reason,
                changes=changes,
            )


def member_changes(old: dict, new: dict, homes: dict[int, Household]) -> list[dict]:
    """Return what changed for a member, in words."""
    changes = []
    if old.get("household") != new["household"]:
        words = [
            homes[pk].number if pk else ""
            for pk in (old.get("household"), new["household"])
        ]
        changes.append({"field": "household", "label": str(LABELS["household"])})
        changes[-1] |= {"old": words[0], "new": words[1]}
    if old.get("relation", "") != new["relation"]:
        words = [
            RELATION.label(code) if code else ""
            for code in (old.get("relation", ""), new["relation"])
        ]
        changes.append({"field": "relation", "label": str(LABELS["relation"])})
        changes[-1] |= {"old": words[0], "new": words[1]}
    return changes
