"""What the desks of the three administrators tell of the day."""

from collections import Counter
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.devices import username_hash
from accounts.models import Assignment, LoginAttempt, Trail, User
from toolkit import formats
from toolkit.audit_words import all_verbs
from toolkit.calendar import calendar
from toolkit.models import AuditSeal
from toolkit.tiles import panel

# What an auditor looks at first.
WATCHED = ("login", "login-failed", "refused", "revealed", "exported", "printed")
# The day is counted among the newest events, so that a long trail costs no more.
NEWEST = 5000
# Whose assignment ends within these days is asked about in time.
SOON = timedelta(days=30)
SHOWN = 8
# What a line of an assignment names.
NAMED = ("user", "role", "org_unit")


@panel("trail", order=80, permission="toolkit.view_auditevent")
def trail_of_today(user, now: datetime) -> dict | None:
    """How often what was done today, and how far the trail is sealed."""
    today = timezone.localdate(now)
    newest = Trail.objects.in_scope_of(user).order_by("-pk")
    events = newest.values_list("at", "verb")[:NEWEST]
    counts = Counter(verb for at, verb in events if timezone.localdate(at) == today)
    words = all_verbs()
    listed = reverse("accounts:trail-list")
    return {
        "title": _("今天的审计"),
        "note": sealed_words(),
        "url": listed,
        "url_label": _("全部审计记录"),
        "template": "accounts/_trail.html",
        "context": {
            "counts": [
                {
                    "label": words[verb],
                    "count": counts[verb],
                    "url": f"{listed}?{urlencode({'verb': verb, 'since': today})}",
                }
                for verb in WATCHED
            ],
            "title": _("今天的审计"),
            "unit": _("次"),
        },
    }


def sealed_words() -> str:
    """Return up to which event the trail is chained."""
    seal = AuditSeal.objects.select_related("event").order_by("-seq").first()
    if seal is None:
        return _("审计链还没有开始。")
    words = _("审计记录已封存至第%(number)d条（%(moment)s）")
    moment = formats.cn_day_time(seal.event.at)
    return words % {"number": seal.seq, "moment": moment}


@panel("missing-year", order=79, permission="accounts.add_user")
def missing_year(user, now: datetime) -> dict | None:
    """That nobody has entered yet when offices are open next year."""
    year = timezone.localdate(now).year + 1
    if not user.has_perm("toolkit.view_calendarday") or calendar().knows(year):
        return None
    url = reverse("communities:officeday-list")
    return {
        "title": _("%(year)d年放假安排尚未录入。") % {"year": year},
        "template": "toolkit/_lines.html",
        "context": {"lines": [{"label": _("录入放假安排"), "url": url}]},
    }


@panel("accounts", order=81, permission="accounts.add_user")
def accounts_today(user, now: datetime) -> dict:
    """How many accounts there are, and how many are locked."""
    listed = reverse("accounts:user-list")
    return {
        "title": _("账号"),
        "url": listed,
        "url_label": _("全部账号"),
        "template": "accounts/_trail.html",
        "context": {
            "counts": [
                {"label": _("账号"), "count": User.objects.count(), "url": listed},
                {"label": _("已锁定"), "count": locked(now)},
            ],
            "title": _("账号"),
            "unit": _("个"),
        },
    }


def locked(now: datetime) -> int:
    """Return how many accounts too many wrong passwords have closed for the moment."""
    recent = LoginAttempt.objects.filter(
        at__gt=now - timedelta(minutes=settings.YUHAI_LOCKOUT_MINUTES)
    )
    tries = recent.values("username_hash", "device").annotate(tries=Count("pk"))
    closed = tries.filter(tries__gte=settings.YUHAI_LOCKOUT_FAILURES)
    hashes = set(closed.values_list("username_hash", flat=True))
    if not hashes:
        return 0
    names = User.objects.values_list("username", flat=True)
    return len(hashes & {username_hash(name) for name in names})


@panel("leaving", order=82, permission="accounts.add_assignment")
def leaving_soon(user, now: datetime) -> dict:
    """Whose assignment ends within thirty days, the first to go first."""
    last = timezone.localdate(now) + SOON
    ending = Assignment.objects.in_scope_of(user).current().filter(ends_on__lte=last)
    rows = ending.select_related(*NAMED).order_by("ends_on", "pk")
    lines = [assignment_line(one, one.ends_on) for one in rows[:SHOWN]]
    return {
        "title": _("30 天内到期的任职"),
        "note": ending_words(ending.count()),
        "url": reverse("accounts:assignment-list"),
        "url_label": _("全部任职"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }


@panel("appointed", order=83, permission="accounts.add_assignment")
def appointed_lately(user, now: datetime) -> dict | None:
    """Who was appointed last, from which day on."""
    rows = Assignment.objects.in_scope_of(user).select_related(*NAMED)
    lines = [assignment_line(one, one.starts_on) for one in rows[:SHOWN]]
    if not lines:
        return None
    return {
        "title": _("最近的任职"),
        "note": _("按任职日期由近到远"),
        "template": "toolkit/_lines.html",
        "context": {"lines": lines},
    }


def assignment_line(assignment: Assignment, day: date) -> dict:
    """Return who has which role where, and the day that matters."""
    where = assignment.org_unit.name
    return {
        "label": assignment.user.name,
        "about": formats.phrased([assignment.role.name, where]),
        "url": assignment.get_absolute_url(),
        "end": formats.cn_date(day),
    }


def ending_words(count: int) -> str:
    """Return 3 项, or that there is none."""
    if not count:
        return _("30天内没有到期的任职。")
    return _("%(count)d 项") % {"count": count}
