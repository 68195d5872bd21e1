"""What a handed-in visit comes to today, and how it differs from the stored one.

A text waits here because a rule could not decide of it (see `visits/sync_kinds.py`). It
is read again each time somebody looks: people move, records are put right.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Resident
from communities.scoping import scope_of
from toolkit.permissions import permission_name
from toolkit.prepared import PreparedFor, number_of
from toolkit.sync.clock import TOLERATED, Moment
from toolkit.sync.parcels import Parcel
from visits.actions.corrections import MEMBERS, may_correct
from visits.actions.members import people_of
from visits.differences import LEDGERS, Difference, changed_by, keyed
from visits.entries import standing_words
from visits.ledger_parcels import told_words
from visits.models import HandedIn, Visit
from visits.steps import CHANGES
from visits.sync_kinds import CORRECTION, VISIT, values_of, visit_of

ADD, VIEW = "visits.add_visit", "visits.view_visit"
# The steps of an item whose number is stored, and those that write a visit.
BESIDE = ("keep_stored", "take_sent", "count_both")
STORING = ("store", "take_sent", "count_both")
# What is compared as it is written.
PLAIN = ("method", "outcome", "note")


@dataclass(frozen=True)
class Reading:
    """A handed-in text as a visit that could be stored, or why it cannot be."""

    parcel: Parcel
    # The visit that it would be, not stored; None where it cannot be read as one.
    visit: Visit | None
    # To whose duties it would be told.
    people: list[Resident]
    # What it tells for ledgers, in words, by ledger.
    entries: dict[str, str]
    # Of a correction what it tells, by field; all else stays. None for a whole visit.
    values: dict | None = None

    @property
    def fault(self) -> str:
        """The sentences that forbid to store it, "" where nothing does."""
        return "" if self.parcel.is_open else str(self.parcel.reason)

    def tells(self, name: str) -> bool:
        """Whether the text tells of this field itself."""
        return self.values is None or name in self.values


def parcel_of(item: HandedIn, number: UUID) -> Parcel:
    """Return a kept item as it is on its way, under a number of one's choice."""
    error = timedelta(seconds=item.clock_error)
    return Parcel(
        client_uuid=number,
        kind=item.kind,
        body=item.body,
        content=item.told,
        digest=item.digest,
        base_version=item.base_version,
        occurred_at=item.occurred_at,
        zone=item.zone,
        moment=Moment(item.moment, error, item.is_uncertain),
        written_at=item.moment,
    )


def read(item: HandedIn) -> Reading:
    """Read what an item says as of now, under its own rules of the day of the visit."""
    return read_correction(item) if item.is_correction else read_visit(item)


def read_visit(item: HandedIn) -> Reading:
    """Read a visit.

    Where another visit bears its number, it would be one of its own: `item.uid`.
    """
    parcel = parcel_of(item, item.uid if item.stored else item.client_uuid)
    VISIT.find_people(VISIT.read([parcel]))
    if parcel.is_open:
        VISIT.check(parcel, item.by, timezone.now())
    visit = parcel.cleaned.get("visit")
    if visit is None and "whom" in parcel.cleaned:
        visit = visit_of(parcel, item.by)
    told = parcel.cleaned
    entries = told_words(told.get("ledgers", ()))
    return Reading(parcel, visit, told.get("people", []), entries)


def read_correction(item: HandedIn) -> Reading:
    """Read a correction as the stored visit would be with it."""
    parcel, stored = parcel_of(item, item.client_uuid), item.stored
    CORRECTION.read([parcel])
    if not parcel.is_open:
        return Reading(parcel, None, [], {})
    if stored is None:
        parcel.refuse({"number": [_("没有找到这次走访。")]})
        return Reading(parcel, None, [], {})
    parcel.cleaned["stored"] = stored
    CORRECTION.check(parcel)
    sent, values = copy(stored), values_of(parcel)
    for name in values.keys() - {MEMBERS}:
        setattr(sent, name, values[name])
    sent.logged_by = item.by
    people = values.get(MEMBERS, people_of(stored))
    return Reading(parcel, sent, people, standing_words(stored), values)


