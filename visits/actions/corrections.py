from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Resident
from toolkit.history import remember
from visits.actions.counting import SUBJECTS
from visits.actions.entries import follow_correction
from visits.actions.members import note_members, people_of
from visits.actions.rounds import settle_extras
from visits.actions.settling import settle_duties
from visits.models import EFFECTIVE, Visit
from visits.rules import default_follow_up
from visits.steps import CHANGES
from visits.validation import check_visit, fault_of_order

# What a correction may touch; whom and by whom stays as it was.
FIELDS = ("method", "visited_at", "outcome", "note", "follow_up_on")
MEMBERS = "met_members"
CORRECTABLE = (*FIELDS, MEMBERS)


def may_correct(user, visit: Visit) -> bool:
    """Answer whether the user may correct the visit.

    Its author may on the day it was written down; later, whoever may change visits
    there.
    """
    if user.has_perm("visits.change_visit", visit):
        return True
    is_author = visit.logged_by_id == user.pk
    is_same_day = timezone.localdate(visit.created_at) == timezone.localdate()
    return is_author and is_same_day and user.has_perm("visits.add_visit", visit)


@transaction.atomic
def correct_visit(
    *,
    visit: Visit,
    values: dict,
    reason: str,
    by,
    changes: list[dict],
    agreed_at: datetime | None = None,
) -> Visit:
    """Correct a visit with a reason and settle the duties it touched.

    `values` holds new values of CORRECTABLE fields, `changes` the same in words for the
    history. A new appointment lies ahead of `agreed_at`, now by default. Raises
    ValidationError for a visit that cannot have been like that.
    """
    visit = locked(visit)
    earliest, had_changed = visit.visited_at, visit.outcome in CHANGES
    people, before = people_of(visit), what_counts(visit)
    put_right(visit, values, agreed_at)
    note_members(visit, values.get(MEMBERS, people))
    people = {one.pk: one for one in [*people, *people_of(visit)]}.values()
    # Where a change was known before, whoever emptied the day meant it.
    if not had_changed and "follow_up_on" not in values:
        visit.follow_up_on = visit.follow_up_on or default_follow_up(visit, people)
    visit.save(update_fields=FIELDS)
    remember(visit, "corrected", _("更正"), by=by, note=reason, changes=changes)
    follow_correction(visit, reason=reason, by=by)
    if what_counts(visit) != before:
        for subject in {visit.subject, *people}:
            review_appointments(subject)
        earliest = min(earliest, visit.visited_at)
        settle_duties(people, earliest)
        settle_extras([one.pk for one in people], earliest)
    return visit


def locked(visit: Visit) -> Visit:
    """Return the visit as it is stored now, locked until the transaction ends."""
    rows = Visit.objects.select_for_update(of=("self",))
    return rows.select_related("resident", "household", "organisation").get(pk=visit.pk)


def put_right(visit: Visit, values: dict, agreed_at: datetime | None = None) -> None:
    """Put new values into a visit, not stored yet.

    Raises ValidationError for what is not corrected, and for what cannot have been.
    """
    for name, value in values.items():
        if name not in CORRECTABLE:
            raise ValidationError(_("这一项不能更正。"))
        if name in FIELDS:
            setattr(visit, name, value)
    check_visit(visit, timezone.now(), fields=values, agreed_at=agreed_at)
    # An old appointment stays as it is, but a visit does not move behind it.
    is_agreed_before = "visited_at" in values and "follow_up_on" not in values
    fault = fault_of_order(visit.follow_up_on, visit.visited_at)
    if is_agreed_before and fault:
        raise ValidationError({"follow_up_on": fault})


def what_counts(visit: Visit) -> tuple:
    """Return what appointments and duties are told from; a note is not."""
    met = {one.pk for one in people_of(visit)}
    return visit.visited_at, visit.outcome, visit.follow_up_on, met


def review_appointments(subject) -> None:
    """Look again which appointments with the subject were kept.

    A correction may have undone the very visit that kept one.
    """
    own = Visit.objects.filter(**{SUBJECTS[type(subject)]: subject})
    is_person = isinstance(subject, Resident)
    visits = Visit.objects.with_person(subject) if is_person else own
    keeping = visits.filter(Q(outcome__in=EFFECTIVE) | Q(follow_up_on__isnull=False))
    for one in own.filter(follow_up_on__isnull=False):
        kept = keeping.filter(visited_at__gt=one.visited_at).order_by("visited_at")
        kept_by = kept.first()
        one.followed_up_on = kept_by and timezone.localdate(kept_by.visited_at)
        one.save(update_fields=["followed_up_on"])
