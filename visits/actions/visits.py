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
from visits.entries import ever_entered
from visits.models import Visit
from visits.rules import default_follow_up
from visits.validation import check_visit

# The code of the refusal of a form that was used for somebody else.
OTHER_SUBJECT = "other_subject"
# Of one that has become a visit which tells otherwise; `number` names that.
OTHER_WORDS = "other_words"
COMPARED = ("method", "outcome", "note")


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
    told. The same call again returns the first visit. Raises ValidationError for what
    the checks refuse, and for a UUID of somebody else, another subject or other words.
    """
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
    if known := stored(visit, members, entries, visited_at):
        return Logged(known, is_new=False)
    check_visit(visit, now)
    check_answers(visit, entries)
    visit.follow_up_on = follow_up_on or default_follow_up(visit, members or [subject])
    if not insert(visit):
        return Logged(stored(visit, members, entries, visited_at), is_new=False)
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


def stored(
    visit: Visit, members: Collection, entries: Sequence[Answer], at: datetime | None
) -> Visit | None:
    """Return the visit that the form has already become, if any.

    `at` is when it was, None for just now. Raises ValidationError for a form of
    somebody else, of another subject, or that tells otherwise by now.
    """
    found = Visit.objects.filter(client_uuid=visit.client_uuid).first()
    if found is None:
        return None
    if found.logged_by_id != visit.logged_by_id:
        raise ValidationError(_("这张登记表已经用过，请重新打开登记页再填。"))
    if found.subject != visit.subject:
        words = _(
            "这张表刚才登记的是%(whom)s，这次没有写入。请核对看的是谁，再点一次。"
        )
        raise ValidationError(words % {"whom": found.subject}, code=OTHER_SUBJECT)
    is_same = says_the_same(found, visit) and at in (None, found.visited_at)
    if not is_same or not adds_nothing(found, members, entries):
        words = _(
            "这张表先前已登记为第%(number)d号，内容和这次的不同，这次没有写入。"
            "请打开那一条更正或补记台账。"
        )
        number = {"number": found.pk}
        raise ValidationError(words, code=OTHER_WORDS, params=number)
    return found


def says_the_same(found: Visit, visit: Visit) -> bool:
    """Answer whether a form tells of the visit what it told before."""
    again = visit.follow_up_on in (None, found.follow_up_on)
    return again and all(getattr(found, n) == getattr(visit, n) for n in COMPARED)


def adds_nothing(found: Visit, members: Collection, entries: Sequence[Answer]) -> bool:
    """Answer whether a form names whom and which ledgers it named before."""
    told = {one.ledger.slug: one.ledger.words(one.told) for one in entries}
    is_home = found.household_id and found.is_effective
    met = {one.pk for one in people_of(found)} if is_home else set()
    named = {one.pk for one in members} if is_home else set()
    return met == named and told == ever_entered(found)
