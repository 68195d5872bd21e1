"""Demo elections: some held with the present terms, one running, one to be counted.

A community to whose first vote two thirds of the representatives came, where more must,
a village that needed a second round and handed over late, a recall and a resignation:
every page of an election has something to tell.
"""

from datetime import date, timedelta

from accounts.models import User
from communities.models import Community, OrgUnit, Resident
from communities.models.residents import AT_HOME
from governance.demo.offices import end_soon, hand_over, leave_office
from governance.models import (
    BallotCount,
    Body,
    Candidate,
    CandidateVotes,
    Election,
    ElectionOfficer,
    Member,
    Objection,
    Proxy,
    Voter,
)
from governance.registration import ground_of, may_register
from toolkit.demo import DemoPlan, demo

DAY = timedelta(days=1)
Post = Member.Post
# Which units have what; the others were elected before the portal.
HELD, RUNNING, TO_COUNT, RECALLED, FILLED, ENDING = (0, 1, 3), 7, 2, 5, 6, 9
OFFICERS = (("head", 1), ("deputy", 2), ("member", 3), ("member", 4), ("substitute", 5))
MOST_VOTERS, FEWEST_EACH = 400, 40
ABOUT = ("退休教师", "医院护士", "个体经营者", "退役军人", "楼幢长")


@demo("elections", order=73)
def load_elections(plan: DemoPlan) -> str:
    """Hold the elections of some communities and of a village."""
    units = list(Community.objects.order_by("code"))
    if Resident.objects.count() < FEWEST_EACH * len(units):
        return "no elections: too few residents"
    for number in HELD:
        past = DemoElection(plan, units[number])
        if number == 0:
            past.fail_first()
        past.hold()
    villages = (one for one in units if one.level == OrgUnit.Level.VILLAGE)
    DemoElection(plan, next(villages)).hold(with_second_round=True, late=6)
    DemoElection(plan, units[RUNNING]).prepare()
    DemoElection(plan, units[TO_COUNT]).wait_for_signature()
    DemoElection(plan, units[FILLED]).fill_and_announce()
    leave_office(plan, units[RECALLED])
    end_soon(plan, units[ENDING])
    return f"{Election.objects.count()} elections, {Voter.objects.count()} voters"


