"""Which decision of an open comparison goes without saying, and why none does.

Two texts of one worker about one visit contradict each other: only he knows which is
right, so the page leads to none of the decisions and says whom to ask.
"""

from django.utils.translation import gettext as _

from toolkit import formats
from visits.models import HandedIn
from visits.trays import differences, reading_of, why_not


def leading_step(item: HandedIn, by) -> str:
    """Return the name of the decision that what was sent itself asks for, or "".

    The same told again leaves the stored visit as it is. Told of somebody else, or by
    somebody else, it is a visit of its own.
    """
    if not is_readable(item):
        return ""
    stored, sent = item.stored, reading_of(item).visit
    is_of_its_own = stored.subject != sent.subject or stored.logged_by_id != item.by_id
    if is_of_its_own:
        return "" if why_not(item, "count_both", by) else "count_both"
    return "" if differences(stored, reading_of(item)) else "keep_stored"


def is_readable(item: HandedIn) -> bool:
    """Whether a visit is stored with which what was sent can be compared."""
    is_open = item.status == HandedIn.Status.WAITING and item.stored is not None
    return is_open and not reading_of(item).fault


def judging_banner(item: HandedIn, by) -> dict | None:
    """Say why it is here and what to do, where the person who decides must judge."""
    if item.result == HandedIn.Result.HANDOVER:
        return passed_on_banner(item, by)
    if not is_readable(item) or why_not(item, "take_sent", by):
        return None
    words = _("同一次走访交来两份，都是%(name)s登记的，哪份对请先问本人。")
    if item.by_id == by.pk:
        words = _("同一次走访您交来两份，请选对的那份。")
    # A correction is of one visit and never a second one.
    also = "" if item.is_correction else _("确是去了两次的，选“两份都算”。")
    text = formats.sentences((words % {"name": item.by}, also))
    return {"tone": "wait", "title": _("两份不一样。"), "text": text}


def passed_on_banner(item: HandedIn, by) -> dict | None:
    """Say why something was passed on, and what each decision makes of it."""
    is_open = item.status == HandedIn.Status.WAITING
    storing = "take_sent" if item.stored else "store"
    if not is_open or why_not(item, storing, by):
        return None
    asked = _("请先问登记人%(name)s") % {"name": item.by}
    if item.by_id == by.pk:
        asked = _("请先核实")
    words = _("%(asked)s：确有这次走访的，登记为走访；没有或已另行登记的，只留底。")
    if item.stored:
        words = _("%(asked)s：更正得对的，按手机上的更正；不对的，保留已登记的。")
    return {"tone": "wait", "title": item.why, "text": words % {"asked": asked}}
