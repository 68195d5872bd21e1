"""A tap on the roll as a phone hands it in when it is back in reach (see toolkit/sync).

{"emergency": 3, "person": 4711, "state": "moved", "shelter": 2, "note": "轮椅。"}

`person` is the number of a resident; who has no record is named by `line`, the number
of his line, in its place. What is told late is put where its moment belongs.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from communities.models import Resident
from communities.scoping import held_ever, scope_ever, scope_of, scope_on
from safety.actions.calling import refuse_note, retell
from safety.handed_in import KIND, emergency_in
from safety.models import Emergency, RollCall, RollCallEvent, Shelter, State
from safety.models.roll_calls import NOTE_LENGTH
from safety.roll import CALL
from safety.steps import TOLD
from toolkit import audit
from toolkit.sync.fields import KeyField
from toolkit.sync.kinds import SyncKind, add
from toolkit.sync.parcels import CONFLICT, Parcel
from visits.reach import those_once_in

NOBODY = _("名单上没有找到这个人。")


@extend_schema_serializer(component_name="SyncRollCall")
class RollCallSerializer(serializers.Serializer):
    """The body of an item of kind roll_call."""

    emergency = KeyField()
    person = KeyField(allow_null=True, default=None)
    line = KeyField(allow_null=True, default=None)
    state = serializers.ChoiceField(choices=[(one.value, one.label) for one in TOLD])
    shelter = KeyField(allow_null=True, default=None)
    note = serializers.CharField(max_length=NOTE_LENGTH, allow_blank=True, default="")

    def validate(self, attrs):
        if (attrs["person"] is None) == (attrs["line"] is None):
            raise serializers.ValidationError({"person": [_("请写明是谁。")]})
        return attrs

    def validate_note(self, note: str) -> str:
        try:
            refuse_note(note)
        except ValidationError as refusal:
            raise serializers.ValidationError(refusal.messages) from refusal
        return note.strip()


class RollCallKind(SyncKind):
    """Taps on the roll: authorised as of their day, ordered by their moment."""

    slug = KIND
    reader = RollCallSerializer
    labels = {
        "emergency": _("应急响应"),
        "person": _("姓名"),
        "line": _("姓名"),
        "state": _("情况"),
        "shelter": _("安置点"),
        "note": _("记一句"),
    }

    def turn_away(self, parcels: Sequence[Parcel], user) -> None:
        if held_ever(user, CALL):
            self.find_emergencies(parcels)
            return
        for parcel in parcels:
            parcel.turn_down({"person": [_("您没有登记点名的岗位。")]})

    def sort(self, parcels: Sequence[Parcel], user, now: datetime) -> None:
        reader = self.reader()
        for parcel in parcels:
            try:
                parcel.cleaned |= reader.run_validation(parcel.content)
            except serializers.ValidationError as refusal:
                parcel.refuse(refusal.detail)
        for step in (
            self.find_lines,
            self.refuse_strangers,
            self.find_shelters,
            self.ask_reach,
            self.find_known,
            self.ask_moment,
        ):
            step([one for one in parcels if one.is_open], user)

    def find_emergencies(self, parcels: Sequence[Parcel]) -> None:
        """Read which emergencies are meant; without one that is collected for, nothing
        is kept.

        They stay locked until all is written, so that nothing is collected anew while
        what was collected is being destroyed.
        """
        named = [emergency_in(one.content) for one in parcels]
        rows = Emergency.objects.select_for_update(of=("self",)).order_by("pk")
        rows = rows.filter(pk__in=set(named) - {None}).select_related("org_unit")
        found = {row.pk: row for row in rows}
        for parcel, key in zip(parcels, named, strict=True):
            emergency = found.get(key)
            if emergency is None or emergency.is_draft:
                parcel.turn_down({"emergency": [_("没有找到这次应急响应。")]})
            elif emergency.is_destroyed:
                words = _("这次应急响应的数据已经销毁，不再收集。请在手机上删除。")
                parcel.turn_down({"emergency": [words]})
            else:
                # Who opened it sees what names nobody.
                parcel.unit_path = emergency.get_scope_path()
                parcel.cleaned = {"case": emergency}

    def find_lines(self, parcels: list[Parcel], user) -> None:
        """Find the line of each person, and where he belongs who has none.

        The lines stay locked until all is written: what a tap may change hangs on how
        it stands with them.
        """
        cases = {one.cleaned["emergency"] for one in parcels}
        rows = RollCall.objects.select_for_update(of=("self",)).order_by("pk")
        rows = rows.filter(emergency__in=cases).select_related("org_unit", "resident")
        told = [one.cleaned for one in parcels]
        by_person = {
            (row.emergency_id, row.resident_id): row
            for row in rows.filter(resident__in={t["person"] for t in told} - {None})
        }
        by_line = {
            (row.emergency_id, row.pk): row
            for row in rows.filter(pk__in={t["line"] for t in told} - {None})
        }
        unlisted = Resident.objects.select_related("org_unit").in_bulk(
            {t["person"] for t in told} - {None} - {key for _case, key in by_person}
        )
        for parcel in parcels:
            case, person = parcel.cleaned["emergency"], parcel.cleaned["person"]
            row = by_person.get((case, person)) or by_line.get(
                (case, parcel.cleaned["line"])
            )
            whom = row or unlisted.get(person)
            parcel.cleaned |= {"row": row, "whom": row.resident if row else whom}
            if whom is None:
                parcel.refuse({"person": [NOBODY]})
            else:
                parcel.unit_path = whom.get_scope_path()

    def refuse_strangers(self, parcels: list[Parcel], user) -> None:
        """Say of who never was where the sender called people what is said of nobody.

        So a phone cannot find out who lives in the street, or who is on whose list.
        """
        ever = scope_ever(user, CALL)
        far = [one for one in parcels if not ever.covers(one.unit_path)]
        once_here = set(those_once_in(ever, [one.cleaned["whom"] for one in far]))
        for parcel in far:
            if parcel.cleaned["whom"] not in once_here:
                parcel.unit_path = parcel.cleaned["case"].get_scope_path()
                parcel.refuse({"person": [NOBODY]})

    def find_shelters(self, parcels: list[Parcel], user) -> None:
        """Read the shelters; only who was moved is in one."""
        keys = {one.cleaned["shelter"] for one in parcels} - {None}
        known = set(Shelter.objects.filter(pk__in=keys).values_list("pk", flat=True))
        for parcel in parcels:
            if parcel.cleaned["state"] != State.MOVED:
                parcel.cleaned["shelter"] = None
            elif parcel.cleaned["shelter"] not in known | {None}:
                parcel.refuse({"shelter": [_("没有找到这个安置点。")]})

    def ask_reach(self, parcels: list[Parcel], user) -> None:
        """Hand over what is in doubt or outside the worker's reach, then and now.

        Whether somebody out of reach is on the list, the answer does not tell.
        """
        for parcel in parcels:
            if parcel.doubt:
                parcel.hand_over(parcel.unit_path, parcel.doubt)
        parcels = [one for one in parcels if one.is_open]
        today = scope_of(user, CALL)
        days = {timezone.localdate(one.moment.at) for one in parcels}
        reach = {day: scope_on(user, CALL, day) for day in days}
        for parcel in parcels:
            path = parcel.unit_path
            then = reach[timezone.localdate(parcel.moment.at)]
            if not (then.covers(path) or today.covers(path)):
                parcel.hand_over(path, _("此人不归登记人负责，等所在社区处理。"))
            elif parcel.cleaned["row"] is None:
                parcel.hand_over(path, _("此人不在这次点名名单里，等所在社区处理。"))

    def find_known(self, parcels: list[Parcel], user) -> None:
        """Find taps that the page itself has stored under the same number."""
        numbers = [one.client_uuid for one in parcels]
        rows = RollCallEvent.objects.filter(client_uuid__in=numbers)
        known = {event.client_uuid: event for event in rows}
        for parcel in parcels:
            event = known.get(parcel.client_uuid)
            if event is None:
                continue
            told = event_of(parcel, user)
            if said(event) != said(told):
                parcel.result = CONFLICT
                parcel.reason = _("这个编号已登记了另一次点名，等社区核对。")
            parcel.cleaned["known"] = event

    def ask_moment(self, parcels: list[Parcel], user) -> None:
        """Keep for a person what was told before the opening or after the end.

        So is what a phone tells whose time is unknown, where something else is told of
        the same person: no rule says which of both is the newer.
        """
        times = Counter(one.cleaned["row"].pk for one in parcels)
        for parcel in parcels:
            case, at = parcel.cleaned["case"], parcel.moment.at
            if "known" in parcel.cleaned:
                continue
            if at < case.opened_at:
                reason = _("登记的时间早于启动时间，等社区核对。")
                parcel.hand_over(parcel.unit_path, reason)
            elif case.closed_at is not None and at > case.closed_at:
                reason = _("登记的时间在响应结束以后，等社区核对。")
                parcel.hand_over(parcel.unit_path, reason)
            elif parcel.moment.is_uncertain and (
                parcel.cleaned["row"].state_at or times[parcel.cleaned["row"].pk] > 1
            ):
                reason = _("手机的时间不对，不知道和别的登记谁先谁后，等社区核对。")
                parcel.hand_over(parcel.unit_path, reason)

    def store(self, parcels: Sequence[Parcel], user, now: datetime) -> None:
        fresh = [one for one in parcels if "known" not in one.cleaned]
        keys = {one.cleaned["row"].pk for one in fresh}
        rows = RollCall.objects.select_for_update(of=("self",)).filter(pk__in=keys)
        lines = list(rows.select_related("org_unit").order_by("pk"))
        RollCallEvent.objects.bulk_create(event_of(one, user) for one in fresh)
        retell(lines)
        about = [{audit.NAMES: ["state"]} for _line in lines]
        audit.record_all("told", lines, about, actor=user)

    def numbers_of(self, records: Sequence[UUID]) -> dict[UUID, int]:
        rows = RollCallEvent.objects.filter(client_uuid__in=records)
        return dict(rows.values_list("client_uuid", "pk"))


def event_of(parcel: Parcel, user) -> RollCallEvent:
    """Return the event that a parcel tells of, not stored yet."""
    told = parcel.cleaned
    return RollCallEvent(
        client_uuid=parcel.client_uuid,
        line=told["row"],
        before=told["row"].state,
        state=told["state"],
        shelter_id=told["shelter"],
        note=told["note"],
        happened_at=parcel.moment.at,
        by=user,
    )


def said(event: RollCallEvent) -> tuple:
    """Return what an event says, and who says it."""
    return event.line_id, event.by_id, event.state, event.shelter_id, event.note


add(RollCallKind())
