"""A statement as a table of finished strings, the same for staff and residents."""

from django.utils.translation import gettext as _

from governance.books.periods import figures_of
from governance.models import Statement, Voucher
from toolkit import formats
from toolkit.formats import money


def table_of(statement: Statement) -> dict:
    """Return the rows with the running balance, and the sums below them."""
    sums = figures_of(statement)
    balance, rows = statement.opening, []
    found = statement.vouchers.select_related("handler", "approver", "corrects")
    for voucher in found:
        is_income = voucher.kind == Voucher.Kind.INCOME
        balance += voucher.amount if is_income else -voucher.amount
        rows.append(line_of(voucher, balance, is_income=is_income))
    return {
        "title": statement.period_words,
        "rows": rows,
        "opening": money(sums["opening"]),
        "income": money(sums["income"]),
        "expense": money(sums["expense"]),
        "closing": money(sums["closing"]),
        "counted": money(sums["counted"]),
        "off": money(sums["off"]) if sums["off"] else "",
    }


def line_of(voucher: Voucher, balance, *, is_income: bool) -> dict:
    """Return one voucher with the columns that a statement is posted with."""
    purpose = voucher.purpose
    if voucher.corrects_id:
        told = {"purpose": purpose, "code": voucher.corrects.code}
        purpose = _("%(purpose)s（更正凭证%(code)s）") % told
    return {
        "pk": voucher.pk,
        "day": formats.cn_day(voucher.dated_on),
        "code": voucher.code,
        "purpose": purpose,
        "income": money(voucher.amount) if is_income else "",
        "expense": "" if is_income else money(voucher.amount),
        "balance": money(balance),
        "handler": str(voucher.handler),
        "approver": str(voucher.approver or ""),
        "papers": formats.yes_no(bool(voucher.file)),
    }
