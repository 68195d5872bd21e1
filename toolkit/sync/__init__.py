"""What phones hand in when they are back in reach: POST /api/v1/sync/.

    {"device": UUID, "sent_at": "2026-12-01T09:00:00+08:00", "items": [
        {"client_uuid": UUID, "kind": "visit", "body": "{…}", "sha256": "…",
         "occurred_at": "2026-12-01T08:41:07+08:00", "zone": "Asia/Shanghai",
         "base_version": ""}]}

`written_at` may be told beside it, where something is written down later than it was.
Nothing is written down before it was: what says so waits for a person.
Or it is sealed: {"client_uuid": UUID, "sealed": "k1.…"} (`sealed.py`), handed in with a
lease by a phone that nobody is signed in on any more (`leases.py`). "keep": true asks
to keep for a person what would be invalid, where the phone can no longer put it right;
it is heard with a lease only, and never from who held no post for it.

Every item gets an answer of its own, in the order in which they were sent:

    created     taken over; `receipt` is its number here, `number` that of the record
    duplicate   the same text was taken over before: the same receipt once more
    conflict    another text bears this number, or what is put right was put right by
                somebody else meanwhile: both are kept, nothing is overwritten
    handover    the person belongs to another unit by now: it lies in that unit's tray
    invalid     `errors` says by field what is wrong, `message` as a person reads it;
                nothing is kept here
    retry       not looked at yet, or too much of this person waits: send it again

More items than `views.MOST_SENT` are refused as a whole with 413.

A phone deletes an item only after created, duplicate, conflict or handover. "Once" is
kept by two unique constraints of SyncItem, not by looking before writing, so it does
not matter how often, in which order, or from how many processes at once it is sent.

What is stored may be put right by an item of its own. The receipt tells the `version`
of the record as it was written; a correction gives that as `base_version`. Where the
record is another one by then, it waits for a person, unless it says the same already.

Reasons are told in the language of the request (`Accept-Language`). In the tray known
sentences are read in the language of whoever looks.

The clock of a phone may be wrong. `sent_at` and `occurred_at` are told by the same
clock, so what it is wrong by when the batch arrives is taken out of both.
"""
