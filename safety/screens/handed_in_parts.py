"""What phones have told and waits for a person, on the page of its emergency."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety.models import Emergency
from safety.roll import CALL
from safety.waiting import Reading, waiting_by_emergency
from toolkit import formats

MOST_SHOWN = 50


def handed_in_sections(emergency: Emergency, user) -> list[dict]:
    """Return the part with what waits for the user's decision, none where none does."""
    if not user.has_perm(CALL):
        return []
    readings = waiting_by_emergency(user).get(emergency.pk)
    if not readings:
        return []
    count = len(readings)
    words = ngettext("%(count)d条待核对", "%(count)d条待核对", count) % {"count": count}
    return [
        {
            "title": _("手机登记待核对"),
            "note": words,
            "template": "safety/_handed_in.html",
            "context": {"items": [row(one, user) for one in readings[:MOST_SHOWN]]},
        }
    ]


def row(reading: Reading, user) -> dict:
    """Return one waiting item as prepared strings, with the addresses to decide."""
    item, line = reading.item, reading.line
    may_open = line is not None and user.has_perm("safety.view_rollcall", line)
    return {
        "name": reading.whom(user),
        "url": line.get_absolute_url() if may_open else "",
        "said": formats.phrased([reading.said, reading.told["note"]]),
        "told": "　".join([formats.cn_day_time(item.moment), str(item.by)]),
        "why": item.reason,
        "fault": reading.fault if reading.fault != item.reason else "",
        "take_url": reverse("safety:tap-take", args=[item.pk])
        if reading.may_take(user)
        else "",
        "leave_url": reverse("safety:tap-leave", args=[item.pk]),
    }
