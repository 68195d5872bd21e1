"""What an event of the population changes on the resident it is about."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone

from communities.models import Household, PopulationEvent, Resident
from toolkit import formats

Kind = PopulationEvent.Kind
Living, Registration = Resident.Living, Resident.Registration


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
    Kind.BORN: {},
    Kind.DIED: {"ended_by": Resident.Ending.DIED},
    Kind.MOVED_OUT: {"ended_by": Resident.Ending.MOVED_OUT},
    Kind.MISTAKEN: {"ended_by": Resident.Ending.MISTAKEN},
    Kind.WENT_AWAY: {"living": Living.AWAY},
    Kind.MISSING: {"living": Living.MISSING},
    Kind.CAME_BACK: {"living": Living.HERE},
    Kind.CAME_TEMPORARILY: {"living": Living.LODGING},
    Kind.MOVED_IN: {"living": Living.HERE, "registration": Registration.STREET},
}


def changes_of(resident: Resident, facts: Facts) -> dict[str, list]:
    """Return {field: [old, new]} for what the event changes on the resident."""
    wanted = {"ended_on": None, "ended_by": ""} | EFFECTS[facts.kind]
    if wanted["ended_by"]:
        wanted["ended_on"] = facts.happened_on
    return differences(resident, wanted)


def differences(resident: Resident, wanted: dict) -> dict[str, list]:
    """Return {field: [old, new]} in plain data where the wanted value is another."""
    changes = {}
    for name, new in wanted.items():
        pair = [as_data(getattr(resident, name)), as_data(new)]
        if pair[0] != pair[1]:
            changes[name] = pair
    return changes


def as_data(value):
    """Return a value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def side_of(changes: dict[str, list], side: int) -> dict:
    """Return the old (0) or the new (1) values of the changes."""
    return {name: pair[side] for name, pair in changes.items()}


def write_changes(resident: Resident, changes: dict[str, list], side: int = 1) -> None:
    """Write the new (1) or the old (0) values of an event to the resident."""
    values = side_of(changes, side)
    if values:
        Resident.objects.filter(pk=resident.pk).update(
            **values, updated_at=timezone.now()
        )
        resident.refresh_from_db(fields=list(values))


def in_words(changes: dict[str, list]) -> list[dict]:
    """Return the changes of an event as the history shows them."""
    told = []
    for name, pair in changes.items():
        field = Resident._meta.get_field(name)
        old, new = (word_for(field, value) for value in pair)
        told.append({"field": field.name, "label": str(field.verbose_name)})
        told[-1] |= {"old": old, "new": new}
    return told


def word_for(field: models.Field, value) -> str:
    """Return a value as people read it: a day, a household's number, a label."""
    if value in (None, ""):
        return ""
    if isinstance(field, models.DateField):
        return formats.cn_date(date.fromisoformat(value))
    if field.related_model is Household:
        return Household.objects.get(pk=value).number
    return str(dict(field.flatchoices).get(value, value))
