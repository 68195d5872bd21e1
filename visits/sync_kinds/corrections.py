"""A correction of a stored visit, as a phone hands it in (see toolkit/sync).

{"number": 4711, "note": "药快没了，要人陪去配。", "reason": "写漏了"}

`number` is that of the stored visit. Told is what is put right, in the shapes of a
visit; what is not told stays. The item says in `base_version` which version of the
visit the phone has seen: the one that came with its receipt. `occurred_at` is when the
visit was, `visited_at` in the text the same moment, told where that is put right.
"""

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from communities.models import Resident
from communities.scoping import held_ever, scope_of, scope_on
from toolkit.sync.fields import KeyField, MomentField
from toolkit.sync.kinds import SyncKind, add
from toolkit.sync.parcels import CONFLICT, Parcel
from visits.actions.corrections import MEMBERS, correct_visit, put_right
from visits.actions.members import may_be_met, people_of
from visits.differences import changed_by, in_words, keyed
from visits.models import Visit
from visits.models.visits import MISSED, NOTE_LENGTH
from visits.sync_kinds.visits import LABELS, PERMISSION, members_field
from visits.versions import version_of

# Who may correct in his units whatever the day.
CHANGE = "visits.change_visit"
REASON_LENGTH = 200
# What is put right as it is told.
AS_TOLD = ("method", "outcome", "note", "follow_up_on")
TOLD = (*AS_TOLD, "visited_at", "members")


@extend_schema_serializer(component_name="SyncVisitCorrection")
class CorrectionSerializer(serializers.Serializer):
    """The body of an item of kind visit-correction."""

    number = KeyField()
    reason = serializers.CharField(max_length=REASON_LENGTH)
    method = serializers.ChoiceField(choices=Visit.Method.choices, required=False)
    outcome = serializers.ChoiceField(choices=Visit.Outcome.choices, required=False)
    note = serializers.CharField(
        max_length=NOTE_LENGTH, allow_blank=True, required=False
    )
    follow_up_on = serializers.DateField(allow_null=True, required=False)
    visited_at = MomentField(required=False)
    members = members_field(required=False)

    def validate(self, attrs):
        if not set(TOLD) & set(attrs):
            raise serializers.ValidationError({"number": [_("没有写明要更正什么。")]})
        return attrs


