"""What a phone hands in for the ledgers together with a visit (see sync_kinds.py).

"ledgers": [{"ledger": "safety.hazard",
             "fields": {"category": "gas", "text": "软管老化，已关阀"}}]
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from toolkit import formats
from toolkit.marks import colon
from visits.actions.entries import Answer, check_answers
from visits.declared import ledgers
from visits.entries import ever_entered
from visits.forms.ledgers import EntryForm
from visits.models import Visit
from visits.suggested import unasked_of

MOST_LEDGERS = 30
LONGEST_ANSWER = 1000


class LedgerSerializer(serializers.Serializer):
    """One ledger and what it asks, by the columns of its questions."""

    ledger = serializers.CharField(max_length=60)
    fields = serializers.DictField(
        child=serializers.CharField(
            max_length=LONGEST_ANSWER, allow_blank=True, allow_null=True
        ),
        default=dict,
    )


def ledgers_field() -> serializers.ListField:
    """Return the field of the ledgers in the body of a visit."""
    return serializers.ListField(
        child=LedgerSerializer(), max_length=MOST_LEDGERS, default=list
    )


def read_answers(told: Sequence[dict], visit: Visit) -> list[Answer]:
    """Return what was told for ledgers, asked as the page asks it.

    Raises ValidationError, in the words of the page, for what cannot be entered.
    """
    answers, faults = [], []
    for one in told:
        ledger = ledgers.get(one["ledger"])
        if ledger is None:
            faults.append(_("没有这本台账，请更新页面后再登记。"))
            continue
        form = EntryForm(one["fields"], ledger=ledger)
        if form.is_valid():
            answers.append(form.answer)
            continue
        faults += [
            f"{ledger.label}{colon()}{form[name].label}{colon()}{sentence}"
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
    if faults:
        raise ValidationError({"ledgers": faults})
    check_answers(visit, answers)
    return answers


def told_words(told: Sequence[dict]) -> dict[str, str]:
    """Return what was told for ledgers in words, by ledger, whether it holds or not."""
    return {one["ledger"]: words_of(one) for one in told}


def words_of(one: dict) -> str:
    ledger = ledgers.get(one["ledger"])
    form = ledger and EntryForm(one["fields"], ledger=ledger)
    if form and form.is_valid():
        return ledger.words(form.cleaned_data)
    return formats.phrased(filter(None, one["fields"].values()))


def stand_in_the_same(
    visit: Visit, told: Sequence[dict], *, with_suggested: bool
) -> bool:
    """Answer whether a stored visit was entered as is told, struck out since or not.

    What was entered without saying may stand there beside it, if that was wanted.
    """
    entered, said = ever_entered(visit), told_words(told)
    more = entered.keys() - said.keys() if with_suggested else ()
    unsaid = {slug for slug in more if may_go_unsaid(slug) and not entered[slug]}
    return said == {slug: entered[slug] for slug in entered.keys() - unsaid}


def may_go_unsaid(slug: str) -> bool:
    """Answer whether a visit may be entered into the ledger by why it is paid alone."""
    ledger = ledgers.get(slug)
    return ledger is not None and bool(ledger.rules) and unasked_of(ledger) is not None
