"""Which days of a unit's books are shut, and with how much a period begins.

What was published stays as it is: no voucher enters its days any more.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from governance.models import Statement, Voucher
from toolkit import formats
from toolkit.periods import Period


def shut_before(unit_pk: int) -> date | None:
    """Return the first day that is still open, None where no period is shut."""
    rows = Statement.objects.published().filter(org_unit=unit_pk)
    return rows.order_by("-ends_on").values_list("ends_on", flat=True).first()


def why_shut(unit_pk: int, day: date) -> str:
    """Return why no voucher of a day is taken, and the way to correct it, or ""."""
    first = shut_before(unit_pk)
    if first is None or day >= first:
        return ""
    words = _(
        "%(last)s以前的收支已经公布，不能再登记这一天的凭证。"
        "要更正，请在%(first)s或以后登记一张新凭证，并选“更正的原凭证”。"
    )
    last = Period(day, first).last_day
    return words % {"last": formats.cn_date(last), "first": formats.cn_date(first)}


def opening_of(unit: OrgUnit, period: Period) -> Decimal | None:
    """Return with how much a period begins by what was published; None at first.

    From the last published statement that began no later: its own opening, and every
    approved voucher between the two.
    """
    rows = Statement.objects.published().filter(org_unit=unit)
    base = rows.filter(starts_on__lte=period.start).order_by("-starts_on").first()
    if base is None:
        return None
    if base.starts_on == period.start:
        return base.opening
    between = Voucher.objects.filter(org_unit=unit).approved_in(
        Period(base.starts_on, period.start)
    )
    sums = between.sums()
    return base.opening + sums["income"] - sums["expense"]


def figures_of(statement: Statement) -> dict[str, Decimal]:
    """Return opening, income, expense, closing, and by how much the count differs."""
    sums = {"income": statement.income, "expense": statement.expense}
    if statement.status != "published":
        mine = Voucher.objects.filter(org_unit=statement.org_unit_id)
        sums = mine.approved_in(statement.period).sums()
    closing = statement.opening + sums["income"] - sums["expense"]
    return sums | {
        "opening": statement.opening,
        "closing": closing,
        "counted": statement.counted,
        "off": statement.counted - closing,
    }
