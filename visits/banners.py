"""Why a duty is red, in one sentence, wherever the person is shown."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visits.models import VisitDuty
from visits.steps import advice


def duty_banners(duty: VisitDuty, today: date | None = None) -> list[dict]:
    """Return what must be known about a duty at first sight: late, or never met."""
    if duty.until is not None:
        return []
    found = [late_banner(duty, today or timezone.localdate()), missed_banner(duty)]
    return [banner for banner in found if banner]


def late_banner(duty: VisitDuty, today: date) -> dict | None:
    late = duty.days_late(today)
    if not late:
        return None
    title = ngettext("走访超期 %(days)d 天。", "走访超期 %(days)d 天。", late)
    return {
        "tone": "urgent",
        "icon": "clock",
        "title": title % {"days": late},
        "text": duty.explained,
    }


def missed_banner(duty: VisitDuty) -> dict | None:
    if not duty.is_alarming:
        return None
    title = ngettext(
        "连续 %(count)d 次没有见到。", "连续 %(count)d 次没有见到。", duty.misses
    )
    words = _("%(advice)s；也可以问邻居、家属，或请社区一起上门。")
    return {
        "tone": "urgent",
        "icon": "alert",
        "title": title % {"count": duty.misses},
        "text": words % {"advice": advice(duty.last_miss, duty.last_missed_at)},
    }
