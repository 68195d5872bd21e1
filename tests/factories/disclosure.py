"""Rows of publication and of the books of a community."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from governance.disclosing.owed import duty_of
from governance.models import (
    ApprovalTier,
    Complaint,
    Disclosure,
    Matter,
    Posting,
    Question,
    Statement,
    Voucher,
)
from governance.models.questions import hash_of, new_code
from tests.factories.core import make_user, numbers
from toolkit.periods import Period
from toolkit.reference_clocks import load_clock_limits

THEN = date(2026, 6, 30)
JUNE = Period.parse("2026-06")


def make_matter(org_unit, **fields):
    number = next(numbers)
    defaults = {
        "number": number,
        "first_level": "财务",
        "second_level": f"事项{number}",
        "contents": "收入、支出和结余",
        "basis": "《城市居民委员会组织法》第三十四条",
        "time_limit": "20个工作日内",
        "publisher": "居民委员会",
        "channels": "公开栏",
        "level": "社区",
        "group": Matter.Group.FINANCE,
        "cadence": Matter.Cadence.MONTH,
        "starts_on": date(2026, 1, 1),
    }
    return Matter.objects.create(org_unit=org_unit, **defaults | fields)


def make_disclosure_duty(org_unit, **fields):
    """Make what is owed of June 2026, or of the period that is given."""
    load_clock_limits()
    matter = fields.pop("matter", None) or make_matter(org_unit)
    period = Period.parse(fields.pop("period", "2026-06"))
    duty = duty_of(matter, org_unit, period.slug, period.last_day)
    for name, value in fields.items():
        setattr(duty, name, value)
    duty.save()
    return duty


def make_disclosure(org_unit, **fields):
    """Make a draft, or whatever `status` says."""
    load_clock_limits()
    today = timezone.localdate()
    defaults = {
        "title": f"6月公开{next(numbers)}",
        "body": "本月收入1,000.00元，支出800.00元。",
        "period": JUNE.slug,
        "formed_on": JUNE.last_day,
    }
    if fields.get("status") == "published":
        defaults |= {"published_on": today, "shown_until": today + timedelta(days=15)}
    fields.setdefault("author", None)
    fields["author"] = fields["author"] or make_user()
    matter = fields.pop("matter", None) or make_matter(org_unit)
    return Disclosure.objects.create(
        org_unit=org_unit, matter=matter, **defaults | fields
    )


def make_posting(org_unit, **fields):
    about = fields.pop("disclosure", None) or make_disclosure(org_unit)
    defaults = {"place": "居委会门口公开栏", "put_up_on": THEN}
    return Posting.objects.create(disclosure=about, **defaults | fields)


def make_question(org_unit, **fields):
    about = fields.pop("disclosure", None) or make_disclosure(org_unit)
    defaults = {
        "text": "这笔支出是做什么的？",
        "code_hash": hash_of(new_code()),
        "due_on": timezone.localdate() + timedelta(days=9),
    }
    return Question.objects.create(
        org_unit=org_unit, disclosure=about, **defaults | fields
    )


def make_complaint(org_unit, **fields):
    load_clock_limits()
    defaults = {"text": "6月的收支没有公开。", "code_hash": hash_of(new_code())}
    return Complaint.objects.create(org_unit=org_unit, **defaults | fields)


def make_approval_tier(org_unit, **fields):
    defaults = {
        "least": Decimal(next(numbers)),
        "approver": ApprovalTier.Approver.DIRECTOR,
        "source": "街道设定",
    }
    return ApprovalTier.objects.create(org_unit=org_unit, **defaults | fields)


def make_voucher(org_unit, **fields):
    defaults = {
        "kind": Voucher.Kind.EXPENSE,
        "dated_on": date(2026, 6, 10),
        "amount": Decimal("120.50"),
        "purpose": "购买打印纸",
        "file": "uploads/2026/06/0.pdf",
        "file_kind": "pdf",
    }
    fields.setdefault("handler", None)
    fields["handler"] = fields["handler"] or make_user()
    return Voucher.objects.create(org_unit=org_unit, **defaults | fields)


def make_statement(org_unit, **fields):
    """Make a statement of its own month each time, the newest last."""
    number = next(numbers)
    # In a long run there are more numbers than months.
    begin = date(1950 + number // 12 % 1000, number % 12 + 1, 1)
    month = Period.month_of(fields.pop("day", begin))
    defaults = {
        "starts_on": month.start,
        "ends_on": month.end,
        "opening": Decimal("1000.00"),
        "counted": Decimal("1000.00"),
    }
    fields.setdefault("author", None)
    fields["author"] = fields["author"] or make_user()
    return Statement.objects.create(org_unit=org_unit, **defaults | fields)
