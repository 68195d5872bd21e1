"""Ledgers: one visit is told once and entered wherever it belongs.

    # safety/ledgers.py
    ledger(
        "safety.hazard",
        label=_("安全隐患"),
        about=_("走访时看到的隐患"),
        asks=(choice(_("隐患类别"), HAZARDS), text(_("隐患描述"))),
        needs_meeting=False,
    )

The declaration is all: the visit form offers the ledger to whom it fits and asks what
it asks, phones may hand it in, receipt, list and file show its entries, and the figures
of the app count them and add up money and minutes. A slug is "app.word".
"""

from collections.abc import Callable
from decimal import Decimal

from django.db.models import F, Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from toolkit.metrics import metric
from visits.declared import Ledger, Question, ledgers
from visits.models import LedgerEntry
from visits.models.entries import RECEIPT_LENGTH, TEXT_LENGTH

MOST_YUAN = Decimal(100_000)
MOST_COUNTED = 999
MINUTES_OF_A_DAY = 24 * 60


def money(label, *, most: Decimal = MOST_YUAN, **more) -> Question:
    """Ask for an amount in yuan, with two decimals."""
    return Question("amount", label, unit=_("元"), most=most, **more)


def count(label, *, unit, most: int = MOST_COUNTED, **more) -> Question:
    """Ask for a whole number of something."""
    return Question("quantity", label, unit=unit, most=most, **more)


def minutes(label, *, most: int = MINUTES_OF_A_DAY, **more) -> Question:
    """Ask how long something took, in minutes; of each where a number is asked too."""
    return Question("minutes", label, unit=_("分钟"), most=most, **more)


def choice(label, choices, **more) -> Question:
    """Ask for one of a few, one tap each."""
    return Question("category", label, choices=tuple(choices), **more)


def text(label, *, most: int = TEXT_LENGTH, **more) -> Question:
    """Ask for a few words; numbers of people are refused in them."""
    return Question("text", label, most=most, **more)


def receipt(label, *, most: int = RECEIPT_LENGTH, **more) -> Question:
    """Ask by what it is proved that something was handed over."""
    return Question("receipt", label, most=most, **more)


def ledger(slug: str, **declared) -> Ledger:
    """Declare a ledger and its figures; raises ValueError for a slug that is taken."""
    one = ledgers.add(slug, Ledger(slug, **declared))
    count_entries(one)
    return one


def count_entries(one: Ledger) -> None:
    """Register the figures of a ledger, all of them told from the same rows."""
    rows = rows_of(one.slug)
    metric(
        one.slug,
        label=one.label,
        unit=_("次"),
        meaning=format_lazy(_("{about}按走访日期计次，作废的不算。"), about=one.about),
    )(rows)
    for asked in one.asks:
        if asked.column in SUMS:
            metric(
                f"{one.slug}_{asked.column}",
                label=asked.label,
                unit=asked.unit,
                value=sum_of(one, asked.column),
                decimals=2 if asked.column == "amount" else 0,
                meaning=format_lazy(
                    _("“{ledger}”台账里{what}的合计，按走访日期，作废的不算。"),
                    ledger=one.label,
                    what=asked.label,
                ),
            )(rows)


SUMS = ("amount", "minutes")


def sum_of(one: Ledger, column: str) -> Sum:
    """Return what adds a column up; minutes of each count as often as there are."""
    if column == "minutes" and one.asks_for("quantity"):
        return Sum(F("minutes") * F("quantity"))
    return Sum(column)


def rows_of(slug: str) -> Callable:
    """Return the function that gives the entries behind the figures of a ledger."""

    def rows(period):
        return LedgerEntry.objects.standing().of(slug).happened_in(period)

    return rows
