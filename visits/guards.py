"""What must hold before a caseload changes hands. Each rule answers with a sentence.

    refusal = why_not_accept(hand_over, user)        # "" when he may accept

Nobody is made responsible without his word: the receiver alone accepts, neither the
giver nor the director in his place.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from communities.scoping import scope_on
from toolkit import formats
from visits.models import Caseload, HandOver
from visits.models.handovers import sorted_units
from visits.responsibility import ARRANGING, covers, reaches_on

# What one needs to answer a hand-over.
HANDLING = "visits.change_handover"


def why_not_offer(hand_over: HandOver, by) -> str:
    """Return the sentence that forbids offering it to the receiver, or ""."""
    if refusal := why_not_giver(hand_over, by):
        return refusal
    today = timezone.localdate()
    if hand_over.takes_effect_on < today:
        return _("接手的日子已经过了，请先改成今天或以后。")
    reach = scope_on(hand_over.to_worker, HANDLING, today)
    if not reach.covers(hand_over.org_unit.path):
        words = _("%(name)s打不开这张交接单，请一个网格交一次。")
        return words % {"name": hand_over.to_worker}
    return fault_of(hand_over, today)


def why_not_accept(hand_over: HandOver, by) -> str:
    """Return the sentence that forbids accepting it, or ""."""
    return fault_of(hand_over, timezone.localdate())


def fault_of(hand_over: HandOver, today: date) -> str:
    """Return why the units cannot pass to the receiver from the day on, "" if so."""
    begins, last = hand_over.day_of_taking(today), hand_over.last_day
    if last and last < begins:
        return _("代班的日子已经过了，请退回，由对方改了日期再提出。")
    units = sorted_units(hand_over.units.all())
    if not units:
        return _("没有选择要交接的网格。")
    mains = mains_in(units, begins)
    for unit in units:
        if mains.get(unit.pk) != hand_over.from_worker_id:
            words = _("%(unit)s的责任人已经换了，请退回或撤回，重新提出。")
            return words % {"unit": unit}
    if clash := fault_of_later(hand_over, units, begins):
        return clash
    days = dict.fromkeys(filter(None, (begins, last)))
    faults = (fault_of_day(hand_over, units, day) for day in days)
    return next(filter(None, faults), "")


def fault_of_later(hand_over: HandOver, units: list[OrgUnit], begins: date) -> str:
    """Return who was made responsible for later days, which stay his; "" for nobody.

    His beginning would end the time of the receiver, who is not told of it.
    """
    later = Caseload.objects.filter(org_unit__in=units, kind="main", since__gt=begins)
    if hand_over.last_day:
        later = later.filter(since__lte=hand_over.last_day)
    row = later.select_related("org_unit", "worker").order_by("since", "pk").first()
    if row is None:
        return ""
    words = _("%(unit)s从%(day)s起已定由%(name)s负责，在此之前只能临时代班到前一天。")
    facts = {"unit": row.org_unit, "day": formats.cn_day(row.since)}
    return words % (facts | {"name": row.worker})


def fault_of_day(hand_over: HandOver, units: list[OrgUnit], day: date) -> str:
    """Return where the receiver may not log visits on the day, "" if he may."""
    paths = reaches_on(day).get(hand_over.to_worker_id, ())
    for unit in units:
        if not covers(paths, unit.path):
            words = _("%(name)s%(day)s在%(unit)s没有走访的岗位，不能接手。")
            facts = {"name": hand_over.to_worker, "day": formats.cn_day(day)}
            return words % (facts | {"unit": unit.full_name})
    return ""


def mains_in(units: list[OrgUnit], day: date) -> dict[int, int]:
    """Return by unit the main worker of the day, whether or not somebody stands in."""
    rows = Caseload.objects.in_force(day).filter(org_unit__in=units, kind="main")
    return dict(rows.values_list("org_unit", "worker"))


def why_not_end(hand_over: HandOver, by) -> str:
    """Return the sentence that forbids ending a substitution early, or ""."""
    if hand_over.last_day <= timezone.localdate():
        return _("今天就是代班的最后一天，不用提前结束。")
    return ""


def why_not_giver(hand_over: HandOver, by) -> str:
    """Return the sentence that leaves a step to the giver and the arranger, or "".

    To have written it down is not enough: who only stands in gives nothing away.
    """
    if by is None or arranges(hand_over, by):
        return ""
    if by.pk == hand_over.from_worker_id:
        return ""
    return _("只有移交人和社区负责人可以这样办。")


def why_not_receiver(hand_over: HandOver, by) -> str:
    """Return the sentence that leaves the answer to the receiver himself, or ""."""
    if by is None or by.pk == hand_over.to_worker_id:
        return ""
    return _("要由接收人本人接收或退回。")


def why_not_party(hand_over: HandOver, by) -> str:
    """Return the sentence that leaves a substitution to those concerned, or ""."""
    if not hand_over.is_substitution:
        return _("长期移交不能提前结束，请重新交接。")
    is_receiver = not why_not_receiver(hand_over, by)
    return "" if is_receiver else why_not_giver(hand_over, by)


def arranges(hand_over: HandOver, user) -> bool:
    """Answer whether the user sees to the caseloads there."""
    return user.has_perm(ARRANGING, hand_over)
