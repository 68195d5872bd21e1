"""The demo's publication: a year of duties in every unit, most met, some late, few not.

Residents have asked: some were answered, some wait, one too long; and two have told the
street of what they miss.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from communities.models import Community
from governance.demo.desks import Desk
from governance.disclosing.owed import day_slug, draw_up, owe
from governance.models import (
    Complaint,
    Disclosure,
    DisclosureDuty,
    Matter,
    Posting,
    Question,
    Statement,
)
from governance.models.questions import hash_of, new_code
from governance.reference import load_disclosure
from toolkit import clocks
from toolkit.demo import DemoPlan, demo
from toolkit.formats import money

BODIES = {
    "party": "本期接收预备党员1名，转正1名。党费按月收缴，已上缴街道党工委。",
    "affairs": (
        "本期工作按计划完成：\n- 内容：见公开栏张贴件\n"
        "- 负责人：居（村）委会\n- 落实情况：已完成"
    ),
    "finance": "收支明细见公开栏和附表，欢迎居民查询。",
}
DECISIONS = ("代表会议通过电动车充电棚选址", "代表会议通过楼道堆物清理公约")
PLACES = ("居委会门口公开栏", "小区南门公开栏", "老年活动室门口公开栏")
ASKED = (
    ("“楼道照明灯更换”换了哪几幢？", "换的是1幢到4幢，共12盏，余下的明年换。"),
    ("便民服务用房租给了谁，租金怎么定的？", "租给社区食堂，租金由居民代表会议定。"),
    ("重阳节活动用品还有剩的吗？", ""),
    ("公开栏玻璃维修为什么一年修两次？", ""),
)
LATE_SHARE, MISSING_SHARE, SHOWN_DAYS = 0.05, 0.03, 60
LATE_BY = 3
LONGEST_AGO = 13


@demo("disclosure", order=72)
def load_disclosures(plan: DemoPlan) -> str:
    """Publish what every unit owed this year, with sheets on the boards."""
    if Disclosure.objects.exists():
        return "disclosures are there already"
    load_disclosure()
    draw_up(plan.today)
    for unit in Community.objects.order_by("code"):
        desk = Desk(unit)
        if desk.is_manned:
            UnitOfDemo(plan, desk).fill()
    ask_about(plan)
    return f"{Disclosure.objects.count()} disclosures, {Question.objects.count()} asked"


class UnitOfDemo:
    """What one unit has published."""

    def __init__(self, plan: DemoPlan, desk: Desk):
        self.plan, self.desk, self.unit = plan, desk, desk.unit
        profile = self.unit.rule_profile
        self.display = clocks.limit("T01", profile=profile)
        rows = Statement.objects.filter(org_unit=self.unit).published()
        self.statements = {one.period.slug: one for one in rows}

    def fill(self) -> None:
        for matter in Matter.objects.for_unit(self.unit).filter(cadence="event"):
            self.decide(matter)
        duties = DisclosureDuty.objects.filter(org_unit=self.unit, met_on=None)
        for duty in duties.select_related("matter", "org_unit"):
            if day := self.day_of(duty):
                self.publish(duty, day)

    def decide(self, matter: Matter) -> None:
        """Let something happen that is told at once, a few weeks ago."""
        day = self.plan.today - timedelta(days=self.plan.random.randint(20, 50))
        draft = Disclosure(
            org_unit=self.unit, matter=matter, period=day_slug(day), formed_on=day
        )
        owe(draft)

    def day_of(self, duty: DisclosureDuty) -> date | None:
        """Return when it was published; None where it is missing, or not due yet."""
        draw, today = self.plan.random, self.plan.today
        is_money = duty.matter.second_level == "月度收支"
        if is_money and duty.period not in self.statements:
            return None
        luck = draw.random()
        if duty.due_on < today and not is_money and luck < MISSING_SHARE:
            return None
        if luck < MISSING_SHARE + LATE_SHARE:
            day = duty.due_on + timedelta(days=draw.randint(1, LATE_BY))
        else:
            span = max(0, (duty.due_on - duty.formed_on).days)
            day = duty.formed_on + timedelta(days=draw.randint(min(2, span), span))
        return day if day <= today else (today if is_money else None)

    def publish(self, duty: DisclosureDuty, day: date) -> None:
        """Write down the disclosure of a duty as of a day, and its sheet."""
        matter = duty.matter
        is_money = matter.second_level == "月度收支"
        statement = self.statements.get(duty.period) if is_money else None
        shown = Disclosure.objects.create(
            org_unit=self.unit,
            matter=matter,
            title=self.title_of(duty, statement),
            body=self.body_of(duty, statement),
            period=duty.period,
            formed_on=duty.formed_on,
            statement=statement,
            author=self.desk.writer,
            status="published",
            published_on=day,
            shown_until=clocks.run(self.display, day).due_on,
        )
        duty.met_on, duty.disclosure = day, shown
        duty.save(update_fields=["met_on", "disclosure"])
        if (self.plan.today - day).days <= SHOWN_DAYS:
            self.put_up(shown, day)

    def title_of(self, duty: DisclosureDuty, statement) -> str:
        if duty.matter.cadence == Matter.Cadence.EVENT:
            return self.plan.random.choice(DECISIONS)
        return f"{duty.period_words}{'收支情况' if statement else duty.matter}"

    def body_of(self, duty: DisclosureDuty, statement) -> str:
        if statement is None:
            return BODIES[duty.matter.group]
        return (
            f"期初{money(statement.opening)}元，收入{money(statement.income)}元，"
            f"支出{money(statement.expense)}元，期末{money(statement.counted)}元。"
        )

    def put_up(self, shown: Disclosure, day: date) -> None:
        """Hang a sheet; after its time it was taken down, now and then too soon."""
        draw = self.plan.random
        last = day + timedelta(days=draw.choice((12, 17, 20, 25)))
        Posting.objects.create(
            disclosure=shown,
            place=draw.choice(PLACES),
            put_up_on=day,
            taken_down_on=last if last < self.plan.today else None,
        )


def ask_about(plan: DemoPlan) -> None:
    """Let residents ask about the latest statements, and complain of what they miss."""
    before = plan.today - timedelta(days=LONGEST_AGO)
    rows = Disclosure.objects.exclude(statement=None).filter(published_on__lte=before)
    rows = rows.order_by("published_on", "pk")
    newest = {row.org_unit_id: row for row in rows.select_related("org_unit", "author")}
    for number, shown in enumerate(newest[key] for key in sorted(newest)):
        text, reply = ASKED[number % len(ASKED)]
        ask(plan, shown, text, reply, days_ago=number % LONGEST_AGO + 1)
    missing = DisclosureDuty.objects.filter(Q(met_on=None), due_on__lt=plan.today)
    for number, duty in enumerate(missing.select_related("matter", "org_unit")[:2]):
        Complaint.objects.create(
            org_unit=duty.org_unit,
            matter=duty.matter,
            text=f"{duty}一直没有公开，公开栏上也没有。",
            code_hash=hash_of(new_code()),
            status="accepted" if number else "received",
            accepted_at=timezone.now() if number else None,
        )


def ask(plan: DemoPlan, shown: Disclosure, text: str, reply: str, days_ago: int):
    """Write down one question as of some days ago, answered two days later or not."""
    asked = timezone.make_aware(
        datetime.combine(plan.today - timedelta(days=days_ago), time(10, 20))
    )
    limit = clocks.limit("T22", profile=shown.org_unit.rule_profile)
    replied = asked + timedelta(days=min(2, days_ago - 1), hours=1) if reply else None
    question = Question.objects.create(
        org_unit=shown.org_unit,
        disclosure=shown,
        text=text,
        code_hash=hash_of(new_code()),
        is_open=True,
        due_on=clocks.run(limit, asked).due_on,
        reply=reply,
        replied_at=replied,
        replied_by=shown.author if reply else None,
        status="answered" if reply else "asked",
    )
    Question.objects.filter(pk=question.pk).update(created_at=asked)
