"""The page of a handed-in visit: what was sent beside what is stored, in words."""

import json
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Household, Resident
from toolkit import formats
from toolkit.choices import name_of
from toolkit.permissions import address_for
from toolkit.sync.clock import TOLERATED
from visits.actions.corrections import MEMBERS
from visits.actions.members import people_of
from visits.differences import LEDGERS, WHOM, label_of
from visits.entries import in_one, standing_words
from visits.models import HandedIn, Visit
from visits.trays import VIEW, Reading, differences, reading_of, why_not

BY = "logged_by"


def lines_of(item: HandedIn, user) -> list[dict]:
    """Return field by field what was sent, what is stored, and whether they differ.

    What differs comes first. Of a text that was accepted: what was stored until then.
    """
    reading, stored = reading_of(item), item.beside
    if reading.visit is None:
        return []
    kept = kept_words(item) if may_see(stored, user) else {}
    sent = sent_words(reading, kept) | {WHOM: item.whom}
    others = differing(item, sent) if stored else set()
    # Names of the members are told where that of the home is.
    if not isinstance(item.subject, Household) or not is_within(item):
        del sent[MEMBERS]
    if {sent[LEDGERS], kept.get(LEDGERS, formats.NOTHING)} == {formats.NOTHING}:
        del sent[LEDGERS]
    lines = [
        {
            "label": label_of(name),
            "value": words,
            "stored": kept.get(name, formats.NOTHING),
            "differs": name in others,
        }
        for name, words in sent.items()
    ]
    return sorted(lines, key=lambda line: not line["differs"])


def sent_words(reading: Reading, kept: dict[str, str]) -> dict[str, str]:
    """Return what was sent.

    What a correction leaves as it is stands there as it is stored, or was until then,
    to who may read that: it may have been put right again since.
    """
    words = words_of(reading.visit, reading.people, reading.entries)
    own = (WHOM, BY)
    return {
        name: said
        if name in own or reading.tells(name)
        else kept.get(name, formats.NOTHING)
        for name, said in words.items()
    }


def kept_words(item: HandedIn) -> dict[str, str]:
    """Return what the stored visit tells, or told until it was corrected."""
    if item.replaced:
        return json.loads(item.replaced)
    return stored_words(item.stored)


def stored_words(visit: Visit) -> dict[str, str]:
    """Return what a stored visit tells, in the order in which it is compared."""
    return words_of(visit, people_of(visit), standing_words(visit))


def may_see(stored: Visit | None, user) -> bool:
    """Answer whether the user may read the stored visit."""
    return stored is not None and user.has_perm(VIEW, stored)


def differing(item: HandedIn, sent: dict[str, str]) -> set[str]:
    """Return the names of what the stored and the sent visit tell differently."""
    if item.replaced:
        return {name for name, words in kept_words(item).items() if words != sent[name]}
    stored, reading = item.stored, reading_of(item)
    found = {one.name for one in differences(stored, reading)}
    if stored.subject != reading.visit.subject:
        found.add(WHOM)
    if stored.logged_by_id != item.by_id:
        found.add(BY)
    if standing_words(stored) != reading.entries:
        found.add(LEDGERS)
    return found


def words_of(visit: Visit, people: list[Resident], entries: dict) -> dict[str, str]:
    """Return what a visit tells, `entries` being what it tells for ledgers."""
    met = people if visit.household_id else []
    return {
        WHOM: str(visit),
        "method": visit.get_method_display(),
        "visited_at": formats.cn_datetime(visit.visited_at),
        "outcome": visit.get_outcome_display(),
        MEMBERS: formats.listed(met) or formats.NOTHING,
        "note": visit.note or formats.NOTHING,
        "follow_up_on": formats.cn_date(visit.follow_up_on) or _("没有约"),
        LEDGERS: in_one(entries) or formats.NOTHING,
        BY: str(visit.logged_by),
    }


def whereabouts(item: HandedIn, user) -> list[dict]:
    """Return where the subject is registered now, as far as the user may know."""
    subject = item.subject
    if subject is None or not is_within(item):
        return [{"label": _("走访对象"), "value": item.whom}]
    ended = getattr(subject, "ended_on", None) or getattr(subject, "closed_on", None)
    url = address_for(subject, user)
    return [
        {"label": _("走访对象"), "value": str(subject), "url": url},
        {"label": _("所属社区或网格"), "value": name_of(subject.org_unit)},
        {"label": _("住址"), "value": subject.address},
        {
            "label": _("登记状态"),
            "value": _("%(day)s注销") % {"day": formats.cn_date(ended)}
            if ended
            else _("在册"),
        },
    ]


def is_within(item: HandedIn) -> bool:
    """Whether the subject lies within the reach of the item's reader."""
    reach = item.reach
    return reach is not None and reach.covers(item.subject.get_scope_path())


def may_be_shown(item: HandedIn) -> bool:
    """Whether the item's reader may see what photos show of its subject."""
    return item.subject is None or is_within(item)


def banners_of(item: HandedIn, user) -> list[dict]:
    """Return what must be known before one decides: the clock, and what forbids."""
    found = [clock_banner(item)]
    if item.status == HandedIn.Status.WAITING:
        found.append(fault_banner(item, user))
    return [banner for banner in found if banner]


def clock_banner(item: HandedIn) -> dict | None:
    """Say that the phone's clock was wrong, or that the time is not known."""
    if item.is_uncertain:
        words = _(
            "手机的时间在记下以后往回调过，走访是几点不能确定，只知道不晚于收到的时间。"
        )
        return {"tone": "wait", "title": _("走访时间存疑。"), "text": words}
    error = timedelta(seconds=item.clock_error)
    if abs(error) <= TOLERATED:
        return None
    words = _("手机的时间慢了 %(span)s，当时显示%(told)s，已按实际更正为%(at)s。")
    if error < timedelta():
        words = _("手机的时间快了 %(span)s，当时显示%(told)s，已按实际更正为%(at)s。")
    facts = {
        "span": span_words(abs(error)),
        "told": formats.cn_datetime(item.occurred_at),
        "at": formats.cn_datetime(item.moment),
    }
    return {"title": _("走访时间已更正。"), "text": words % facts}


def span_words(span: timedelta) -> str:
    """Return the length of a time in its largest unit: 3 天, 5 小时, 12 分钟."""
    minutes = round(span.total_seconds() / 60)
    if minutes >= 24 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(count)d 天", "%(count)d 天", days) % {"count": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(count)d 小时", "%(count)d 小时", hours) % {"count": hours}
    words = ngettext("%(count)d 分钟", "%(count)d 分钟", minutes)
    return words % {"count": minutes}


def fault_banner(item: HandedIn, user) -> dict | None:
    """Say why the text cannot become a visit, or why it corrects none."""
    fault = reading_of(item).fault
    if fault:
        title = _("现在还不能登记。")
        return {"tone": "wait", "title": title, "text": fault}
    words = why_not(item, "take_sent" if item.stored else "store", user)
    return {"tone": "", "title": "", "text": words} if words else None
