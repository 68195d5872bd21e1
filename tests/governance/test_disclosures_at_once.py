"""Two people approve at the same moment: one legal history, whoever is slower."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.disclosing.asking import PER_HOUR, TooOften, ask
from governance.models import Disclosure, Question, Statement, Voucher
from governance.workflows import (
    DisclosureWorkflow,
    StatementWorkflow,
    VoucherWorkflow,
)
from tests.factories import (
    make_approval_tier,
    make_assignment,
    make_disclosure,
    make_matter,
    make_statement,
    make_voucher,
)
from tests.visits.test_at_once import AT_ONCE, all_at_once
from toolkit.history import history_of
from toolkit.periods import Period
from toolkit.reference_clocks import load_clock_limits

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = Period.parse("2026-06")


@pytest.fixture(autouse=True)
def table(street):
    load_clock_limits()
    make_matter(street, cadence="month", group="finance")
    make_approval_tier(street, least=0)


@pytest.fixture
def people(donghu):
    return [make_assignment(f"hua-{n}", donghu).user for n in range(AT_ONCE)]


def outcome(work):
    """Return "done", or "refused" where a sentence said why not."""
    try:
        work()
    except ValidationError:
        return "refused"
    return "done"


def test_a_voucher_is_approved_once(donghu, people):
    voucher = make_voucher(donghu, status="review")
    told = all_at_once(
        lambda n: outcome(
            lambda: VoucherWorkflow.apply(voucher, "approve", by=people[n])
        )
    )
    assert sorted(told) == ["done"] + ["refused"] * (AT_ONCE - 1)
    [line] = history_of(voucher)
    voucher.refresh_from_db()
    assert voucher.approver == line.by


def test_a_disclosure_is_published_or_returned(donghu, people):
    row = make_disclosure(donghu, status="review")
    steps = ("publish", "return", "publish", "return")

    def decide(number):
        by = people[number]
        return outcome(
            lambda: DisclosureWorkflow.apply(row, steps[number], by=by, note="改一处")
        )

    told = all_at_once(decide)
    assert sorted(told) == ["done"] + ["refused"] * (AT_ONCE - 1)
    assert history_of(row).count() == 1


def test_of_two_disclosures_of_one_duty_one_is_public(donghu, people):
    first = make_disclosure(donghu, status="review")
    rows = [first] + [
        make_disclosure(donghu, status="review", matter=first.matter)
        for _number in range(AT_ONCE - 1)
    ]

    def publish(number):
        step, row, by = DisclosureWorkflow.apply, rows[number], people[number]
        return outcome(lambda: step(row, "publish", by=by))

    told = all_at_once(publish)
    assert sorted(told) == ["done"] + ["refused"] * (AT_ONCE - 1)
    assert Disclosure.objects.published().count() == 1


def test_a_voucher_is_in_the_statement_or_refused(donghu, people):
    """Whoever comes first: no approved voucher is missing from a published period."""
    wanted = {"dated_on": JUNE.last_day, "amount": Decimal(7)}
    vouchers = [make_voucher(donghu, status="draft", **wanted) for _n in range(3)]
    statement = make_statement(
        donghu, day=JUNE.start, opening=100, counted=100, status="review"
    )
    Voucher.objects.update(status="dropped")
    Voucher.objects.filter(pk=vouchers[0].pk).update(
        status="review", dated_on=timezone.localdate()
    )

    def act(number):
        by = people[number]
        if number == 0:
            return outcome(lambda: StatementWorkflow.apply(statement, "publish", by=by))
        rows = Voucher.objects.filter(pk=vouchers[0].pk, status="review")
        rows.update(dated_on=JUNE.last_day)
        return outcome(lambda: VoucherWorkflow.apply(vouchers[0], "approve", by=by))

    all_at_once(act)
    for shut in Statement.objects.published():
        sums = Voucher.objects.filter(org_unit=donghu).approved_in(JUNE).sums()
        assert sums["expense"] == shut.expense


def test_vouchers_entered_at_once_have_numbers_of_their_own(donghu, people):
    all_at_once(lambda n: make_voucher(donghu, handler=people[n]))
    numbers = Voucher.objects.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, AT_ONCE + 1))


def test_an_address_gets_no_more_by_asking_at_once(donghu):
    row = make_disclosure(donghu, status="published")

    def keep_asking(_number):
        said = {"text": "这笔支出做什么用？", "is_open": True, "address": "10.0.0.7"}
        for _time in range(PER_HOUR):
            try:
                ask(disclosure=row, **said)
            except TooOften:
                return

    all_at_once(keep_asking)
    assert Question.objects.count() == PER_HOUR
