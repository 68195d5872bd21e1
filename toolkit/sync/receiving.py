"""Take in a batch: read every item, write what is new, answer each.

Items are claimed by inserting them, in the order of their numbers, so that two batches
with the same items wait for each other and never both ways round.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from toolkit.bulk.rows import insert_rows
from toolkit.models import SyncItem
from toolkit.sync.clock import is_before, moment_of
from toolkit.sync.kinds import SyncKind, kinds
from toolkit.sync.parcels import (
    CONFLICT,
    CREATED,
    DUPLICATE,
    HANDOVER,
    INVALID,
    RETRY,
    ItemSerializer,
    Parcel,
    readable,
    sentence_of,
)
from toolkit.sync.sealed import opened

logger = logging.getLogger(__name__)
# A day's work is some fifty; what is beyond waits for the next request.
MOST_ITEMS = 500
# Of one person: more of it nobody looks through, and the phone keeps the rest.
MOST_WAITING = 500
KEPT = (CONFLICT, HANDOVER)


def no_doubt(moment: datetime) -> str:
    """What somebody hands in who is signed in needs no second look."""
    return ""


def receive(
    raw: list,
    *,
    sent_at: datetime,
    by,
    now: datetime,
    doubt_about: Callable[[datetime], str] = no_doubt,
    may_keep: bool = False,
) -> list[dict]:
    """Take in what a phone sends at a moment; return the answers, in its order.

    `doubt_about` says of a moment why a person must look at what was written then: of
    the later one of when it was and when it was written, as nothing is written before.
    With `may_keep` a phone may ask to keep what is invalid: it came with a lease.
    """
    reader = ItemSerializer()
    told: list[Parcel | dict] = [
        read(reader, one, sent_at, now) for one in raw[:MOST_ITEMS]
    ]
    parcels = [one for one in told if isinstance(one, Parcel)]
    for parcel in parcels:
        parcel.doubt = doubt_about(parcel.latest) or parcel.doubt
        parcel.is_kept = parcel.is_kept and may_keep
    take(parcels, by, now)
    number(parcels, by)
    answers = [one.answer() if isinstance(one, Parcel) else one for one in told]
    late = _("一次最多处理%(count)d条，请再发送一次。") % {"count": MOST_ITEMS}
    return answers + [
        {"client_uuid": number_in(one), "result": RETRY, "message": late}
        for one in raw[MOST_ITEMS:]
    ]


def read(reader: ItemSerializer, raw, sent_at: datetime, now: datetime):
    """Return the parcel of an item, or the answer to one that cannot be read."""
    try:
        found = reader.run_validation(opened(raw))
    except serializers.ValidationError as refusal:
        errors = readable(refusal.detail)
        told = {"client_uuid": number_in(raw), "result": INVALID, "errors": errors}
        return told | {"message": sentence_of(errors, {})}
    return Parcel(
        client_uuid=found["client_uuid"],
        kind=found["kind"],
        body=found["body"],
        content=found["content"],
        digest=found["sha256"],
        base_version=found["base_version"],
        occurred_at=found["occurred_at"],
        zone=found["zone"],
        moment=moment_of(found["occurred_at"], sent_at, now),
        written_at=moment_of(found["written_at"], sent_at, now).at,
        doubt=fault_of_writing(found["occurred_at"], found["written_at"]),
        is_kept=found["keep"],
    )


def fault_of_writing(occurred_at: datetime, written_at: datetime) -> str:
    """Return why a person must look at two moments that one phone tells, or ""."""
    if is_before(written_at, occurred_at):
        return _("登记时间早于发生时间，等所在社区核对。")
    return ""


def number_in(raw) -> str | None:
    """Return the number that an item bears, as far as it is one."""
    number = raw.get("client_uuid") if isinstance(raw, dict) else None
    return readable(number[:64]) if isinstance(number, str) else None


def take(parcels: list[Parcel], by, now: datetime) -> None:
    """Decide every parcel: together, and where that fails each for itself."""
    parcels = sorted(parcels, key=lambda one: one.client_uuid)
    try:
        take_together(parcels, by, now)
    except Exception:
        # Whatever is wrong with one item must not keep the others out.
        logger.exception("a batch of %d items is taken one by one", len(parcels))
        for parcel in parcels:
            take_alone(parcel, by, now)


def take_alone(parcel: Parcel, by, now: datetime) -> None:
    """Decide one parcel; what cannot be written now is to be sent again."""
    parcel.forget()
    try:
        take_together([parcel], by, now)
    except Exception:
        logger.exception("item %s could not be taken in", parcel.client_uuid)
        parcel.forget()
        parcel.put_off()


@transaction.atomic
def take_together(parcels: list[Parcel], by, now: datetime) -> None:
    """Write what is new of the parcels, in one transaction."""
    for kind, own in by_kind(parcels):
        kind.turn_away(own, by)
    compare(parcels, stored(parcels))
    fresh = by_kind(first_of_each(parcels))
    # All that kinds lock is locked before anything is written.
    for kind, own in fresh:
        kind.sort(own, by, now)
    for kind, own in fresh:
        claimed = claim([one for one in own if one.is_open], by, now)
        if claimed:
            kind.store(claimed, by, now)
            note_versions(claimed)
    # What came twice in the batch, and what another process has just written.
    left = [one for one in parcels if one.is_open]
    compare(left, stored(left))
    new = [one for one in parcels if one.result in KEPT and one.item is None]
    keep(those_with_room(new, by), by, now)
    for parcel in parcels:
        if parcel.is_open:
            # Its twin in the same batch was refused, or another process is at it.
            parcel.put_off()


def by_kind(parcels: Iterable[Parcel]) -> list[tuple[SyncKind, list[Parcel]]]:
    """Return the parcels of each kind, in their order."""
    groups = groupby(sorted(parcels, key=kind_of), key=kind_of)
    return [(kinds[slug], list(group)) for slug, group in groups]


def kind_of(parcel: Parcel) -> str:
    return parcel.kind


def first_of_each(parcels: Iterable[Parcel]) -> list[Parcel]:
    """Return the undecided parcels, of several with one number the first."""
    found: dict[UUID, Parcel] = {}
    for parcel in parcels:
        if parcel.is_open:
            found.setdefault(parcel.client_uuid, parcel)
    return list(found.values())


def stored(parcels: Iterable[Parcel]) -> dict[UUID, dict[str, SyncItem]]:
    """Return the rows that bear the numbers of the parcels, by number and digest."""
    numbers = {one.client_uuid for one in parcels}
    found: dict[UUID, dict[str, SyncItem]] = {}
    for item in SyncItem.objects.filter(client_uuid__in=numbers).defer("body"):
        found.setdefault(item.client_uuid, {})[item.digest] = item
    return found


def compare(parcels: Iterable[Parcel], known: dict[UUID, dict[str, SyncItem]]) -> None:
    """Decide the parcels whose number is known: the same text, or another one."""
    for parcel in parcels:
        held = known.get(parcel.client_uuid)
        if not parcel.is_open or not held:
            continue
        same = held.get(parcel.digest)
        if same is not None:
            parcel.item = same
            # A known sentence is told in the language of the phone.
            parcel.reason = gettext(same.reason) if same.reason else ""
            parcel.result = DUPLICATE if same.result == CREATED else same.result
        elif any(item.result == CREATED for item in held.values()):
            parcel.result = CONFLICT
            parcel.reason = _("这个编号已登记了另一份内容，两份都已保留，等社区核对。")
            parcel.unit_path = next(iter(held.values())).unit_path


def claim(parcels: list[Parcel], by, now: datetime) -> list[Parcel]:
    """Insert the rows of the parcels; return those that nobody was quicker with."""
    rows = {one.client_uuid: one.row(by, now, CREATED) for one in parcels}
    if not rows:
        return []
    insert_rows(list(rows.values()), ignore_conflicts=True)
    uids = [row.uid for row in rows.values()]
    own = dict(SyncItem.objects.filter(uid__in=uids).values_list("uid", "pk"))
    claimed = []
    for parcel in parcels:
        row = rows[parcel.client_uuid]
        if row.uid in own:
            row.pk, parcel.item, parcel.result = own[row.uid], row, CREATED
            claimed.append(parcel)
    return claimed


def note_versions(parcels: list[Parcel]) -> None:
    """Keep which version was written, where that was known only then."""
    late = [one.item for one in parcels if one.item.version != one.version]
    for parcel in parcels:
        parcel.item.version = parcel.version
    SyncItem.objects.bulk_update(late, ["version"])


def those_with_room(parcels: list[Parcel], by) -> list[Parcel]:
    """Return what may join what waits of a person; the rest stays on the phone."""
    if not parcels:
        return []
    waiting = SyncItem.objects.filter(by=by, status=SyncItem.Status.WAITING).count()
    room = max(0, MOST_WAITING - waiting)
    words = _("您已有%(count)d条待核对，请等社区核对后再发送。")
    for parcel in parcels[room:]:
        parcel.put_off(words % {"count": waiting + room})
    return parcels[:room]


def keep(parcels: list[Parcel], by, now: datetime) -> None:
    """Keep what waits for a person, once each."""
    rows = [one.row(by, now, one.result) for one in parcels]
    SyncItem.objects.bulk_create(rows, ignore_conflicts=True)
    known = stored(parcels)
    for parcel in parcels:
        parcel.item = known[parcel.client_uuid][parcel.digest]


def number(parcels: list[Parcel], by) -> None:
    """Note which records the parcels have become, now or before, and where they stand.

    Where is told to who has handed it in himself.
    """
    stored_ones = [one for one in parcels if one.result in (CREATED, DUPLICATE)]
    for kind, own in by_kind(stored_ones):
        records = [one.item.record for one in own]
        unknown = [one.item.record for one in own if one.number is None]
        numbers = kind.numbers_of(unknown) if unknown else {}
        entered = kind.entered_in(records)
        for parcel in own:
            parcel.number = parcel.number or numbers.get(parcel.item.record)
            if parcel.item.by_id == by.pk:
                parcel.entered_in = entered.get(parcel.item.record, [])
