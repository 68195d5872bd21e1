"""Searches by number: told in the audit trail, and so many an hour and no more.

The masks leave few digits open, so whoever may search without end could find the rest
by trying. The count is kept in the database; no cache that is away forgets it.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.finding.questions import Question, Refused
from communities.models import NumberSearches, Resident
from toolkit import audit

SEARCHING = "communities.view_resident"


class LimitReached(Refused):
    """So many searches by number in one hour are too many."""


def count_search(user) -> None:
    """Count one more search by number of a person; raises LimitReached.

    Two at once: the update counts both, and the last one that is left goes to one.
    """
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    left = NumberSearches.objects.filter(
        user=user, hour=hour, count__lt=settings.YUHAI_NUMBER_SEARCHES
    )
    if left.update(count=F("count") + 1):
        return
    begin_hour(user, hour)
    if not left.update(count=F("count") + 1):
        raise LimitReached(
            _("这一小时按号码查找的次数已满，请改用姓名或住址，或稍后再查。")
        )


def begin_hour(user, hour: datetime) -> None:
    """Make the count of an hour unless it is there; those before it are forgotten."""
    searches = NumberSearches.objects.filter(user=user)
    with transaction.atomic():
        _row, is_new = searches.get_or_create(user=user, hour=hour)
        if is_new:
            searches.filter(hour__lt=hour).delete()


def tell_search(user, question: Question, count: int, only: int | None) -> None:
    """Write a search by number into the trail: which fields, how many were found.

    Never the digits. Where exactly one person was found his number is known, so he is
    named, and reads of the search on his own record: `only` is his primary key. Else
    the event lies in the unit of the residents whom the searcher sees.
    """
    named = Resident.objects.select_related("org_unit").only("org_unit__path")
    person = only and named.get(pk=only)
    audit.record(
        "searched",
        actor=user,
        subject=person,
        fields=question.fields,
        count=count,
        batch=Resident._meta.label_lower,
        reach="" if person else Resident.objects.reach_of(user),
    )


def tell_refusal(user, question: Question) -> None:
    """Write down that the limit refused a search by number: which fields it asked."""
    audit.record(
        "refused",
        actor=user,
        fields=question.fields,
        purpose=SEARCHING,
        batch=Resident._meta.label_lower,
        reach=Resident.objects.reach_of(user),
    )
