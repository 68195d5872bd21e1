"""Demo recruitments: one over, one shown to the public, one at interview, one open."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from communities.actions.residents import id_blind
from communities.demo.names import Names
from communities.identity import check_digit
from communities.models import Community, OrgUnit
from governance.actions import employ
from governance.demo.bodies import FEMALE, MALE
from governance.gates import PROOFS
from governance.models import PATH, Applicant, Document, Recruitment, Stage, Step
from governance.ranking import asked_to_interview, passed_interview
from toolkit.demo import DemoPlan, demo

POST = "专职社区工作者"
PHONE = "0577-65812345"
EDUCATIONS = ("20", "20", "30", "30", "10")
BONUSES = {
    "bonus_assistant": 3,
    "bonus_social_worker": 5,
    "bonus_senior": 8,
    "bonus_serving": 2,
    "bonus_local": 2,
}


@demo("recruitments", order=73)
def load_recruitments(plan: DemoPlan) -> str:
    """Enter four recruitments at different stages with their applicants."""
    street = OrgUnit.objects.get(level=OrgUnit.Level.STREET)
    first, second = Community.objects.order_by("code")[:2]
    year = plan.today.year
    made = (
        (first, f"{year - 1}年{first.name}招聘", 1, 9, Stage.APPOINTED, 330),
        (street, f"{year}年下半年街道统一招聘", 3, 24, Stage.PUBLICITY, 40),
        (street, f"{year}年社区工作者补充招聘", 2, 16, Stage.INTERVIEW, 25),
        (second, f"{year}年{second.name}招聘", 1, 6, Stage.REGISTRATION, -5),
    )
    for unit, title, quota, people, stage, ago in made:
        closes_on = plan.today - timedelta(days=ago)
        notice = Recruitment.objects.create(
            org_unit=unit,
            title=title,
            post=POST,
            quota=quota,
            closes_on=closes_on,
            counted_on=closes_on,
            phone=PHONE,
            status=stage,
            status_since=moment(stands_since(stage, closes_on, plan.today)),
            **BONUSES,
        )
        RoundOfDemo(plan, notice).fill(people)
    return f"{Recruitment.objects.count()} recruitments"


def stands_since(stage: Stage, closes_on: date, today: date) -> date:
    """Return since when it stands at its stage; the one that is over, long ago."""
    if stage == Stage.APPOINTED:
        return closes_on + timedelta(days=75)
    return today - timedelta(days=2)


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


class RoundOfDemo:
    """One recruitment, the people in it and how far they have come."""

    def __init__(self, plan: DemoPlan, notice: Recruitment):
        self.plan, self.notice = plan, notice
        self.draw, self.names = plan.random, Names(plan.random)

    def has_passed(self, stage: Stage) -> bool:
        return PATH.index(self.notice.status) > PATH.index(stage)

    def fill(self, people: int) -> None:
        for number in range(1, people + 1):
            self.register(number)
        self.prove()
        if self.has_passed(Stage.ELIGIBILITY):
            self.move(self.rows()[:1], Step.FAILED)
            self.move(self.rows().filter(status=Step.REGISTERED), Step.ELIGIBLE)
        if self.has_passed(Stage.WRITTEN):
            self.mark(self.rows().filter(status=Step.ELIGIBLE), "written", 52, 88)
            everybody = list(self.rows().filter(status=Step.ELIGIBLE))
            asked = asked_to_interview(self.notice, everybody)
            self.move(self.rows().filter(pk__in=asked), Step.INTERVIEWED)
            self.move(self.rows().filter(status=Step.ELIGIBLE), Step.FAILED)
        if self.has_passed(Stage.INTERVIEW):
            self.choose()
        elif self.notice.status == Stage.INTERVIEW:
            # Half of the interviews are held.
            half = self.rows().filter(status=Step.INTERVIEWED)[:3]
            self.mark(half, "interview", 66, 92)

    def rows(self):
        rows = self.notice.applicants.select_related("recruitment")
        return rows.order_by("number")

    def register(self, number: int) -> None:
        draw, sex = self.draw, self.draw.choice((FEMALE, FEMALE, MALE))
        # The first is too old, as somebody always is.
        age = 52 if number == 1 else draw.randint(23, 34)
        born = date(
            self.plan.today.year - age, draw.randint(1, 12), draw.randint(1, 28)
        )
        order = number * 2 + (sex == MALE) + self.notice.pk * 100
        body = f"330381{born:%Y%m%d}{order % 1000:03d}"
        identity = body + check_digit(body)
        surname = self.names.surname(is_local=True)
        Applicant.objects.create(
            org_unit=self.notice.org_unit,
            recruitment=self.notice,
            number=number,
            name=self.names.full(surname, sex == MALE, born.year),
            sex=sex,
            birth_on=born,
            id_number=identity,
            id_blind=id_blind(identity),
            phone=f"1380577{draw.randint(0, 9999):04d}",
            education=draw.choice(EDUCATIONS),
            certificate=draw.choice((None, None, None, 1, 1, 2)),
            is_serving=draw.random() < 0.2,
            is_local=draw.random() < 0.7,
        )

    def prove(self) -> None:
        """Put in what proved each gate that is open."""
        for stage in PATH[: PATH.index(self.notice.status)]:
            Document.objects.create(
                org_unit=self.notice.org_unit,
                recruitment=self.notice,
                stage=stage,
                title=str(PROOFS[stage]),
                statement="原件存街道党建办，经办人已核对。",
            )

    @staticmethod
    def move(people: Iterable[Applicant], step: Step) -> None:
        keys = [one.pk for one in people]
        Applicant.objects.filter(pk__in=keys).update(status=step)

    def mark(self, people: Iterable[Applicant], name: str, low: int, high: int) -> None:
        for one in people:
            mark = Decimal(self.draw.randint(low * 2, high * 2)) / 2
            Applicant.objects.filter(pk=one.pk).update(**{name: mark})

    def choose(self) -> None:
        """Rank those who were interviewed; somebody withdrew and the next came up."""
        interviewed = self.rows().filter(status=Step.INTERVIEWED)
        self.mark(interviewed.all(), "interview", 64, 93)
        ordered = passed_interview(self.notice, interviewed.all())
        chosen = [place.applicant for place in ordered]
        taken = chosen[: self.notice.quota]
        self.move(chosen[self.notice.quota :], Step.WAITING)
        if self.notice.quota > 1 and len(chosen) > self.notice.quota:
            self.move(taken[:1], Step.WITHDRAWN)
            taken = [*taken[1:], chosen[self.notice.quota]]
        is_over = self.notice.status == Stage.APPOINTED
        self.move(taken, Step.APPOINTED if is_over else Step.PROPOSED)
        self.move(self.rows().filter(status=Step.INTERVIEWED), Step.FAILED)
        shown = self.notice.closes_on + timedelta(days=60)
        if not is_over:
            shown = self.plan.today - timedelta(days=2)
        Recruitment.objects.filter(pk=self.notice.pk).update(shown_since=shown)
        keys = [one.pk for one in taken]
        Applicant.objects.filter(pk__in=keys).update(status_since=moment(shown))
        for one in taken if is_over else ():
            employ(one, None)
