"""Demo workers: who served before and after the change of 2006, and who serves today.

In June 2006 those who took over were ten years younger on average, and 89 of them had
upper secondary school or more (F022, F023). Of six in each community one stayed, so
the five others are twelve years younger than those before them.
"""

from datetime import date, timedelta
from typing import NamedTuple

from communities.demo.names import Names
from communities.models import Community, OrgUnit
from governance.demo.bodies import FEMALE, FOUNDED, MALE
from governance.models import Body, Certificate, Contract, Term, Worker
from toolkit.demo import DemoPlan, demo

Route = Worker.Route
SEATS, STAYED, YOUNGER = 6, 1, 12
# In so many communities one of the six of 2006 had no upper secondary school.
WITHOUT_SCHOOL = 7
CADRE, WORKER = "社区干部", "专职社区工作者"
OF_2006 = ("60", "60", "40", "30", "60", "20")
OF_TODAY = ("20", "30", "20", "20", "30", "10", "20", "40")
# Sexes of those who came and of those who went: the share of women rose (F024).
CAME, WENT = (FEMALE, FEMALE, MALE, FEMALE, MALE), (MALE, MALE, FEMALE, MALE, MALE)
YEARS = timedelta(days=3 * 365)


class Span(NamedTuple):
    """From when until when somebody served; still, where there is no end."""

    begin: date
    end: date | None = None


@demo("workers", order=72)
def load_workers(plan: DemoPlan) -> str:
    """Give every community and village its workers, of 2006 and of today."""
    for number, unit in enumerate(Community.objects.order_by("code")):
        staff = StaffOfDemo(plan, unit, number)
        if unit.level == OrgUnit.Level.COMMUNITY:
            staff.change_of_2006()
        staff.serving_today()
    return f"{Worker.objects.count()} workers, {Contract.objects.count()} contracts"


class StaffOfDemo:
    """One community or village and the people who work for it."""

    def __init__(self, plan: DemoPlan, unit: OrgUnit, number: int):
        self.plan, self.unit, self.number = plan, unit, number
        self.draw, self.names = plan.random, Names(plan.random)

    def worker(self, sex: str, born: int, span: Span, **about) -> Worker:
        surname = self.names.surname(is_local=True)
        name = self.names.full(surname, sex == MALE, born)
        return Worker.objects.create(
            org_unit=self.unit,
            name=name,
            sex=sex,
            birth_year=born,
            employed_on=span.begin,
            left_on=span.end,
            **about,
        )

    def change_of_2006(self) -> None:
        """Enter who went, who came and who stayed at the change of 2006."""
        elected = {"post": CADRE, "route": Route.ELECTION}
        schools = list(OF_2006)
        if self.number < WITHOUT_SCHOOL:
            schools[-1] = "70"
        stayed = Span(date(2003, 6, 1), date(2015, 9, 30))
        born = FOUNDED.year - self.draw.randint(34, 42)
        self.worker(FEMALE, born, stayed, education=schools[0], **elected)
        for seat in range(SEATS - STAYED):
            born = FOUNDED.year - self.draw.randint(27, 43)
            went = Span(date(1997 + seat, 3, 1), FOUNDED)
            self.worker(
                WENT[seat],
                born - YOUNGER,
                went,
                education=self.draw.choice(("60", "70", "70", "80")),
                **elected,
            )
            left = date(self.draw.randint(2012, 2020), 9, 30)
            came = {"education": schools[seat + 1], "post": CADRE}
            route = Route.EXAM if seat == 0 else Route.ELECTION
            self.worker(CAME[seat], born, Span(FOUNDED, left), route=route, **came)

    def last_term(self) -> Term:
        """Return the present term of the residents' committee."""
        rows = Body.objects.filter(org_unit=self.unit, kind=Body.Kind.COMMITTEE)
        return rows.get().term

    def serving_today(self) -> None:
        """Enter who was elected at the last change, who went, who came by exam."""
        term, schools = self.last_term(), list(OF_TODAY)
        self.draw.shuffle(schools)
        for seat in range(3):
            went = Span(date(2009 + seat, 7, 1), term.began_on)
            self.worker(
                WENT[seat],
                self.draw.randint(1963, 1969),
                went,
                education=self.draw.choice(("30", "60", "40")),
                post="居委会委员",
                route=Route.ELECTION,
            )
            came = self.worker(
                CAME[seat],
                self.draw.randint(1978, 1992),
                Span(term.began_on),
                education=schools.pop(),
                post="居委会委员",
                route=Route.ELECTION,
            )
            Contract.objects.create(
                worker=came, kind="term", begins_on=term.began_on, ends_on=term.ends_on
            )
        for seat in range(self.draw.randint(3, 5)):
            self.by_exam(seat, schools.pop())

    def by_exam(self, seat: int, education: str) -> None:
        """Enter somebody who came by examination, with contract and certificate."""
        begun = date(2017 + seat * 2, 9, 1)
        worker = self.worker(
            self.draw.choice((FEMALE, FEMALE, MALE)),
            begun.year - self.draw.randint(23, 32),
            Span(begun),
            education=education,
            post=WORKER,
            route=Route.EXAM,
            grade=min(18, 3 + (self.plan.today.year - begun.year)),
        )
        self.contracts(worker, begun, is_left_open=self.number == 3 and seat == 0)
        if level := self.draw.choice((0, 1, 1, 2)):
            issued = date(begun.year + 1, 10, 20)
            Certificate.objects.create(worker=worker, level=level, issued_on=issued)

    def contracts(self, worker: Worker, begun: date, *, is_left_open: bool) -> None:
        """Enter contracts of three years each; one worker's was not renewed."""
        while begun <= self.plan.today:
            end = begun + YEARS - timedelta(days=1)
            if is_left_open and end >= self.plan.today:
                return
            Contract.objects.create(
                worker=worker, kind="fixed", begins_on=begun, ends_on=end
            )
            begun = end + timedelta(days=1)