class DemoElection:
    """The elections of the committee of one unit."""

    def __init__(self, plan: DemoPlan, unit: OrgUnit):
        self.plan, self.unit = plan, unit
        self.body = Body.objects.get(org_unit=unit, kind=Body.Kind.COMMITTEE)
        self.term = self.body.terms.order_by("-began_on").first()
        self.people = list(User.objects.filter(is_active=True).order_by("pk")[:2])

    def make(self, held_on: date, **fields) -> Election:
        """Make an election with its dates before the vote."""
        listed = held_on - 22 * DAY
        dates = {
            "list_published_on": listed,
            "frozen_on": listed + 8 * DAY,
            "candidates_published_on": held_on - 6 * DAY,
            "met_on": held_on - 3 * DAY,
            "proxies_published_on": held_on - 2 * DAY,
            "audit_published_on": held_on - 30 * DAY,
            "place": f"{self.unit.name}会议室",
        }
        election = Election.objects.create(
            body=self.body, held_on=held_on, **dates | fields
        )
        self.choose_officers(election)
        self.register(election)
        return election

    def choose_officers(self, election: Election) -> None:
        rows = Resident.objects.within(self.unit).filter(living__in=AT_HOME)
        adults = rows.aged_at_least(30, self.plan.today).order_by("-pk")
        for (post, rank), person in zip(OFFICERS, adults[:5], strict=False):
            officer = ElectionOfficer.objects.create(
                election=election,
                resident=person,
                name=person.name,
                post=post,
                rank=rank,
            )
            entered = election.held_on - 40 * DAY
            stamp = officer.created_at.replace(
                year=entered.year, month=entered.month, day=entered.day
            )
            ElectionOfficer.objects.filter(pk=officer.pk).update(
                created_at=min(stamp, officer.created_at)
            )

    def register(self, election: Election) -> None:
        people = may_register(election, self.unit).order_by("name_key", "pk")
        since = election.list_published_on or self.plan.today
        Voter.objects.bulk_create(
            Voter(
                org_unit=election.org_unit,
                election=election,
                resident=one,
                name=one.name,
                basis=ground_of(one, self.unit),
                declared_on=since - 5 * DAY,
                is_delegate=one.is_head,
            )
            for one in people[:MOST_VOTERS]
        )

    def nominate(self, election: Election, member: Member | None, post: str):
        """Make a candidate of a member of today, or of somebody on the list."""
        known = election.voters.filter(resident=member and member.resident_id)
        if member is None:
            taken = election.candidates.values("voter")
            voter = election.voters.exclude(pk__in=taken).order_by("-pk").first()
        elif member.resident_id and known.exists():
            voter = known.first()
        else:
            voter = Voter.objects.create(
                election=election,
                resident=member.resident,
                name=member.name,
                basis=Voter.Basis.YEAR if self.is_village else Voter.Basis.WORKER,
                declared_on=election.held_on - 30 * DAY,
            )
        person = member or voter.resident
        return Candidate.objects.create(
            election=election,
            voter=voter,
            post=post,
            nominated_by="party",
            sex=person.sex,
            birth_year=member.birth_year if member else person.birth_on.year,
            education=person.education,
            about=self.plan.random.choice(ABOUT),
        )

    @property
    def is_village(self) -> bool:
        return self.unit.level == OrgUnit.Level.VILLAGE

    def count(self, election: Election, number: int, votes: dict, **fields):
        """Count a round in which nine of ten voters took part; two people sign it."""
        entitled = election.entitled()
        returned = entitled * 9 // 10
        typed_by, signed_by = (*self.people, None)[:2]
        row = {
            "held_on": election.held_on,
            "entitled": entitled,
            "issued": entitled * 19 // 20,
            "returned": returned,
            "invalid": min(2, returned),
            "status": "signed",
            "typed_by": typed_by,
            "signed_by": signed_by,
        }
        count = BallotCount.objects.create(
            election=election, round=number, **row | fields
        )
        CandidateVotes.objects.bulk_create(
            CandidateVotes(count=count, candidate=one, number=int(count.valid * share))
            for one, share in votes.items()
        )

    def fail_first(self) -> None:
        """An election by representatives to which two thirds came: one too few."""
        day = self.term.began_on - 45 * DAY
        dates = {"proxies_published_on": None, "candidates_published_on": day - 6 * DAY}
        mode = {"mode": "representatives", "status": "invalid", "members": 3}
        election = self.make(day, **mode | dates)
        for post, seats in election.seats.items():
            for _candidate in range(seats + 1):
                self.nominate(election, None, post)
        whole = election.entitled()
        ballots = {"issued": whole, "returned": whole * 2 // 3, "invalid": 0}
        votes = dict.fromkeys(election.candidates.all(), 0.4)
        self.count(election, 1, votes, **ballots)

    def hold(self, *, with_second_round: bool = False, late: int = 0) -> None:
        """Hold the election out of which the present term came, and the hand-over."""
        serving = self.term.serving
        day = self.term.began_on
        facts = {"number": self.term.number, "document": self.term.document}
        election = self.make(
            day,
            members=len(serving) - 2,
            status="announced",
            announced_on=day,
            **facts,
        )
        votes = {self.nominate(election, one, one.post): 0.72 for one in serving}
        losers = [
            self.nominate(election, None, post)
            for post in (Post.HEAD, Post.DEPUTY, Post.MEMBER)
        ]
        votes |= dict.fromkeys(losers, 0.2)
        if with_second_round:
            last = [one for one in votes if one.post == Post.MEMBER][-2]
            votes[last] = 0.45
        self.count(election, 1, votes)
        if with_second_round:
            self.count(election, 2, {last: 0.58, losers[-1]: 0.3})
        self.deputise(election)
        hand_over(election, self.term, late=late)

    def deputise(self, election: Election) -> None:
        """Two voters were away and let a third one vote for them."""
        rows = election.voters.filter(candidacies=None).order_by("pk")
        agent, *others = rows[:3]
        Proxy.objects.bulk_create(
            Proxy(
                org_unit=self.unit,
                election=election,
                principal=one,
                agent=agent,
                place=place,
                written_on=election.held_on - 4 * DAY,
            )
            for place, one in enumerate(others, 1)
        )

    def prepare(self) -> None:
        """The list has been on the board for three days, and somebody objects."""
        today = self.plan.today
        election = self.make(
            today + 24 * DAY,
            status="listed",
            list_published_on=today - 3 * DAY,
            frozen_on=None,
            candidates_published_on=None,
            met_on=None,
            proxies_published_on=None,
            audit_published_on=None,
        )
        listed = election.voters.order_by("pk").first()
        Objection.objects.create(
            election=election,
            by_name="陈建华",
            wish="remove",
            resident=listed.resident,
            reason="已经搬到别的街道居住",
            received_on=today - DAY,
        )
        for one in self.term.serving[:3]:
            self.nominate(election, one, one.post)

    def fill_a_seat(self, day: date, **fields) -> Election:
        """A by-election for the seat of somebody who has left, voted on a day."""
        leaving = self.term.serving[-1]
        leaving.left_on, leaving.leave_reason = day - 60 * DAY, "辞职"
        leaving.save(update_fields=["left_on", "leave_reason"])
        seats = {"heads": 0, "deputies": 0, "members": 1}
        kind = Election.Kind.BY_ELECTION
        dates = {"audit_published_on": None}
        return self.make(day, kind=kind, **seats | dates | fields)

    def wait_for_signature(self) -> None:
        """A by-election whose count has been typed and waits for a second person."""
        election = self.fill_a_seat(self.plan.today - DAY, status="nominated")
        first, second = (self.nominate(election, None, Post.MEMBER) for _n in range(2))
        votes = {first: 0.61, second: 0.32}
        self.count(election, 1, votes, status="typed", signed_by=None)

    def fill_and_announce(self) -> None:
        """A by-election that is over: the elected sits for the rest of the term."""
        day = self.plan.today - 30 * DAY
        election = self.fill_a_seat(day, status="announced", announced_on=day)
        first, second = (self.nominate(election, None, Post.MEMBER) for _n in range(2))
        self.count(election, 1, {first: 0.66, second: 0.27})
        Member.objects.create(
            term=self.term,
            resident=first.voter.resident,
            name=first.name,
            post=first.post,
            sex=first.sex,
            birth_year=first.birth_year,
            education=first.education,
        )
