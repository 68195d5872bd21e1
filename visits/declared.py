"""The ledgers that there are, by name; filled at start (see visits/ledgers.py).

A module of its own, so that an entry may look its ledger up: what declares ledgers can
only be imported once the models are there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit import formats
from toolkit.registry import Registry

ledgers = Registry("ledger")
SUBJECT_KINDS = ("resident", "household", "organisation")


@dataclass(frozen=True)
class Question:
    """One thing that a ledger asks; the answer stands in a column of the entry."""

    column: str
    label: str
    is_required: bool = True
    unit: str = ""
    hint: str = ""
    # Of a number the largest, of a text the most characters.
    most: int | Decimal | None = None
    choices: tuple[tuple[str, str], ...] = ()
    # What is chosen before anybody has answered.
    first: str = ""

    def words(self, value, *, is_bare: bool = True) -> str:
        """Return an answer as people read it: 慰问金 200.00 元, or the bare text.

        A text that is not `is_bare` bears its label: 慰问品 棉被一床.
        """
        if value in (None, ""):
            return ""
        if self.choices:
            return str(dict(self.choices).get(value, value))
        if not self.unit:
            return str(value) if is_bare else f"{self.label} {value}"
        is_money = isinstance(value, Decimal)
        told = formats.money(value) if is_money else formats.count(value)
        return f"{self.label} {told} {self.unit}"


def everybody(subject) -> bool:
    """Let a ledger fit whoever is of a kind that it names."""
    return True


def nothing_amiss(answers: dict) -> dict[str, str]:
    """Find nothing wrong with answers beside each other."""
    return {}


@dataclass(frozen=True)
class Ledger:
    """A register into which a visit may be entered, with what it asks for that."""

    slug: str
    label: str
    # One sentence on what is entered; the figures of the ledger begin with it.
    about: str
    icon: str = "ledger"
    # The kinds of subject that it is about, as a visit names them.
    fits: tuple[str, ...] = SUBJECT_KINDS
    # (subject) -> whether it is about this very person, household or unit.
    applies: Callable = everybody
    asks: tuple[Question, ...] = ()
    # The rules of visits whose people the ledger is about: it is chosen for them before
    # anybody has tapped.
    rules: tuple[str, ...] = ()
    # Whether there is nothing to enter where nobody was met.
    needs_meeting: bool = True
    # (answers) -> {column: sentence} for what does not go together; an answer that
    # cannot be read is not among them.
    check: Callable = nothing_amiss
    # (visit, answers, by) -> a record of the pillar's own model, to which the entry
    # leads; None: the entry itself is all there is.
    write: Callable | None = None

    @property
    def pillar(self) -> str:
        return self.slug.partition(".")[0]

    def is_about(self, subject) -> bool:
        """Answer whether a visit to the subject may be entered."""
        return subject._meta.model_name in self.fits and self.applies(subject)

    def is_chosen_first(self, duties: Iterable) -> bool:
        """Answer whether the form proposes it to who is visited by these duties."""
        return any(duty.rule.slug in self.rules for duty in duties)

    def words(self, answers: Mapping) -> str:
        """Return answers in the order of the questions: 春节，慰问品 棉被，签收 本人.

        A text says what it tells, unless it is the first; who signed is always told.
        """
        told: list[str] = []
        for one in self.asks:
            is_bare = not told and one.column != "receipt"
            words = one.words(answers.get(one.column), is_bare=is_bare)
            told += [words] if words else []
        return formats.phrased(told)

    def asks_for(self, column: str) -> bool:
        return any(one.column == column for one in self.asks)


def name_of(slug: str) -> str:
    """Return what a ledger is called; its slug where no app declares it any more."""
    book = ledgers.get(slug)
    return str(book.label) if book else slug


def ledgers_for(subject) -> list[Ledger]:
    """Return the ledgers into which a visit to the subject may be entered.

    Where nobody knows yet whom, these are all of them.
    """
    known = ledgers.values()
    return [one for one in known if subject is None or one.is_about(subject)]
