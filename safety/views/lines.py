"""One person of the roll as the phone shows it."""

from uuid import uuid4

from safety.models import RollCall, Shelter, State
from safety.naming import state_chip
from safety.roll import CALL, REVEAL
from safety.steps import TOLD, may_follow
from toolkit import formats
from toolkit.marks import bracketed
from visits.doors import Door
from visits.whom import whom_of


def line_shown(line: RollCall, user) -> dict:
    """Return one person as prepared strings, with the five buttons."""
    door, resident = Door(whom_of(line.subject)), line.resident
    told = [formats.cn_day_time(line.state_at), line.told_by_id and str(line.told_by)]
    return {
        "pk": line.pk,
        "sign": door.sign,
        "name": door.name,
        "where": door.where,
        "reason": line.reason,
        "chip": state_chip(line.state),
        "told": "　".join(filter(None, told)),
        "more": formats.phrased([line.shelter or "", line.note]),
        "is_contradicted": line.is_contradicted,
        "is_waiting": line.state == State.WAITING,
        "is_moved": line.state == State.MOVED,
        "state": line.state,
        "mark": line.mark,
        "shelter_id": line.shelter_id,
        "note": line.note,
        "url": line.get_absolute_url(),
        "has_phone": bool(resident and resident.phone),
        "may_call": bool(resident) and user.has_perm(REVEAL, resident),
        "may_tell": user.has_perm(CALL, line),
        "client_uuid": uuid4(),
        "note_uuid": uuid4(),
        "buttons": [
            {
                "state": state.value,
                "label": str(state.label),
                "is_on": state == line.state,
                "is_off": not may_follow(line.state, state) or state == line.state,
            }
            for state in TOLD
        ],
    }


def shelters_offered(people_inside: list[dict]) -> list[dict]:
    """Return the shelters as choices; one that is full says so and can be chosen."""
    return [
        {"pk": row["shelter"].pk, "label": label_of(row["shelter"]), **row}
        for row in people_inside
    ]


def label_of(shelter: Shelter) -> str:
    return shelter.name + bracketed(shelter.org_unit.name)
