"""Writes that go with the approval of vouchers and the publication of statements."""

from django.utils.translation import gettext as _

from governance.books.guards import matter_of
from governance.books.periods import figures_of
from governance.models import Disclosure, Statement, Voucher
from toolkit import formats
from toolkit.history import remember
from toolkit.workflow import workflow_of


def sign(voucher: Voucher, by) -> None:
    """Effect of approving: who approved stands on the voucher."""
    voucher.approver = by
    voucher.save(update_fields=["approver"])


def freeze(statement: Statement) -> None:
    """Write down income and expense as they are; the row keeps them from then on."""
    sums = figures_of(statement)
    statement.income, statement.expense = sums["income"], sums["expense"]
    statement.save(update_fields=["income", "expense"])


def disclose(statement: Statement, by) -> None:
    """Effect of publishing: residents read it as a disclosure of the catalogue."""
    words = _(
        "期初%(opening)s元，收入%(income)s元，支出%(expense)s元，期末%(closing)s元。"
    )
    told = {name: formats.money(one) for name, one in figures_of(statement).items()}
    disclosure = Disclosure.objects.create(
        org_unit=statement.org_unit,
        matter=matter_of(statement),
        title=_("%(period)s收支情况") % {"period": statement.period_words},
        body=words % told,
        period=statement.period.slug,
        formed_on=statement.period.last_day,
        statement=statement,
        author=statement.author,
    )
    remember(disclosure, "created", _("由报表生成"), by=statement.author)
    life = workflow_of(Disclosure)
    life.apply(disclosure, "submit")
    life.apply(disclosure, "publish", note=_("随收支报表公布。"))
