"""The demo's books: a year of vouchers in every unit, and a statement each month.

The month that runs is open. In one unit the last statement waits because the count is
ten yuan short; in another nobody has approved the last voucher.
"""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.core.files.storage import default_storage

from communities.models import Community
from governance.demo.desks import Desk
from governance.models import Statement, Voucher
from notices.demo_files import page
from toolkit.demo import DemoPlan, demo
from toolkit.periods import Period
from toolkit.uploads import upload_path, validate_upload

Kind = Voucher.Kind
INCOMES = (
    ("街道拨付工作经费", 3000, 6000),
    ("便民服务用房租金", 800, 2400),
    ("共建单位捐助活动经费", 500, 1500),
)
EXPENSES = (
    ("购买办公用纸和墨盒", 90, 360),
    ("公开栏玻璃维修", 120, 480),
    ("重阳节活动用品", 300, 900),
    ("楼道照明灯更换", 150, 700),
    ("志愿者饮水和防暑用品", 80, 300),
    ("垃圾分类宣传横幅", 100, 420),
    ("老年活动室电费", 180, 520),
)
EACH_MONTH = 5
SHORT_OF, WAITING = 3, 6
OPENING = 12_000


@demo("books", order=71)
def load_books(plan: DemoPlan) -> str:
    """Keep the books of every community and village since January."""
    paper = stored_paper()
    for number, unit in enumerate(Community.objects.order_by("code")):
        desk = Desk(unit)
        if desk.is_manned and not Voucher.objects.filter(org_unit=unit).exists():
            BooksOfDemo(plan, desk, number, paper).fill()
    return f"{Voucher.objects.count()} vouchers, {Statement.objects.count()} statements"


def stored_paper() -> str:
    """Store one sheet that stands for every receipt; return its name."""
    lines = ["这是演示用的收据样张，不是真实票据。"]
    checked = validate_upload(page("收据", lines), kinds=("pdf",))
    return default_storage.save(upload_path(None, checked.file.name), checked.file)


class BooksOfDemo:
    """The books of one unit."""

    def __init__(self, plan: DemoPlan, desk: Desk, number: int, paper: str):
        self.plan, self.desk, self.unit = plan, desk, desk.unit
        self.number, self.paper = number, paper
        self.codes = count(1)
        self.balance = Decimal(OPENING + 350 * number)

    def fill(self) -> None:
        today = self.plan.today
        month = Period.month_of(today.replace(month=1, day=1))
        while month.end <= today:
            self.close(month, is_last=month.next().end > today)
            month = month.next()
        self.keep_open(month)

    def close(self, month: Period, *, is_last: bool) -> None:
        """Enter a month that is over, and publish its statement."""
        opening = self.balance
        is_waiting = is_last and self.number in (SHORT_OF, WAITING)
        Voucher.objects.bulk_create(self.vouchers(month))
        sums = Voucher.objects.filter(org_unit=self.unit).approved_in(month).sums()
        self.balance += sums["income"] - sums["expense"]
        off = Decimal(10) if is_waiting and self.number == SHORT_OF else 0
        if is_waiting and self.number == WAITING:
            self.voucher(month.last_day, EXPENSES[0], "review").save()
        Statement.objects.create(
            org_unit=self.unit,
            starts_on=month.start,
            ends_on=month.end,
            opening=opening,
            counted=self.balance - off,
            author=self.desk.writer,
            status="draft" if is_waiting else "published",
            **({} if is_waiting else sums),
        )

    def vouchers(self, month: Period) -> list[Voucher]:
        """Return the approved vouchers of a month by their days."""
        draw = self.plan.random
        chosen = [INCOMES[0], *draw.sample(INCOMES[1:] + EXPENSES, EACH_MONTH)]
        last = month.days - 1
        days = sorted(month.start + timedelta(draw.randint(0, last)) for _one in chosen)
        return [
            self.voucher(day, what, "approved")
            for day, what in zip(days, chosen, strict=True)
        ]

    def keep_open(self, month: Period) -> None:
        """Leave in the running month one voucher to hand in and one to approve."""
        for status in ("draft", "review"):
            self.voucher(self.plan.today, EXPENSES[self.number % 5], status).save()

    def voucher(self, day, what: tuple, status: str) -> Voucher:
        purpose, least, most = what
        fen = self.plan.random.randint(least * 100, most * 100)
        is_approved = status == "approved"
        amount = Decimal(fen) / 100
        voucher = Voucher(
            org_unit=self.unit,
            year=day.year,
            number=next(self.codes),
            kind=Kind.INCOME if what in INCOMES else Kind.EXPENSE,
            dated_on=day,
            purpose=purpose,
            amount=amount,
            file=self.paper,
            file_kind="pdf",
            handler=self.desk.writer,
            approver=self.desk.approver if is_approved else None,
            status=status,
        )
        if amount >= 2000:
            voucher.decided_on, voucher.decision = day, "居委会会议记录"
        return voucher
