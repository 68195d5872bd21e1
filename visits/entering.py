"""Into which ledgers a handed-in visit goes once it is taken over, said beforehand.

What goes without saying follows from why somebody is visited; no phone was told of it,
so neither the text nor its page would show it.
"""

from django.utils.translation import gettext as _

from visits.models import HandedIn
from visits.sync_kinds import entries_of
from visits.trays import reading_of, why_not


def entering_section(item: HandedIn, by) -> list[dict]:
    """Return the part of the page with the ledgers, none where nothing is written.

    It is told to whoever may take the visit over, as of now.
    """
    facts = ledgers_to_come(item, by)
    if not facts:
        return []
    title = _("登记为走访后记入的台账")
    if item.stored is not None:
        title = _("选“两份都算”后另外记入的台账")
    section = {"title": title, "template": "visits/_facts.html"}
    return [section | {"context": {"facts": facts}}]


def ledgers_to_come(item: HandedIn, by) -> list[dict]:
    """Return the ledgers that taking over writes, each with what is entered."""
    step = "count_both" if item.stored else "store"
    if item.status != HandedIn.Status.WAITING or why_not(item, step, by):
        return []
    reading = reading_of(item)
    [told] = entries_of([reading.parcel], [reading.visit])
    return [
        {"label": answer.ledger.label, "value": words_of(answer, reading.entries)}
        for answer in told.answers
    ]


def words_of(answer, sent: dict[str, str]) -> str:
    """Return what is entered, or whether the phone or the duty says that it is."""
    words = answer.ledger.words(answer.told)
    plain = _("手机上选的") if answer.ledger.slug in sent else _("按走访任务自动记入")
    return words or plain