class CorrectionKind(SyncKind):
    """Corrections by who logged the visit: written where nobody did so meanwhile."""

    slug = "visit-correction"
    reader = CorrectionSerializer
    labels = LABELS | {"number": _("走访记录"), "reason": _("更正原因")}
    takes_photos = False

    def turn_away(self, parcels: Sequence[Parcel], user) -> None:
        if held_ever(user, PERMISSION):
            return
        for parcel in parcels:
            parcel.turn_down({"number": [_("您没有登记走访的岗位。")]})

    def sort(self, parcels: Sequence[Parcel], user, now: datetime) -> None:
        self.read(parcels)
        for step in (self.ask_base, self.find_own, self.ask_reach):
            step([one for one in parcels if one.is_open], user)
        for parcel in parcels:
            if parcel.is_open:
                self.check(parcel)
        self.compare([one for one in parcels if one.is_open])

    def read(self, parcels: Sequence[Parcel]) -> None:
        """Read what the parcels say."""
        reader = self.reader()
        for parcel in parcels:
            try:
                told = reader.run_validation(parcel.content)
            except serializers.ValidationError as refusal:
                parcel.refuse(refusal.detail)
                continue
            if told.get("visited_at", parcel.occurred_at) != parcel.occurred_at:
                parcel.refuse({"visited_at": [_("走访时间和这一条的时间不符。")]})
            parcel.cleaned = told

    def ask_base(self, parcels: list[Parcel], user) -> None:
        """Refuse what does not say which version it puts right."""
        for parcel in parcels:
            if not parcel.base_version:
                words = _("没有说明更正的是哪一版，请在有网络时打开那次走访更正。")
                parcel.refuse({"base_version": [words]})

    def find_own(self, parcels: list[Parcel], user) -> None:
        """Lock the visits; another's is not told from one that there is not.

        Whoever corrects one at the same time waits, and then finds it corrected.
        """
        keys = {one.cleaned["number"] for one in parcels}
        rows = Visit.objects.select_for_update(of=("self",)).order_by("pk")
        related = ("resident", "household", "organisation", "org_unit", "logged_by")
        own = rows.select_related(*related).filter(pk__in=keys, logged_by=user)
        found = {visit.pk: visit for visit in own}
        for parcel in parcels:
            visit = found.get(parcel.cleaned["number"])
            if visit is None:
                parcel.refuse({"number": [_("没有找到这次走访。")]})
                continue
            parcel.cleaned["stored"] = visit
            parcel.unit_path = visit.get_scope_path()
            parcel.record = visit.client_uuid

    def ask_reach(self, parcels: list[Parcel], user) -> None:
        """Hand over what its author might not correct himself when he wrote it."""
        today = scope_of(user, PERMISSION)
        days = {timezone.localdate(one.written_at) for one in parcels}
        reach = {day: scope_on(user, PERMISSION, day) for day in days}
        above = {day: scope_on(user, CHANGE, day) for day in days}
        for parcel in parcels:
            path, day = parcel.unit_path, timezone.localdate(parcel.written_at)
            logged_on = timezone.localdate(parcel.cleaned["stored"].created_at)
            if parcel.doubt:
                parcel.hand_over(path, parcel.doubt)
            elif above[day].covers(path):
                continue
            elif not (reach[day].covers(path) or today.covers(path)):
                parcel.hand_over(path, _("更正时这次走访已不归登记人负责。"))
            elif logged_on != day:
                parcel.hand_over(path, _("过了登记当天才更正，等所在社区核对。"))

    def check(self, parcel: Parcel) -> None:
        """Refuse what the visit cannot have been like; note what would change."""
        visit, told = parcel.cleaned["stored"], values_of(parcel)
        try:
            refuse_strangers(parcel, told)
            changed = changed_by(visit, told)
            values = {one.name: one.new for one in changed}
            sent = copy(visit)
            put_right(sent, values, agreed_at=parcel.written_at)
        except ValidationError as refusal:
            parcel.refuse(refusal.message_dict)
            return
        parcel.cleaned |= {"changed": changed, "sent": sent}
        if parcel.moment.is_uncertain and "visited_at" in values:
            words = _("手机的时间往回调过，更正的走访时间不能确定，等社区核对。")
            parcel.hand_over(parcel.unit_path, words)

    def compare(self, parcels: list[Parcel]) -> None:
        """Keep beside the visit what was written of another version of it.

        Of several for one visit in a batch the first is taken, the others come again.
        """
        taken: set[int] = set()
        for parcel in parcels:
            visit = parcel.cleaned["stored"]
            if visit.pk in taken:
                parcel.put_off()
                continue
            taken.add(visit.pk)
            is_stale = parcel.base_version != version_of(visit, people_of(visit))
            if is_stale and parcel.cleaned["changed"]:
                parcel.result = CONFLICT
                parcel.reason = _(
                    "手机上更正以前，这次走访已另有更正，两份都已保留，等社区核对。"
                )

    def store(self, parcels: Sequence[Parcel], user, now: datetime) -> None:
        for parcel in parcels:
            visit, changed = parcel.cleaned["stored"], parcel.cleaned["changed"]
            if changed:
                sent = parcel.cleaned["sent"]
                visit = correct_visit(
                    visit=visit,
                    values={one.name: one.new for one in changed},
                    changes=[in_words(visit, sent, one) for one in changed],
                    reason=parcel.cleaned["reason"],
                    by=user,
                    agreed_at=parcel.written_at,
                )
            parcel.version = version_of(visit, people_of(visit))

    def numbers_of(self, records: Sequence[UUID]) -> dict[UUID, int]:
        rows = Visit.objects.filter(client_uuid__in=records)
        return dict(rows.values_list("client_uuid", "pk"))


def values_of(parcel: Parcel) -> dict:
    """Return the new values of what a parcel puts right, by the field of the visit."""
    told, visit = parcel.cleaned, parcel.cleaned["stored"]
    values = {name: told[name] for name in AS_TOLD if name in told}
    if "visited_at" in told:
        values["visited_at"] = parcel.moment.at
    if "members" in told:
        values[MEMBERS] = members_told(visit, told)
    return values


def members_told(visit: Visit, told: dict) -> list[Resident]:
    """Return who of the visited household was met; nobody where it was in vain."""
    is_vain = told.get("outcome", visit.outcome) in MISSED
    if is_vain or not visit.household_id:
        return []
    return keyed(may_be_met(visit.household, visit).filter(pk__in=told["members"]))


def refuse_strangers(parcel: Parcel, values: dict) -> None:
    """Raise ValidationError for somebody met who is none of the household."""
    known = {one.pk for one in values.get(MEMBERS, ())}
    is_vain = parcel.cleaned.get("outcome", parcel.cleaned["stored"].outcome) in MISSED
    if not is_vain and set(parcel.cleaned.get("members", ())) - known:
        raise ValidationError({"members": _("见到的人要是这一户的成员，请重选。")})


CORRECTION = add(CorrectionKind())
