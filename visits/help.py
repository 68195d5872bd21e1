"""Visits that found somebody in need of help, until somebody has been there again."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import OrgUnit
from toolkit import formats
from visits.models import Visit, VisitDuty

# The value of the condition in the address of the list.
HELP = "help"
# Whoever was in need longer ago has other visits behind him, or is known as overdue.
DAYS = 90


def still_wanting(visits: QuerySet) -> QuerySet:
    """Keep the visits that found a need for help and were followed by no other."""
    since = timezone.now() - timedelta(days=DAYS)
    needed = visits.filter(outcome=Visit.Outcome.NEEDS_HELP, visited_at__gte=since)
    return needed.subject_open().without_later(Visit.objects.effective())


def link(user) -> dict | None:
    """Return text and address of the list within the user's reach, None for nobody."""
    if not user.has_perm("visits.view_visit"):
        return None
    count = still_wanting(Visit.objects.in_scope_of(user)).count()
    if not count:
        return None
    text = ngettext("需要帮助 %(count)d 次", "需要帮助 %(count)d 次", count)
    url = f"{reverse('visits:visit-list')}?state={HELP}"
    return {"text": text % {"count": count}, "url": url}


def told(visit: Visit, duties: list[VisitDuty]) -> str:
    """Return who learns of the need for help and until when to go, else ""."""
    if visit.outcome != Visit.Outcome.NEEDS_HELP:
        return ""
    home = visit.org_unit.community or visit.org_unit
    is_village = home.level == OrgUnit.Level.VILLAGE
    words = _("已列入%(unit)s“需要帮助”名单，%(who)s可以看到。") % {
        "unit": home.name,
        "who": _("村书记") if is_village else _("社区书记"),
    }
    day = next_day(visit, duties)
    if day is None:
        return words
    return words + _("请 %(day)s前再去。") % {"day": formats.cn_day(day)}


def next_day(visit: Visit, duties: list[VisitDuty]) -> date | None:
    """Return the first day on which somebody is to go again."""
    days = [duty.next_due_on for duty in duties]
    return min([*days, *filter(None, [visit.follow_up_on])], default=None)
