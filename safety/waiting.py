"""What phones have told of the roll and no rule could decide of: it waits for a person.

The texts are sealed; each is opened and read again whenever somebody looks.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from communities.models import OrgUnit, Resident
from communities.scoping import scope_of
from safety.handed_in import KIND, emergency_in
from safety.models import Emergency, RollCall, Shelter, State, Status
from safety.roll import CALL
from safety.sync_kinds import RollCallSerializer
from toolkit import formats
from toolkit.models import SyncItem
from toolkit.sync.parcels import sentences_in

ADD = "safety.add_rollcall"
# Who decides of what phones hand in, and who runs the emergency.
DECIDING = ("toolkit.change_syncitem", "safety.change_emergency")


@dataclass(frozen=True)
class Reading:
    """A waiting item with what can be read of it, and whom it is about."""

    item: SyncItem
    emergency: int | None
    told: dict
    line: RollCall | None
    # Who has no line yet.
    person: Resident | None
    # The sentences that forbid to take it over, "" where nothing does.
    fault: str

    def may_decide(self, user) -> bool:
        """Whether this person decides of it: a superior, and never who has told it."""
        path = self.item.unit_path
        reach = [scope_of(user, name) for name in DECIDING]
        return self.item.by_id != user.pk and any(one.covers(path) for one in reach)

    def may_take(self, user) -> bool:
        """Whether this person may write down what it says."""
        if self.fault or not self.may_decide(user):
            return False
        if self.line is not None:
            return user.has_perm(CALL, self.line)
        return user.has_perm(ADD, self.person)

    def whom(self, user) -> str:
        """Return who is meant, unless he is outside of the reader's units."""
        subject = self.line or self.person
        if subject is None:
            return _("认不出是谁")
        if not scope_of(user, CALL).covers(subject.get_scope_path()):
            return _("不在工作范围的人")
        return str(subject)

    @property
    def said(self) -> str:
        """What was told: 需要帮助."""
        state = self.told.get("state")
        return str(State(state).label) if state else _("认不出的情况")


def within_reach(user) -> QuerySet:
    """Return what was handed in about the roll of the user's units."""
    units = OrgUnit.objects.filter(scope_of(user, CALL).as_q("path"))
    items = SyncItem.objects.filter(kind=KIND, unit_path__in=units.values("path"))
    return items.exclude(result=SyncItem.Result.CREATED)


def waiting_by_emergency(user) -> dict[int, list[Reading]]:
    """Return what waits for the user, oldest first, by the key of the emergency."""
    waiting = within_reach(user).filter(status=SyncItem.Status.WAITING)
    found: dict[int, list[Reading]] = {}
    for one in read(waiting.select_related("by").order_by("moment", "pk")):
        found.setdefault(one.emergency, []).append(one)
    return found


def emergencies_of(user) -> QuerySet:
    """Return the emergencies of the user for which something may wait."""
    rows = Emergency.objects.in_scope_of(user).order_by("-pk")
    return rows.filter(status__in=(Status.OPEN, Status.CLOSED))


def read(items: Iterable[SyncItem]) -> list[Reading]:
    """Read items as of now, all at once."""
    pairs = [(item, json.loads(item.body)) for item in items]
    heard = [(item, *heard_of(content)) for item, content in pairs]
    told = [one for _item, one, _fault in heard]
    people = {one["person"] for one in told} - {None}
    rows = RollCall.objects.select_related("org_unit", "resident")
    by_line = rows.in_bulk({one["line"] for one in told} - {None})
    by_person = {
        (row.emergency_id, row.resident_id): row
        for row in rows.filter(resident__in=people)
    }
    residents = Resident.objects.select_related("org_unit").in_bulk(people)
    shelters = set(Shelter.objects.values_list("pk", flat=True)) if told else set()
    readings = []
    for item, one, fault in heard:
        case = one["emergency"]
        line = by_person.get((case, one["person"])) or by_line.get(one["line"])
        if line is not None and line.emergency_id != case:
            line = None
        person = None if line else residents.get(one["person"])
        if line is None and person is None:
            fault = fault or _("名单上没有找到这个人。")
        if one["shelter"] not in shelters | {None}:
            fault = fault or _("没有找到这个安置点。")
        readings.append(Reading(item, case, one, line, person, fault))
    return readings


def heard_of(content: dict) -> tuple[dict, str]:
    """Return what a text says, and why not all of it can be taken as it is, or ""."""
    reader = RollCallSerializer()
    try:
        return reader.run_validation(content), ""
    except serializers.ValidationError as refusal:
        fault = formats.sentences(dict.fromkeys(map(str, sentences_in(refusal.detail))))
    told = {"emergency": emergency_in(content), "note": ""}
    for name in ("person", "line", "state", "shelter"):
        try:
            told[name] = reader.fields[name].run_validation(content.get(name))
        except serializers.ValidationError:
            told[name] = None
    return told, fault
