"""A visit as a phone hands it in when it is back in reach (see toolkit/sync).

{"subject": {"kind": "resident", "id": 4711}, "method": "door",
 "outcome": "normal", "note": "精神好。", "follow_up_on": null, "members": [],
 "ledgers": [], "with_suggested": true}

Where `with_suggested` is not false, the visit is also entered into the ledgers that the
page would tick before anybody has tapped, as far as they ask nothing: why somebody is
visited stays off the phone, which could not tick them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from communities.models import Household, Resident
from communities.scoping import held_ever, scope_of, scope_on
from toolkit.bulk.rows import insert_rows
from toolkit.sync.fields import KeyField
from toolkit.sync.kinds import SyncKind, add
from toolkit.sync.parcels import CONFLICT, Parcel
from visits.actions.counting import SUBJECTS, Paid, count_everywhere
from visits.actions.entries import Told, enter
from visits.actions.members import people_of
from visits.entries import ledgers_of
from visits.ledger_parcels import ledgers_field, read_answers, stand_in_the_same
from visits.models import Visit
from visits.models.visits import NOTE_LENGTH
from visits.reach import PERMISSION, refuse_as_unknown, refuse_strangers
from visits.rules import default_follow_up
from visits.subjects import in_units
from visits.suggested import with_suggested
from visits.validation import check_visit, closed_on, fault_of_appointment
from visits.versions import version_of

MODELS = {name: model for model, name in SUBJECTS.items()}
MOST_MEMBERS = 50
# An appointment is checked by the day of the visit, which may be some days ago.
CHECKED_NOW = ("visited_at", "note")
# What a person calls the fields, as the form does.
LABELS = {
    "subject": _("走访对象"),
    "method": _("走访方式"),
    "visited_at": _("走访时间"),
    "outcome": _("走访情况"),
    "note": _("记一句"),
    "follow_up_on": _("约定再访"),
    "members": _("见到的人"),
    "ledgers": _("台账"),
}


def members_field(**more) -> serializers.ListField:
    """Return the field of who of a household was met, by their numbers."""
    return serializers.ListField(child=KeyField(), max_length=MOST_MEMBERS, **more)


@extend_schema_serializer(component_name="SyncVisitSubject")
class SubjectSerializer(serializers.Serializer):
    """Whom: a person, a household or a unit that sits in the area."""

    kind = serializers.ChoiceField(choices=sorted(MODELS))
    id = KeyField()


@extend_schema_serializer(component_name="SyncVisit")
class VisitSerializer(serializers.Serializer):
    """The body of an item of kind visit."""

    subject = SubjectSerializer()
    method = serializers.ChoiceField(choices=Visit.Method.choices)
    outcome = serializers.ChoiceField(choices=Visit.Outcome.choices)
    note = serializers.CharField(max_length=NOTE_LENGTH, allow_blank=True, default="")
    follow_up_on = serializers.DateField(allow_null=True, default=None)
    members = members_field(default=list)
    ledgers = ledgers_field()
    with_suggested = serializers.BooleanField(
        default=True,
        help_text=(
            "Also enter the visit into the ledgers that the page would tick first and "
            "that ask nothing. False: into none but those in `ledgers`."
        ),
    )


class VisitKind(SyncKind):
    """Visits: authorised as of their day, counted everywhere as if typed online."""

    slug = "visit"
    reader = VisitSerializer
    labels = LABELS

    def turn_away(self, parcels: Sequence[Parcel], user) -> None:
        if held_ever(user, PERMISSION):
            return
        for parcel in parcels:
            parcel.turn_down({"subject": [_("您没有登记走访的岗位。")]})

    def sort(self, parcels: Sequence[Parcel], user, now: datetime) -> None:
        readable = self.read(parcels)
        self.find_known([one for one in readable if one.is_open], user)
        refuse_strangers([one for one in readable if one.is_open], user)
        self.ask_reach([one for one in readable if one.is_open], user)
        self.find_people([one for one in readable if one.is_open])
        for parcel in readable:
            if parcel.is_open and "known" not in parcel.cleaned:
                self.check(parcel, user, now)

    def read(self, parcels: Sequence[Parcel]) -> list[Parcel]:
        """Read what the parcels say and about whom; return those that can be read."""
        reader = self.reader()
        for parcel in parcels:
            try:
                parcel.cleaned = reader.run_validation(parcel.content)
            except serializers.ValidationError as refusal:
                parcel.refuse(refusal.detail)
        readable = [one for one in parcels if one.is_open]
        self.find_subjects(readable)
        return readable

    def find_subjects(self, parcels: list[Parcel]) -> None:
        """Read whom the parcels are about; refuse those about nobody."""
        wanted: dict[str, set[int]] = {kind: set() for kind in MODELS}
        for parcel in parcels:
            subject = parcel.cleaned["subject"]
            wanted[subject["kind"]].add(subject["id"])
        found = {kind: in_units(MODELS[kind], keys) for kind, keys in wanted.items()}
        for parcel in parcels:
            asked = parcel.cleaned["subject"]
            subject = found[asked["kind"]].get(asked["id"])
            if subject is None:
                refuse_as_unknown(parcel)
                continue
            parcel.cleaned["whom"] = subject
            parcel.unit_path = subject.get_scope_path()

    def find_people(self, parcels: Sequence[Parcel]) -> None:
        """Say to whose duties the visits are told; refuse who was met elsewhere.

        Asked after the reach: only who has a household in his units is told of it.
        """
        whoms = [one.cleaned["whom"] for one in parcels]
        members = members_of({one.pk for one in whoms if isinstance(one, Household)})
        for parcel in parcels:
            self.find_met(parcel, members)

    def find_met(self, parcel: Parcel, members: dict[int, dict]) -> None:
        """Say to whose duties a visit is told; nobody's where it was in vain."""
        subject, keys = parcel.cleaned["whom"], parcel.cleaned["members"]
        if isinstance(subject, Resident):
            parcel.cleaned["people"] = [subject]
            return
        at_home = members.get(subject.pk, {}) if isinstance(subject, Household) else {}
        if set(keys) - set(at_home):
            parcel.refuse({"members": [_("见到的人要是这一户的成员，请重选。")]})
            return
        is_met = Visit(outcome=parcel.cleaned["outcome"]).is_effective
        people = [at_home[key] for key in sorted(set(keys))] if is_met else []
        parcel.cleaned["people"] = people

    def find_known(self, parcels: list[Parcel], user) -> None:
        """Find visits that the page itself has stored under the same number."""
        numbers = [one.client_uuid for one in parcels]
        known = {
            v.client_uuid: v for v in Visit.objects.filter(client_uuid__in=numbers)
        }
        for parcel in parcels:
            visit = known.get(parcel.client_uuid)
            if visit is None:
                continue
            if visit.logged_by_id != user.pk or not says_the_same(visit, parcel):
                parcel.result = CONFLICT
                parcel.reason = _("同一次走访交来两份，内容不同。")
                parcel.unit_path = visit.get_scope_path()
            parcel.cleaned["known"] = visit
            parcel.version = version_of(visit, people_of(visit))

    def ask_reach(self, parcels: list[Parcel], user) -> None:
        """Hand over what is in doubt or outside the worker's reach, then and now."""
        for parcel in parcels:
            if parcel.doubt:
                parcel.hand_over(parcel.unit_path, parcel.doubt)
        parcels = [one for one in parcels if one.is_open]
        today = scope_of(user, PERMISSION)
        days = {one.day for one in parcels}
        reach = {day: scope_on(user, PERMISSION, day) for day in days}
        for parcel in parcels:
            path = parcel.cleaned["whom"].get_scope_path()
            if not (reach[parcel.day].covers(path) or today.covers(path)):
                parcel.hand_over(path, _("登记时走访对象已不归登记人负责。"))

    def check(self, parcel: Parcel, user, now: datetime) -> None:
        """Refuse a visit that cannot have been like this."""
        visit = visit_of(parcel, user)
        if (closed_on(visit) or parcel.day) < parcel.day:
            path = parcel.cleaned["whom"].get_scope_path()
            parcel.hand_over(path, _("走访对象在这之前已经注销，等社区核对。"))
            return
        at = visit.visited_at
        fault = fault_of_appointment(visit.follow_up_on, at, at)
        try:
            check_visit(visit, now, fields=CHECKED_NOW)
            if fault:
                raise ValidationError({"follow_up_on": fault})
            parcel.cleaned["answers"] = read_answers(parcel.cleaned["ledgers"], visit)
        except ValidationError as refusal:
            parcel.refuse(refusal.message_dict)
            return
        people = parcel.cleaned["people"] or [parcel.cleaned["whom"]]
        visit.follow_up_on = visit.follow_up_on or default_follow_up(visit, people)
        parcel.cleaned["visit"] = visit
        parcel.version = version_of(visit, parcel.cleaned["people"])

    def store(self, parcels: Sequence[Parcel], user, now: datetime) -> None:
        fresh = [one for one in parcels if "known" not in one.cleaned]
        visits = [one.cleaned["visit"] for one in fresh]
        if visits:
            insert_rows(visits)
        paid = []
        for visit, one in zip(visits, fresh, strict=True):
            one.number = visit.pk
            paid.append(Paid(visit, one.cleaned["people"]))
        note_all_members(paid)
        if paid:
            count_everywhere(paid, user)
            enter(entries_of(fresh, visits), user)

    def numbers_of(self, records: Sequence[UUID]) -> dict[UUID, int]:
        rows = Visit.objects.filter(client_uuid__in=records)
        return dict(rows.values_list("client_uuid", "pk"))

    def entered_in(self, records: Sequence[UUID]) -> dict[UUID, list[str]]:
        return ledgers_of(records)


