"""The chain over the audit trail: what was changed or taken away afterwards shows.

A duty seals the committed events: each link is a keyed digest over its event and the
link before. The ends of the chain are written to a file outside the database, so a
tail that was cut off shows too, and nothing is sealed on the stump.
"""

import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Window
from django.db.models.functions import Lag

from toolkit.locks import exclusive
from toolkit.models import AuditEvent, AuditSeal, UnsealedEvent

logger = logging.getLogger(__name__)
SEAL_BATCH = 2000
GENESIS = "0" * 64
# A line of the file is a number of up to 19 digits and 64 digits of hexadecimal.
LONGEST_LINE = 100
GAPS_NAMED = 5
GAP_MEANS = {
    "postgresql": "undone or running work leaves such gaps, a removed event as well",
    "sqlite": "undone work leaves no gap here, a removed event does",
}


def digest_of(event: AuditEvent, previous: str) -> str:
    """Return the chain digest of an event after the previous digest (hex, HMAC)."""
    content = json.dumps(
        [
            previous,
            event.pk,
            event.at.isoformat(timespec="microseconds"),
            event.actor_id,
            event.actor_name,
            event.verb,
            event.subject_type,
            event.subject_id,
            event.subject_path,
            event.fields,
            event.purpose,
            event.count,
            event.batch,
            event.ip,
        ],
        ensure_ascii=False,
        # PostgreSQL keeps the names of a JSON object in an order of its own.
        sort_keys=True,
    )
    key = settings.YUHAI_KEYS["blind"].encode()
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def seal_batch() -> int:
    """Chain the next committed events; return how many. Two at once: one waits out."""
    last = AuditSeal.objects.order_by("-seq").first()
    seq, previous = (last.seq, last.digest) if last else (0, GENESIS)
    waiting = UnsealedEvent.objects.select_related("event").order_by("pk")
    seals = []
    for event in (one.event for one in waiting[:SEAL_BATCH]):
        seq, previous = seq + 1, digest_of(event, previous)
        seals.append(AuditSeal(seq=seq, event=event, digest=previous))
    AuditSeal.objects.bulk_create(seals)
    UnsealedEvent.objects.filter(pk__in=[one.event_id for one in seals]).delete()
    return len(seals)


def seal() -> int:
    """Chain every committed event that is not chained yet; return how many.

    Nothing is chained to a cut chain: the next published end would hide the cut.
    """
    if is_cut():
        logger.error("the audit chain was cut: its published end is missing")
        return 0
    sealed = 0
    with exclusive("audit-seal") as held:
        while held and (count := seal_batch()):
            sealed += count
    if sealed:
        publish_head()
    return sealed


# The ends of the chain, outside the database


def head_file() -> Path:
    """Return the file outside the database in which the ends of the chain stand."""
    return Path(settings.VAR_DIR) / "audit" / "heads.log"


def publish_head() -> None:
    """Write the end of the chain outside the database, so that a cut tail shows."""
    last = AuditSeal.objects.order_by("-seq").first()
    file = head_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as lines:
        lines.write(f"{last.seq} {last.digest}\n")


def published_heads() -> dict[int, set[str]]:
    """Return every published end: the digests by sequence number, one each if sound."""
    heads: dict[int, set[str]] = {}
    if head_file().exists():
        with head_file().open(encoding="ascii", errors="replace") as lines:
            for seq, digest in map(read_head, lines):
                heads.setdefault(seq, set()).add(digest)
    return heads


def last_published() -> tuple[int, str] | None:
    """Return the end published last, None if there is none; reads the last line."""
    try:
        with head_file().open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - LONGEST_LINE))
            lines = file.read().decode("ascii", "replace").splitlines()
    except FileNotFoundError:
        return None
    return read_head(lines[-1]) if lines else None


def read_head(line: str) -> tuple[int, str]:
    """Return number and digest of a line; (0, line) stands in no chain."""
    seq, _blank, digest = line.strip().partition(" ")
    return (int(seq), digest) if seq.isdecimal() else (0, line)


def is_cut() -> bool:
    """Answer whether the end that was published last is missing in the chain."""
    head = last_published()
    if head is None:
        return False
    return not AuditSeal.objects.filter(seq=head[0], digest=head[1]).exists()


# Verification


def broken_links() -> Iterator[str]:
    """Yield a sentence for every broken link of the chain, the first one first."""
    previous, expected, heads = GENESIS, 1, published_heads()
    seals = AuditSeal.objects.select_related("event").order_by("seq")
    for link in seals.iterator(chunk_size=2000):
        if link.seq != expected:
            yield f"link {expected} is missing before link {link.seq}"
            expected = link.seq
        if digest_of(link.event, previous) != link.digest:
            yield f"link {link.seq}: event {link.event_id} was changed or moved"
        if heads.pop(link.seq, {link.digest}) != {link.digest}:
            yield f"link {link.seq} was published with another digest"
        previous, expected = link.digest, expected + 1
    for seq in sorted(heads):
        yield f"link {seq} was published and is gone: the tail was cut"
    lost = AuditEvent.objects.filter(seal=None, unsealed=None).order_by("pk")
    for pk in lost.values_list("pk", flat=True)[:1]:
        yield f"event {pk} is neither chained nor waiting to be"


def missing_numbers() -> str:
    """Return a sentence on gaps in the numbers of events, "" where there are none.

    Not a broken link: PostgreSQL does not give the number of an undone transaction
    back, and nothing stored tells such a gap from an event that was taken away before
    it was sealed. SQLite gives it back.
    """
    before = Window(Lag("pk"), order_by="pk")
    rows = AuditEvent.objects.annotate(before=before).filter(pk__gt=F("before") + 1)
    count, newest = rows.count(), rows.order_by("-pk")[:GAPS_NAMED]
    if not count:
        return ""
    named = ", ".join(
        f"{one.before + 1} to {one.pk - 1} (before {one.at:%Y-%m-%d %H:%M} UTC)"
        for one in newest
    )
    why = GAP_MEANS[connection.vendor]
    return f"gaps in the numbers of events: {count}, the newest {named}; {why}"