def reading_of(item: HandedIn) -> Reading:
    """Return the reading of an item, made once for a page."""
    if not hasattr(item, "_reading"):
        item._reading = read(item)
    return item._reading


def differences(stored: Visit, reading: Reading) -> list[Difference]:
    """Return what a correction would change in the stored visit; whom is no part."""
    if reading.values is not None:
        return changed_by(stored, reading.values)
    sent = reading.visit
    pairs = {name: (getattr(stored, name), getattr(sent, name)) for name in PLAIN}
    if abs(stored.visited_at - sent.visited_at) > TOLERATED:
        pairs["visited_at"] = stored.visited_at, sent.visited_at
    if not is_again_by_rule(stored, reading):
        pairs["follow_up_on"] = stored.follow_up_on, sent.follow_up_on
    if stored.household_id:
        pairs[MEMBERS] = keyed(people_of(stored)), keyed(reading.people)
    # What only the stored one tells for ledgers is no part: it may be from later.
    known = standing_words(stored)
    pairs[LEDGERS] = known, known | reading.entries
    return [
        Difference(name, old, new) for name, (old, new) in pairs.items() if old != new
    ]


def is_again_by_rule(stored: Visit, reading: Reading) -> bool:
    """Whether both ask for another visit and the text leaves its day to the rule.

    That day follows from when a visit is written down and tells nothing of its own.
    """
    is_left = reading.parcel.cleaned["follow_up_on"] is None
    both = {stored.outcome, reading.visit.outcome} <= set(CHANGES)
    return is_left and both and stored.follow_up_on is not None


def why_not(item: HandedIn, name: str, by) -> str:
    """Return why a step cannot be taken with an item by this person, or ""."""
    is_beside = item.stored is not None
    if (name in BESIDE) != is_beside:
        return (
            _("这次走访已经登记过一份，请对照后再定。")
            if is_beside
            else _("没有可对照的走访。")
        )
    if name not in STORING:
        return ""
    if name == "count_both" and item.is_correction:
        return _("这是一次更正，不是另一次走访。")
    reading = reading_of(item)
    if reading.fault:
        return reading.fault
    if name == "take_sent":
        return why_not_correct(item, reading, by)
    if not by.has_perm(ADD, reading.visit.subject):
        return _("走访对象不在您的工作范围，请由所在社区或街道办理。")
    return ""


def why_not_correct(item: HandedIn, reading: Reading, by) -> str:
    """Return why the stored visit cannot be put right by the text, or ""."""
    stored = item.stored
    if stored.subject != reading.visit.subject:
        return _("两份的走访对象不同，不能拿一份更正另一份。")
    if stored.logged_by_id != item.by_id:
        return _("两份不是同一个人登记的，不能拿一份更正另一份。")
    if not differences(stored, reading):
        if standing_words(stored) != reading.entries:
            return _("手机上的那份只是少记了台账。台账记错的，请到那条台账上作废。")
        return _("两份内容一致，没有可更正的。")
    if not may_correct(by, stored):
        return _("已登记的走访不在您的工作范围，请由所在社区或街道办理。")
    return ""


WAITING = PreparedFor(
    lambda scope: number_of(HandedIn.objects.in_scope(scope).waiting())
)


def count_waiting(user) -> int:
    """Return how many items wait for the user's decision; once per request."""
    if not hasattr(user, "_visits_waiting"):
        scope = scope_of(user, permission_name(HandedIn, "change"))
        user._visits_waiting = WAITING.number(scope)
    return user._visits_waiting


def waiting_for(user) -> QuerySet:
    """Return the items of which the user may decide and nobody has."""
    return HandedIn.objects.in_scope_of(user, "change").waiting()


def sent_by(user, since: datetime) -> QuerySet:
    """Return what the user handed in that waits, or was decided since a moment."""
    rows = HandedIn.objects.filter(by=user).order_by("-pk")
    rows.reach = scope_of(user, VIEW)
    return rows.filter(Q(status=HandedIn.Status.WAITING) | Q(status_since__gte=since))