def says_the_same(visit: Visit, parcel: Parcel) -> bool:
    """Answer whether a stored visit tells what a parcel with its number tells."""
    told = parcel.cleaned
    stored = visit.subject, visit.method, visit.outcome, visit.note
    is_same = stored == (told["whom"], told["method"], told["outcome"], told["note"])
    return is_same and stand_in_the_same(
        visit, told["ledgers"], with_suggested=told["with_suggested"]
    )


def entries_of(parcels: Sequence[Parcel], visits: Sequence[Visit]) -> list[Told]:
    """Return what the ledgers are told of visits that parcels have become."""
    plain, whole = [], []
    for parcel, visit in zip(parcels, visits, strict=True):
        told = Told(visit, parcel.cleaned["answers"])
        (whole if parcel.cleaned["with_suggested"] else plain).append(told)
    return plain + with_suggested(whole)


def members_of(households: set[int]) -> dict[int, dict[int, Resident]]:
    """Return by household its members on the rolls, by their numbers."""
    found: dict[int, dict[int, Resident]] = {}
    for one in Resident.objects.filter(household__in=households, ended_on=None):
        found.setdefault(one.household_id, {})[one.pk] = one
    return found


def visit_of(parcel: Parcel, user) -> Visit:
    """Return the visit that a parcel tells of, not stored yet."""
    told = parcel.cleaned
    subject = told["whom"]
    return Visit(
        client_uuid=parcel.client_uuid,
        org_unit=subject.org_unit,
        method=told["method"],
        outcome=told["outcome"],
        visited_at=parcel.moment.at,
        note=told["note"].strip(),
        follow_up_on=told["follow_up_on"],
        logged_by=user,
        **{SUBJECTS[type(subject)]: subject},
    )


def note_all_members(paid: Sequence[Paid]) -> None:
    """Keep who of the visited households was met."""
    through = Visit.met_members.through
    through.objects.bulk_create(
        through(visit=one.visit, resident=person)
        for one in paid
        if one.visit.household_id
        for person in one.people
    )


VISIT = add(VisitKind())
