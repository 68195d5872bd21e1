"""What must hold before vouchers are approved, statements published: in sentences."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.books.periods import figures_of, opening_of, shut_before, why_shut
from governance.books.tiers import tier_for
from governance.disclosing.writers import has_written
from governance.models import ApprovalTier, Matter, Statement, Voucher
from toolkit import formats
from toolkit.periods import Period

BY_MEETING = (ApprovalTier.Approver.COMMITTEE, ApprovalTier.Approver.ASSEMBLY)


def why_not_hand_in(voucher: Voucher, by) -> str:
    """Return what keeps a voucher from being handed in, or ""."""
    if not voucher.file and not voucher.corrects_id:
        return _("请先添加发票、收据等附件。")
    return why_shut(voucher.org_unit_id, voucher.dated_on) or why_no_meeting(voucher)


def why_no_meeting(voucher: Voucher) -> str:
    """Ask for the decision of a meeting where the amount demands one."""
    tier = tier_for(voucher.org_unit, voucher.amount)
    if tier is None:
        return _("还没有登记审批权限，请街道先登记。")
    if tier.approver not in BY_MEETING or (voucher.decision and voucher.decided_on):
        return ""
    words = _(
        "金额%(amount)s元，%(least)s元起须由%(approver)s，"
        "请填会议日期和会议记录。依据：%(source)s。"
    )
    told = {"amount": formats.money(voucher.amount)}
    told |= {"least": formats.money(tier.least), "source": tier.source}
    return words % (told | {"approver": tier.get_approver_display()})


def why_not_own(voucher: Voucher, by) -> str:
    """Leave the approval to somebody who did not handle or change the voucher."""
    if has_written(voucher, by):
        return _("经手人和改过凭证的人不能审批，请由另一人审批。")
    return ""


def why_not_approve(voucher: Voucher, by) -> str:
    """Return what keeps this person from approving the voucher, or ""."""
    return why_not_own(voucher, by) or why_not_hand_in(voucher, by)


def why_not_check(statement: Statement, by) -> str:
    """Return the sentence that leaves the check to a second person, or ""."""
    if has_written(statement, by):
        return _("编制人和改过报表的人不能审核，请由另一人审核。")
    return ""


def why_not_close(statement: Statement, by) -> str:
    """Return what keeps the statement from being handed in or published, or ""."""
    reasons = (not_over, still_open, left_between, wrong_opening, not_adding_up)
    found = (reason(statement) for reason in (*reasons, no_matter))
    return next(filter(None, found), "")


def why_not_publish(statement: Statement, by) -> str:
    """Return what keeps this person from publishing the statement, or ""."""
    return why_not_check(statement, by) or why_not_close(statement, by)


def not_over(statement: Statement) -> str:
    if statement.ends_on <= timezone.localdate():
        return ""
    return _("%(period)s还没有结束。") % {"period": statement.period_words}


def still_open(statement: Statement) -> str:
    """Refuse while vouchers of the period wait: they could not be entered later."""
    mine = Voucher.objects.filter(org_unit=statement.org_unit_id)
    count = mine.open_in(statement.period).count()
    words = ngettext(
        "本期还有 %(count)d 张凭证没有审批，请先审批或不采用。",
        "本期还有 %(count)d 张凭证没有审批，请先审批或不采用。",
        count,
    )
    return words % {"count": count} if count else ""


def left_between(statement: Statement) -> str:
    """Refuse to pass over days with vouchers that would be told nowhere."""
    first = shut_before(statement.org_unit_id)
    if first is None or first >= statement.starts_on:
        return ""
    mine = Voucher.objects.filter(org_unit=statement.org_unit_id)
    gap = Period(first, statement.starts_on)
    if not mine.filter(gap.on("dated_on")).exclude(status="dropped").exists():
        return ""
    return _("请先公布%(days)s的报表，那里有凭证。") % {"days": gap.label}


def wrong_opening(statement: Statement) -> str:
    """Refuse an opening that is not what was published before."""
    due = opening_of(statement.org_unit, statement.period)
    if due is None or due == statement.opening:
        return ""
    words = _("期初余额应为上期期末%(due)s元，现在填的是%(given)s元。")
    given = formats.money(statement.opening)
    return words % {"due": formats.money(due), "given": given}


def not_adding_up(statement: Statement) -> str:
    """Refuse where opening + income − expense is not what was counted."""
    sums = figures_of(statement)
    if not sums["off"]:
        return ""
    words = _(
        "账实不符，不能公布：期初%(opening)s＋收入%(income)s－支出%(expense)s"
        "＝%(closing)s，清点%(counted)s，相差%(off)s元。请核对凭证和清点数。"
    )
    return words % {name: formats.money(one) for name, one in sums.items()}


def matter_of(statement: Statement) -> Matter | None:
    """Return the matter of the catalogue under which the statement is published."""
    rows = Matter.objects.for_unit(statement.org_unit)
    rows = rows.filter(group=Matter.Group.FINANCE, cadence=statement.period.kind)
    return rows.order_by("number", "pk").first()


def no_matter(statement: Statement) -> str:
    if matter_of(statement):
        return ""
    return _("公开目录里没有这样多久一次的财务事项，请街道先登记。")
