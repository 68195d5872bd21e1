"""Demo bodies: five in every unit with their members, some faults left on purpose.

One unit's terms have run out, one has no supervision committee, one committee no woman:
the board should have something to say.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from communities.demo.names import Names
from communities.models import Community, Household, OrgUnit, Resident
from governance.demo.papers import paper_for
from governance.models import Body, Member, ResidentGroup, Term, Upgrade
from toolkit.demo import DemoPlan, demo

Kind, Rank, Post = Body.Kind, Body.Rank, Member.Post
COMMUNITY_NAMES = {
    Kind.PARTY: "党支部",
    Kind.CONGRESS: "居民代表会议",
    Kind.COUNCIL: "议事协商委员会",
    Kind.COMMITTEE: "居民委员会",
    Kind.SUPERVISION: "居务监督委员会",
}
VILLAGE_NAMES = COMMUNITY_NAMES | {
    Kind.CONGRESS: "村民代表会议",
    Kind.COMMITTEE: "村民委员会",
    Kind.SUPERVISION: "村务监督委员会",
}
SIZES = {Kind.PARTY: 5, Kind.COUNCIL: 9, Kind.COMMITTEE: 7, Kind.SUPERVISION: 3}
# Eight Party branches were raised, with so many branches beneath each (F015).
BRANCHES = (3, 3, 3, 3, 3, 3, 3, 2)
PAST_TERM, WITHOUT_WOMAN = 7, 4
# The four of the founding document stood by June 2006 (F014); supervision came later.
RAISED = date(2006, 6, 20)
FOUNDED, SUPERVISED = date(2006, 6, 1), date(2012, 6, 1)
FOUNDING = (Kind.PARTY, Kind.CONGRESS, Kind.COUNCIL, Kind.COMMITTEE)
GROUPS, HOMES_EACH = 8, {"community": 40, "village": 12}
YOUNGEST, OLDEST = 28, 66
MALE, FEMALE = "1", "2"
EDUCATIONS = ("20", "30", "40", "60")


class Candidate(NamedTuple):
    """Somebody to be put into a body; from elsewhere without a record here."""

    name: str
    sex: str
    birth_year: int
    education: str
    resident: Resident | None = None


@demo("bodies", order=71)
def load_bodies(plan: DemoPlan) -> str:
    """Give every community and village its organisations and who sits in them."""
    units = list(Community.objects.order_by("code"))
    for number, unit in enumerate(units):
        UnitOfDemo(plan, unit, number, is_last=number == len(units) - 1).fill()
    return f"{Body.objects.count()} bodies, {Member.objects.count()} members"


class UnitOfDemo:
    """One community or village, its bodies and the people to fill them with."""

    def __init__(self, plan: DemoPlan, unit: OrgUnit, number: int, *, is_last: bool):
        self.plan, self.unit, self.number, self.is_last = plan, unit, number, is_last
        self.is_village = unit.level == OrgUnit.Level.VILLAGE
        self.names = Names(plan.random)
        self.people = self.candidates()

    def candidates(self) -> Iterator[Candidate]:
        """Yield a grown-up of each home, then made-up people from elsewhere."""
        today = self.plan.today
        born = (date(today.year - OLDEST, 1, 1), date(today.year - YOUNGEST, 1, 1))
        rows = Resident.objects.within(self.unit).living_here()
        rows = rows.filter(birth_on__range=born, household__isnull=False)
        people = {one.household_id: one for one in rows.order_by("pk")}
        drawn = list(people.values())
        self.plan.random.shuffle(drawn)
        for one in drawn:
            yield Candidate(one.name, one.sex, one.birth_on.year, one.education, one)
        while True:
            yield self.from_elsewhere()

    def from_elsewhere(self) -> Candidate:
        draw = self.plan.random
        year = self.plan.today.year - draw.randint(YOUNGEST, OLDEST)
        sex = draw.choice((MALE, FEMALE))
        surname = self.names.surname(is_local=True)
        name = self.names.full(surname, sex == MALE, year)
        return Candidate(name, sex, year, draw.choice(EDUCATIONS))

    def fill(self) -> None:
        names = VILLAGE_NAMES if self.is_village else COMMUNITY_NAMES
        for kind, name in names.items():
            if kind == Kind.SUPERVISION and self.is_last:
                continue
            body = self.body(kind, f"{self.unit.name}{name}")
            term = self.term(body)
            if kind == Kind.COMMITTEE:
                paper_for(term, term.document, f"{name}换届")
            if kind == Kind.CONGRESS:
                self.choose_delegates(term)
            else:
                self.seat(term, SIZES[kind], kind)

    def body(self, kind: str, name: str) -> Body:
        if kind != Kind.PARTY or self.number >= len(BRANCHES) or self.is_village:
            rank = Rank.BRANCH if kind == Kind.PARTY else ""
            return Body.objects.create(
                org_unit=self.unit, kind=kind, name=name, rank=rank
            )
        former, name = name, name.replace("党支部", "党总支")
        above = Body.objects.create(
            org_unit=self.unit, kind=kind, name=name, rank=Rank.GENERAL
        )
        self.tell_upgrade(above, former)
        for number in range(BRANCHES[self.number]):
            branch = Body.objects.create(
                org_unit=self.unit,
                kind=kind,
                name=f"{self.unit.name}第{'一二三'[number]}党支部",
                rank=Rank.BRANCH,
                parent=above,
            )
            self.seat(self.term(branch), 3, kind)
        return above

    def tell_upgrade(self, body: Body, former: str) -> None:
        """Tell that the Party organisation was raised when it was set up (F015)."""
        number = self.document(FOUNDED.year)
        upgrade = Upgrade.objects.create(
            body=body,
            before=Rank.BRANCH,
            after=Rank.GENERAL,
            former_name=former,
            upgraded_on=RAISED,
            document_number=number,
        )
        paper_for(upgrade, number, f"{former}升格为党总支")

    def term(self, body: Body) -> Term:
        """Begin the present term of a body, and those before it since the street's."""
        year = self.plan.today.year - (5 if self.number == PAST_TERM else 2)
        first = FOUNDED if body.kind in FOUNDING else SUPERVISED
        begins = [first.replace(year=one) for one in range(first.year, year - 2, 3)]
        ends = [*begins[1:], date(year, 10, 20)]
        Term.objects.bulk_create(
            Term(
                body=body,
                number=number,
                began_on=begin,
                ends_on=end - timedelta(days=1),
                document=self.document(begin.year),
            )
            for number, (begin, end) in enumerate(zip(begins, ends, strict=True), 1)
        )
        return Term.objects.create(
            body=body,
            number=len(begins) + 1,
            began_on=date(year, 10, 20),
            ends_on=date(year + 5, 10, 19),
            document=self.document(year),
        )

    def document(self, year: int) -> str:
        return f"玉街〔{year}〕{20 + self.number}号"

    def seat(self, term: Term, size: int, kind: str) -> None:
        """Fill the posts: a head, a deputy, the rest members."""
        posts = [Post.HEAD, Post.DEPUTY] + [Post.MEMBER] * (size - 2)
        chosen = [next(self.people) for _post in posts]
        if kind == Kind.COMMITTEE:
            chosen = self.balanced(chosen)
        Member.objects.bulk_create(
            member_of(term, one, post) for one, post in zip(chosen, posts, strict=True)
        )

    def balanced(self, chosen: list[Candidate]) -> list[Candidate]:
        """Return the members of a committee, one of them a woman; in one unit none."""
        if self.number == WITHOUT_WOMAN:
            kept = [one for one in chosen if one.sex != FEMALE]
            more = (one for one in self.people if one.sex != FEMALE)
            return kept + [next(more) for _seat in range(len(chosen) - len(kept))]
        if any(one.sex == FEMALE for one in chosen):
            return chosen
        return [*chosen[:-1], next(one for one in self.people if one.sex == FEMALE)]

    def choose_delegates(self, term: Term) -> None:
        """Draw up the groups, each with its representatives, and who calls them."""
        homes = Household.objects.within(self.unit).filter(closed_on=None).count()
        households = max(1, homes // GROUPS)
        count = max(1, round(households / HOMES_EACH[self.unit.rule_profile]))
        members = [member_of(term, next(self.people), Post.HEAD)]
        for number in range(GROUPS):
            group = ResidentGroup.objects.create(
                org_unit=self.unit,
                name=f"第{number + 1}{'村' if self.is_village else '居'}民小组",
                households=households,
            )
            members += [
                member_of(term, one, Post.DELEGATE, group)
                for one in islice(self.people, count)
            ]
        Member.objects.bulk_create(members)


def member_of(term: Term, one: Candidate, post: str, group=None) -> Member:
    order = Post.values.index(post)
    return Member(term=term, post=post, order=order, group=group, **one._asdict())
