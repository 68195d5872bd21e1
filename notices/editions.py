"""The edition of the public notices: counted up with every change of what is public.

bump()                       # in the transaction of a publication or withdrawal
token = current_token()      # compared by public pages on every request

Where many ask at once, a process asks the database twenty times a second, not for each
of them; it forgets what it knows when it publishes something itself.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notices.models import Edition
from toolkit.first_question import answers
from toolkit.holding import held_for

ONLY = 1
# Seconds; a browser asks again after ten (portal/conditional.py).
ASKED_AGAIN_AFTER = 0.05
_TABLE = Edition._meta.db_table
# Asked on every request of the public site: an ORM query costs five times as much.
_QUERY = f"SELECT number, changed_at FROM {_TABLE} WHERE id = {ONLY}"  # noqa: S608  # nosec


@transaction.atomic
def bump() -> None:
    """Count a change. Concurrent changes wait for each other, so none is lost."""
    current_token.forget()
    # Somebody may ask again before the change is there for all to see.
    transaction.on_commit(current_token.forget)
    now = timezone.now()
    counted = Edition.objects.filter(pk=ONLY)
    if not counted.update(number=F("number") + 1, changed_at=now):
        first = Edition(pk=ONLY, number=0, changed_at=now)
        Edition.objects.bulk_create([first], ignore_conflicts=True)
        counted.update(number=F("number") + 1, changed_at=now)


@held_for(ASKED_AGAIN_AFTER)
def current_token() -> str:
    """Return a text that differs after every change, "" before the first one."""
    rows = answers(_QUERY)
    return f"{rows[0][0]}@{rows[0][1]}" if rows else ""


def changed_at():
    """Return when the published notices last changed by hand, None for never."""
    return Edition.objects.filter(pk=ONLY).values_list("changed_at", flat=True).first()
