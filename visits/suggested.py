"""Into which ledgers a visit goes without anybody saying so.

The page ticks them before anybody has tapped, by why somebody is visited. That stays
off the phones; so what they hand in is entered when it arrives, as far as a ledger asks
nothing that only who was there can answer.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from communities.models import Household, Resident
from visits.actions.entries import Answer, Told, fault_of
from visits.declared import Ledger, ledgers_for
from visits.forms.ledgers import EntryForm
from visits.models import VisitDuty

Key = tuple[type, int]


def chosen_first(subject, duties: Iterable[VisitDuty]) -> list[Ledger]:
    """Return the ledgers that the page ticks for who is visited by these duties."""
    return [one for one in ledgers_for(subject) if one.is_chosen_first(duties)]


def with_suggested(told: Sequence[Told]) -> list[Told]:
    """Return what is told of stored visits, and what goes without saying."""
    duties = duties_of({one.visit.subject for one in told})
    # What a ledger says without any answer is the same for every visit.
    unasked = cache(unasked_of)
    return [
        one._replace(answers=[*one.answers, *suggested(one, duties, unasked)])
        for one in told
    ]


def unasked_of(ledger: Ledger) -> Answer | None:
    """Return what may be entered without any answer, None where one is needed."""
    form = EntryForm({}, ledger=ledger)
    return form.answer if form.is_valid() else None


def suggested(
    told: Told,
    duties: dict[Key, list[VisitDuty]],
    unasked: Callable[[Ledger], Answer | None],
) -> list[Answer]:
    """Return the answers that nobody has given and nobody needs to give."""
    known = {answer.ledger.slug for answer in told.answers}
    own = duties.get(key_of(told.visit.subject), ())
    found = [
        unasked(ledger)
        for ledger in chosen_first(told.visit.subject, own)
        if ledger.slug not in known and not fault_of(ledger, told.visit)
    ]
    return [answer for answer in found if answer]


def key_of(subject) -> Key:
    return type(subject), subject.pk


def duties_of(subjects: Iterable) -> dict[Key, list[VisitDuty]]:
    """Return the open duties of people, and of the members of households."""
    keys: dict[type, set[int]] = {Resident: set(), Household: set()}
    for subject in subjects:
        keys.setdefault(type(subject), set()).add(subject.pk)
    columns = {Resident: "resident", Household: "resident__household"}
    found: dict[Key, list[VisitDuty]] = {}
    for kind, column in columns.items():
        if not keys[kind]:
            continue
        rows = VisitDuty.objects.open().filter(**{f"{column}__in": keys[kind]})
        for duty in rows.select_related("rule", "resident"):
            person = duty.resident
            whose = person.pk if kind is Resident else person.household_id
            found.setdefault((kind, whose), []).append(duty)
    return found
