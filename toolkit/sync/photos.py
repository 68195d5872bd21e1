"""Photos from phones: sealed like items, sent piece by piece, drawn anew before kept.

    PUT /api/v1/sync/photos/<client_uuid>/<sha256>/
    Content-Range: bytes 0-131071/402113

answers {"received": 131072, "is_whole": false}; GET answers the same, so that a phone
goes on where it was cut off. A piece that begins elsewhere changes nothing. What was
lost or spoiled on the way begins anew, and so does what was begun as another size; only
what is no picture is refused for good.

A photo belongs to the item that the same person has handed in before it, the last one
of several texts under its number. Whatever that item becomes, its photos go along.
"""

import re
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from toolkit.models import SyncItem, SyncPhoto
from toolkit.privacy.envelopes import EnvelopeError, open_envelope
from toolkit.sync.kinds import kinds
from toolkit.uploads import BUSY, PICTURES, UploadRefused, validate_upload

INFO = b"yuhai sync photo\0"
DIGEST = re.compile(r"[0-9a-f]{64}")
# A phone shrinks a photo to some 400 KB; sealed as text it is a third larger.
MOST_BYTES = 6 * 1024 * 1024
MOST_PIECE = 512 * 1024
MOST_OF_ONE = 3
MOST_A_DAY = 300
# What has not come whole by then is not sent any more.
STALE = timedelta(days=60)
# Codes of refusals: too much for today, and what will never be taken.
TOO_MANY_TODAY, NEVER = "too-many-today", "never"


def folder() -> Path:
    return settings.VAR_DIR / "photos"


def part_of(photo: SyncPhoto) -> Path:
    """Return the file that holds what has come so far."""
    return folder() / f"{photo.uid.hex}.part"


def kept_of(record: UUID) -> QuerySet:
    """Return the pictures that came with what has become a record, oldest first."""
    either = Q(client_uuid=record) | Q(uid=record)
    items = SyncItem.objects.filter(either, record=record)
    return SyncPhoto.objects.filter(item__in=items).exclude(file="")


def kept_with(item: SyncItem) -> QuerySet:
    """Return the pictures of an item that has become nothing, oldest first."""
    still = SyncItem.objects.filter(pk=item.pk, record=None)
    return SyncPhoto.objects.filter(item__in=still).exclude(file="")


def find(client_uuid: UUID, digest: str, by) -> SyncPhoto | None:
    """Return a photo that this person has begun to hand in."""
    return SyncPhoto.objects.filter(
        client_uuid=client_uuid, digest=digest, by=by
    ).first()


def begun(client_uuid: UUID, digest: str, by, size: int) -> SyncPhoto:
    """Return the photo, begun now if nobody has; raises ValidationError.

    A person has so many a day, and so many with one visit, and none beside what he has
    not handed in. The code of the refusal says whether it may be taken another day.
    """
    if not 0 < size <= MOST_BYTES:
        raise ValidationError(_("照片太大，请缩小后再发送。"), NEVER)
    known = find(client_uuid, digest, by)
    if known is not None:
        return known
    item = SyncItem.objects.filter(client_uuid=client_uuid, by=by).first()
    if item is None or not kinds[item.kind].takes_photos:
        raise ValidationError(_("没有收到这张照片所属的登记。"), NEVER)
    own = SyncPhoto.objects.filter(by=by)
    day = timezone.now() - timedelta(days=1)
    if own.filter(client_uuid=client_uuid).count() >= MOST_OF_ONE:
        words = _("一次登记最多%(count)d张照片。")
        raise ValidationError(words % {"count": MOST_OF_ONE}, NEVER)
    if own.filter(begun_at__gt=day).count() >= MOST_A_DAY:
        raise ValidationError(_("今天的照片太多了，请明天再发送。"), TOO_MANY_TODAY)
    keys = {"client_uuid": client_uuid, "digest": digest}
    photo, _is_new = SyncPhoto.objects.get_or_create(
        **keys, defaults={"by": by, "size": size, "item": item}
    )
    if photo.by_id != by.pk:
        raise ValidationError(_("这张照片已经收到过。"), NEVER)
    return photo


@transaction.atomic
def take_piece(photo: SyncPhoto, start: int, piece: bytes, size: int) -> SyncPhoto:
    """Add a piece that begins where the last one ended; any other changes nothing.

    Where nothing is here afterwards, what had come was lost, or was part of a whole of
    another size than this piece says: it begins anew, with that size.
    """
    photo = SyncPhoto.objects.select_for_update().get(pk=photo.pk)
    if photo.is_whole:
        return photo
    if photo.size != size:
        photo.size = size
        if photo.received:
            begin_anew(photo)
            photo.save(update_fields=["size", "received"])
            return photo
    fits = start == photo.received and start + len(piece) <= photo.size
    if not fits or not piece:
        return photo
    folder().mkdir(parents=True, exist_ok=True)
    with part_of(photo).open("ab") as part:
        is_there = part.tell() >= start
        # What was written when the power was cut is written again.
        part.truncate(start)
        part.write(piece)
    photo.received = start + len(piece)
    if not is_there:
        begin_anew(photo)
    elif photo.received == photo.size:
        finish(photo)
    photo.save(update_fields=["size", "received", "finished_at", "file", "refusal"])
    return photo


def finish(photo: SyncPhoto) -> None:
    """Open the envelope and keep the picture, or note why there is none.

    What was spoiled on the way, or could not be drawn just now, begins anew.
    """
    text = part_of(photo).read_bytes()
    try:
        photo.file = picture_in(text, photo).file
    except UploadRefused as refusal:
        if refusal.code == BUSY:
            begin_anew(photo)
            return
        photo.refusal = refusal.messages[0]
    photo.finished_at = timezone.now()
    drop_part(photo)


def begin_anew(photo: SyncPhoto) -> None:
    """Let go what has come, so that the phone sends all of it once more."""
    photo.received = 0
    drop_part(photo)


def drop_part(photo: SyncPhoto) -> None:
    part = part_of(photo)
    transaction.on_commit(lambda: part.unlink(missing_ok=True))


def picture_in(text: bytes, photo: SyncPhoto):
    """Return the checked picture of an envelope; raises UploadRefused."""
    if sha256(text).hexdigest() != photo.digest:
        raise UploadRefused(_("照片在路上损坏了。"), BUSY)
    info = INFO + str(photo.client_uuid).encode()
    try:
        inside = open_envelope(text.decode("ascii", "replace"), info=info)
    except EnvelopeError:
        raise UploadRefused(_("密封的照片打不开。")) from None
    return validate_upload(ContentFile(inside, name="photo.jpg"), kinds=PICTURES)


def drop_stale(now: datetime) -> int:
    """Forget photos that are nobody's any more; return how many.

    That are those of which the rest never came, those that were refused, and those
    whose item has been let go.
    """
    stale = SyncPhoto.objects.filter(begun_at__lt=now - STALE)
    return forget(stale.filter(Q(file="") | Q(item=None)))


@transaction.atomic
def forget(photos: QuerySet) -> int:
    """Let photos go with their files; return how many."""
    rows = list(photos)
    for photo in rows:
        drop_part(photo)
        if photo.file:
            transaction.on_commit(partial(photo.file.storage.delete, photo.file.name))
    return SyncPhoto.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]
