from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Household, Organisation, Resident
from visits.actions.counting import SUBJECTS, Paid, count_everywhere
from visits.actions.entries import Answer, Told, check_answers, enter
from visits.actions.members import note_members, people_of
from visits.models import Visit
from visits.rules import default_follow_up
from visits.validation import check_visit

# The code of the refusal of a form that was used for somebody else.
OTHER_SUBJECT = "other_subject"


class Logged(NamedTuple):
    """A visit, and whether this call made it or found it already stored."""

    visit: Visit
    is_new: bool


@transaction.atomic
def log_visit(
    *,
    subject: Resident | Household | Organisation,
    outcome: str,
    by,
    client_uuid: UUID,
    method: str = Visit.Method.DOOR,
    visited_at: datetime | None = None,
    note: str = "",
    follow_up_on: date | None = None,
    members: Collection[Resident] = (),
    entries: Sequence[Answer] = (),
) -> Logged:
    """Write down a visit, just now by default, and settle the duties of who was met.

    `members` are those of a visited household who were met, `entries` what ledgers are
    told. A second call with the UUID returns the first visit. Raises ValidationError
    for what the checks refuse, and for a UUID of somebody else or another subject.
    """
    if known := stored(client_uuid, by, subject):
        return Logged(known, is_new=False)
    now = timezone.now()
    visit = Visit(
        client_uuid=client_uuid,
        org_unit_id=subject.org_unit_id,
        outcome=outcome,
        method=method,
        visited_at=visited_at or now,
        note=note.strip(),
        follow_up_on=follow_up_on,
        logged_by=by,
        **{SUBJECTS[type(subject)]: subject},
    )
    check_visit(visit, now)
    check_answers(visit, entries)
    visit.follow_up_on = follow_up_on or default_follow_up(visit, members or [subject])
    if not insert(visit):
        return Logged(stored(client_uuid, by, subject), is_new=False)
    tell(visit, members, entries, by)
    return Logged(visit, is_new=True)


def tell(visit: Visit, members: Collection, entries: Sequence[Answer], by) -> None:
    """Let duties, appointments, history and ledgers know of a visit just stored."""
    note_members(visit, members)
    count_everywhere([Paid(visit, people_of(visit))], by)
    enter([Told(visit, entries)], by)


def insert(visit: Visit) -> bool:
    """Store the visit; False if the same form was stored since we looked."""
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        if not Visit.objects.filter(client_uuid=visit.client_uuid).exists():
            raise
        return False
    return True


def stored(client_uuid: UUID, by, subject) -> Visit | None:
    """Return the visit that the form has already become, if any."""
    visit = Visit.objects.filter(client_uuid=client_uuid).first()
    if visit is not None and visit.logged_by_id != by.pk:
        raise ValidationError(_("这张登记表已经用过，请重新打开登记页再填。"))
    if visit is not None and visit.subject != subject:
        words = _(
            "这张表刚才登记的是%(whom)s，这次没有写入。请核对看的是谁，再点一次。"
        )
        raise ValidationError(words % {"whom": visit.subject}, code=OTHER_SUBJECT)
    return visit
