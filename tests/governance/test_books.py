"""Books that close: tiers, a second person, shut periods, sums that agree (F026)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.books.periods import figures_of, opening_of
from governance.books.tiers import tier_for
from governance.forms import StatementForm, VoucherForm
from governance.models import Disclosure, Statement, Voucher
from governance.workflows import StatementWorkflow, VoucherWorkflow
from tests.factories import (
    make_approval_tier,
    make_assignment,
    make_matter,
    make_statement,
    make_voucher,
)
from toolkit.periods import Period

pytestmark = pytest.mark.usefixtures("tiers")
MAY, JUNE, JULY = (Period.parse(f"2026-0{number}") for number in (5, 6, 7))


@pytest.fixture
def hua(donghu):
    return make_assignment("hua", donghu).user


@pytest.fixture
def tiers(street):
    make_matter(street, cadence="month", group="finance")
    make_approval_tier(street, least=0)
    make_approval_tier(street, least=2000, approver="committee")
    make_approval_tier(street, least=20000, approver="assembly", source="第三十条")


@pytest.fixture
def bought(donghu, lin):
    return make_voucher(donghu, handler=lin, amount=Decimal("0.30"))


@pytest.fixture
def june(donghu, lin, hua):
    """Published: 100.10 and 0.20 came in, 0.30 went out."""
    for kind, amount in (("income", "0.20"), ("expense", "0.30")):
        make_voucher(
            donghu, kind=kind, amount=Decimal(amount), status="approved", approver=hua
        )
    return make_statement(
        donghu, day=JUNE.start, opening="100.10", counted="100.00", author=lin
    )


def approve(voucher, by):
    step = VoucherWorkflow.apply
    return step(step(voucher, "submit", by=voucher.handler), "approve", by=by)


def publish(statement, by):
    step = StatementWorkflow.apply
    return step(step(statement, "submit", by=statement.author), "publish", by=by)


@pytest.mark.parametrize(
    ("amount", "who"),
    [
        ("1999.99", "director"),
        ("2000.00", "committee"),
        ("19999.99", "committee"),
        ("20000.00", "assembly"),
    ],
)
def test_the_amount_says_who_approves(donghu, amount, who):
    assert tier_for(donghu, Decimal(amount)).approver == who


def test_the_tier_of_a_unit_goes_before_that_of_the_street(donghu, xihu):
    make_approval_tier(donghu, least=2000, approver="assembly")
    assert tier_for(donghu, Decimal(2000)).approver == "assembly"
    assert tier_for(xihu, Decimal(2000)).approver == "committee"


def test_another_person_approves(bought, hua):
    assert approve(bought, hua).approver == hua


def test_who_handled_it_does_not_approve_it(bought, lin):
    with pytest.raises(ValidationError, match="请由另一人审批"):
        approve(bought, lin)


def test_a_large_amount_needs_a_meeting(donghu, lin, hua):
    large = make_voucher(donghu, handler=lin, amount=20000)
    with pytest.raises(ValidationError, match="第三十条"):
        approve(large, hua)
    Voucher.objects.update(decided_on=date(2026, 6, 1), decision="代表会议3号决议")
    assert approve(large, hua).status == "approved"


def test_no_paper_no_voucher(donghu, lin, hua):
    bare = make_voucher(donghu, handler=lin, file="")
    with pytest.raises(ValidationError, match="附件"):
        approve(bare, hua)


def test_what_adds_up_is_published_and_read(june, hua):
    shown = publish(june, hua)
    assert (shown.income, shown.expense) == (Decimal("0.20"), Decimal("0.30"))
    disclosure = Disclosure.objects.published().get()
    assert (disclosure.statement, disclosure.period) == (shown, "2026-06")


@pytest.mark.parametrize("counted", ["99.99", "100.01"])
def test_a_fen_too_much_or_too_little_is_refused(june, hua, counted):
    Statement.objects.update(counted=counted)
    with pytest.raises(ValidationError, match="账实不符"):
        publish(june, hua)


def test_who_drew_it_up_does_not_publish_it(june, lin):
    with pytest.raises(ValidationError, match="请由另一人审核"):
        publish(june, lin)


def test_a_voucher_that_waits_keeps_its_period_open(june, donghu, lin, hua):
    make_voucher(donghu, handler=lin)
    with pytest.raises(ValidationError, match="还有 1 张凭证"):
        publish(june, hua)


def sent(unit, **changed):
    fields = {"kind": "expense", "amount": "5", "purpose": "纸", "org_unit": unit.pk}
    return fields | {"dated_on": "2026-06-30"} | changed


def test_a_voucher_of_a_published_period_is_refused_with_the_way_out(june, donghu, hua):
    publish(june, hua)
    form = VoucherForm(sent(donghu), user=hua)
    [refusal] = form.errors["dated_on"]
    assert "已经公布" in refusal
    assert "2026年7月1日或以后登记一张新凭证" in refusal
    assert VoucherForm(sent(donghu, dated_on="2026-07-01"), user=hua).is_valid()


def test_a_voucher_that_came_too_late_is_not_approved(june, bought, donghu, hua):
    Voucher.objects.filter(pk=bought.pk).update(dated_on=JULY.start)
    publish(june, hua)
    Voucher.objects.filter(pk=bought.pk).update(dated_on=JUNE.last_day)
    with pytest.raises(ValidationError, match="已经公布"):
        approve(bought, hua)


def test_a_correction_is_a_new_voucher_that_names_the_old(june, donghu, hua):
    publish(june, hua)
    old = Voucher.objects.first()
    form = VoucherForm(sent(donghu, dated_on="2026-07-02", corrects=old.pk), user=hua)
    assert form.is_valid(), form.errors
    assert form.save().corrects == old


def test_the_next_period_begins_with_what_was_published(june, donghu, hua, lin):
    publish(june, hua)
    assert opening_of(donghu, JULY) == Decimal("100.00")
    about = {"org_unit": donghu.pk, "period": "2026-07", "counted": "100"}
    form = StatementForm(about, user=lin)
    assert form.is_valid(), form.errors
    assert form.save().opening == Decimal("100.00")


def test_a_wrong_opening_is_refused(june, donghu, hua, lin):
    publish(june, hua)
    july = make_statement(donghu, day=JULY.start, author=lin)
    with pytest.raises(ValidationError, match="期初余额应为上期期末100.00元"):
        publish(july, hua)


def test_no_month_with_vouchers_is_passed_over(june, donghu, hua, lin):
    publish(june, hua)
    make_voucher(
        donghu, dated_on=date(2026, 7, 3), status="approved", amount=1, approver=hua
    )
    august = make_statement(
        donghu, day=date(2026, 8, 1), opening=99, counted=99, author=lin
    )
    with pytest.raises(ValidationError, match="请先公布"):
        publish(august, hua)


def test_a_quarter_adds_up_over_its_months(june, donghu, street, hua, lin):
    make_matter(street, cadence="quarter", group="finance")
    publish(june, hua)
    quarter = Period.parse("2026-Q2")
    whole = make_statement(donghu, opening="100.10", counted="100.00", author=lin)
    Statement.objects.filter(pk=whole.pk).update(
        starts_on=quarter.start, ends_on=quarter.end
    )
    whole.refresh_from_db()
    assert publish(whole, hua).status == "published"
    assert figures_of(whole)["off"] == 0


def test_vouchers_are_counted_in_unit_and_year(donghu, xihu):
    codes = [make_voucher(unit).code for unit in (donghu, donghu, xihu)]
    assert codes == ["2026-0001", "2026-0002", "2026-0001"]
