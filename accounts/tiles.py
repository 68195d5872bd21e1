"""What the desk of an auditor tells of the day."""

from collections import Counter
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Trail
from toolkit import formats
from toolkit.audit_words import all_verbs
from toolkit.models import AuditSeal
from toolkit.tiles import panel

# What an auditor looks at first.
WATCHED = ("login", "login-failed", "refused", "revealed", "exported", "printed")
# The day is counted among the newest events, so that a long trail costs no more.
NEWEST = 5000


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
            ]
        },
    }


def sealed_words() -> str:
    """Return up to which event the trail is chained."""
    seal = AuditSeal.objects.select_related("event").order_by("-seq").first()
    if seal is None:
        return _("审计链还没有开始。")
    words = _("审计链已封到第 %(number)d 条，%(moment)s。")
    moment = formats.cn_day_time(seal.event.at)
    return words % {"number": seal.seq, "moment": moment}
