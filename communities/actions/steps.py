"""The frame of every step of a household: lock, change, check, write it all down.

    with step(Kind.SPLIT, households=[old], happened_on=day, by=user) as draft:
        new = draft.save(Household(…))
        draft.put(resident, new, HEAD)

Leaving the block applies the moves (demotions first, heads last, so that the
one-head constraint never trips), checks what must hold, and writes the step, its
events, the histories and the audit trail in the same transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.step_days import check_births, check_day
from communities.actions.step_records import write_down
from communities.household_state import fingerprint, head_of, members_of, state_of
from communities.models import HEAD, Household, HouseholdStep, Resident
from communities.relations import UNKNOWN
from communities.turns import take_turn

Kind = HouseholdStep.Kind
# SQLSTATE deadlock_detected of PostgreSQL, Appendix A.
DEADLOCK = "40P01"


@dataclass
class Draft:
    """What a step is going to do, collected before anything is written."""

    kind: str
    happened_on: date
    reported_on: date
    reason: str
    by: object
    before: dict
    touched: set[int]
    residents: set[int]
    undoes: HouseholdStep | None = None
    step: HouseholdStep | None = None
    # Residents whose relation could not be worked out, with the likely code.
    likely: dict[int, str] = field(default_factory=dict)
    moves: dict[int, dict] = field(default_factory=dict)
    # What else changes on residents, such as that one comes back on the rolls.
    values: dict[int, dict] = field(default_factory=dict)

    def put(self, resident: Resident, household: Household | None, relation: str):
        """Let the resident belong to the household in this relation."""
        self.moves[resident.pk] = {"household_id": None, "relation": relation}
        self.residents.add(resident.pk)
        if household is not None:
            place = {"household_id": household.pk, "org_unit_id": household.org_unit_id}
            self.moves[resident.pk] |= place

    def save(self, household: Household) -> Household:
        """Write a household; raises ValidationError on a number in use."""
        save_household(household)
        self.touched.add(household.pk)
        return household

    def close(self, household: Household) -> None:
        """End the household on the day of the step."""
        household.closed_on = self.happened_on
        household.save(update_fields=["closed_on"])

    def apply(self) -> None:
        """Write the moves in an order in which no household ever has two heads."""
        now = timezone.now()
        heads = Resident.objects.filter(pk__in=self.moves, relation=HEAD)
        heads.update(relation=UNKNOWN, updated_at=now)
        for pk, values in self.values.items():
            Resident.objects.filter(pk=pk).update(**values, updated_at=now)
        for pk, move in sorted(
            self.moves.items(), key=lambda item: item[1]["relation"] == HEAD
        ):
            Resident.objects.filter(pk=pk).update(**move, updated_at=now)


def save_household(household: Household) -> None:
    """Save a household; raises ValidationError where its number is taken."""
    try:
        with transaction.atomic():
            household.save()
    except IntegrityError as taken:
        raise ValidationError(
            _("户号“%(number)s”在%(unit)s已有一户在用，请换一个户号。")
            % {"number": household.number, "unit": household.org_unit.full_name}
        ) from taken


def overtaken() -> ValidationError:
    return ValidationError(
        _("刚才有人改动了这一户，您看到的已经不是最新情况。请重新核对后再办。"),
        code="stale",
    )


@contextmanager
def at_once() -> Iterator[None]:
    """Run in one transaction; losing a deadlock is told as a colleague's change."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as failure:
        if getattr(failure.__cause__, "pgcode", None) != DEADLOCK:
            raise
        raise overtaken() from failure


@contextmanager
def step(
    kind: str,
    *,
    households: list[Household],
    residents: list[Resident] = (),
    happened_on: date,
    reported_on: date | None = None,
    reason: str = "",
    by=None,
    expected: str = "",
    undoes: HouseholdStep | None = None,
) -> Iterator[Draft]:
    """Run one step of households in one transaction.

    `expected` is the fingerprint of the state that the clerk saw, `reported_on` the day
    on which an event of a person was told; raises ValidationError with a sentence when
    the state no longer stands or a rule is broken.
    """
    with at_once():
        draft = Draft(
            kind=kind,
            happened_on=happened_on,
            reported_on=reported_on or timezone.localdate(),
            reason=reason,
            by=by,
            before={},
            touched={household.pk for household in households},
            residents={resident.pk for resident in residents},
            undoes=undoes,
        )
        begin(draft, expected)
        # What is told of a person, or taken back, has been asked for its own day.
        is_own_step = reported_on is None and undoes is None
        if is_own_step:
            check_day(happened_on, draft.touched)
        yield draft
        if is_own_step:
            check_births(happened_on, draft.moves)
        finish(draft)


def begin(draft: Draft, expected: str) -> None:
    """Hold what the step is about, and see that it is what the clerk has seen."""
    lock(draft.touched, draft.residents)
    draft.before = state_of(draft.touched, draft.residents)
    check_expected(draft.before, expected)


def finish(draft: Draft) -> None:
    """Write the moves, check what must hold now, and write the step down."""
    draft.apply()
    after = state_of(draft.touched, draft.residents)
    check_rules(draft.before, after)
    draft.step = write_down(draft, after)


def lock(households: set[int], residents: set[int]) -> None:
    """Hold the rows until the end of the transaction, always in the same order.

    A roster waits meanwhile, or we for the roster: see communities/turns.py. SQLite
    needs no row locks: its write transactions wait for each other.
    """
    take_turn()
    for model, keys in ((Household, households), (Resident, residents)):
        rows = model.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        list(rows.values_list("pk"))


def hold_resident(pk: int) -> Resident:
    """Hold a resident with his household, in the order of every step; return him."""
    person = Resident.objects.filter(pk=pk)
    home = person.values_list("household", flat=True).get()
    lock({home} - {None}, {pk})
    resident = person.select_related("household").get()
    if resident.household_id != home:
        raise overtaken()
    return resident


def check_expected(state: dict, expected: str) -> None:
    """Raise ValidationError when the state is not the one the clerk has seen."""
    if expected and fingerprint(state) != expected:
        raise overtaken()


def check_rules(before: dict, after: dict) -> None:
    """Raise ValidationError where a household would be left without a head or door."""
    for key, home in after["households"].items():
        members = members_of(after, int(key))
        if home["closed_on"] and members:
            raise ValidationError(
                _("户号%(number)s还有%(count)d人在册，不能销户。")
                % {"number": home["number"], "count": len(members)}
            )
        had_head = key not in before["households"] or head_of(before, int(key))
        if members and had_head and head_of(after, int(key)) is None:
            raise ValidationError(
                _("户号%(number)s还有%(count)d人，请选一位接任户主。")
                % {"number": home["number"], "count": len(members)},
                code="no_head",
            )
