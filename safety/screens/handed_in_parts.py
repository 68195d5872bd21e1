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
            "is_menu": True,
            "context": {"items": [row(one, user) for one in readings[:MOST_SHOWN]]},
        }
    ]


def row(reading: Reading, user) -> dict:
    """Return one waiting item as prepared strings, with the addresses to decide."""
    item, line = reading.item, reading.line
    may_decide = reading.may_decide(user)
    may_open = line is not None and user.has_perm("safety.view_rollcall", line)
    return {
        "name": reading.whom(user),
        "url": line.get_absolute_url() if may_open else "",
        "said": formats.phrased([reading.said, reading.told["note"]]),
        "told": "　".join([formats.cn_day_time(item.moment), str(item.by)]),
        "why": formats.sentences(reasons(reading, user)),
        "fault": reading.fault if reading.fault != item.reason else "",
        "take_url": reverse("safety:tap-take", args=[item.pk])
        if reading.may_take(user)
        else "",
        "leave_url": reverse("safety:tap-leave", args=[item.pk]) if may_decide else "",
    }


def reasons(reading: Reading, user) -> list[str]:
    """Return why it waits, what comes of taking it, and who decides if not the user."""
    told = [reading.item.reason]
    if reading.person is not None and not reading.fault:
        told.append(_("此人不在名单里，采用后列入。"))
    if reading.item.by_id == user.pk:
        told.append(_("自己登记的由他人核对。"))
    elif not reading.may_decide(user):
        told.append(_("由社区书记（主任）或街道核对。"))
    return told
