"""Demo meetings: past ones with their votes, one going on, one called for next month.

One village has not met for four months, and one community's meeting had no quorum, so
that the board and the banners have something to say.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from governance import ballots
from governance.meeting_actions import MOTION, QUESTIONS, seats_for
from governance.meeting_results import decision_of, quorum_of
from governance.models import Body, Meeting, Motion, Poll, Seat
from toolkit.calendar import CHINA
from toolkit.clocks import add_months
from toolkit.demo import DemoPlan, demo

Kind, Status, Way = Meeting.Kind, Meeting.Status, Poll.Way
# Months since the meetings of representatives, the youngest last.
MONTHS_AGO = {"community": (11, 5), "village": (8, 5, 2)}
LATE_VILLAGE, LATE_MONTHS = "后垟村", 4
WITHOUT_QUORUM, GOING_ON, CALLED = 2, 3, 3
PEOPLE_WHO_COME, PEOPLE_IN_FAVOUR = (75, 96), (55, 95)


class Matter(NamedTuple):
    """Something that was decided: what, by whom moved, how voted on."""

    title: str
    text: str
    way: str
    is_major: bool = False


MATTERS = (
    Matter(
        "公共停车位轮用办法",
        "小区内停车位每季度抽签轮用一次，访客限停两小时。",
        Way.HANDS,
    ),
    Matter("楼道照明改造", "用结余经费更换楼道照明，先换老旧楼幢。", Way.NAMED),
    Matter(
        "居民公约修订", "增加楼道不堆物、不飞线充电两条。", Way.SECRET, is_major=True
    ),
    Matter("老年食堂开办", "在服务站二楼开办老年食堂，周一至周五供午餐。", Way.SECRET),
    Matter("垃圾投放点迁移", "巷口投放点迁到菜场后门，加盖雨棚。", Way.HANDS),
    Matter(
        "本年度工作报告", "审议居（村）委会年度工作报告。", Way.HANDS, is_major=True
    ),
)
AGENDA = "通报上次会议决定的落实情况\n讨论并表决议案\n听取代表意见"


@demo("meetings", order=72)
def load_meetings(plan: DemoPlan) -> str:
    """Let the representatives of every unit meet, as often as their law wants."""
    for number, body in enumerate(congresses()):
        HostOfDemo(plan, body, number).meet()
    for number, body in enumerate(councils()):
        HostOfDemo(plan, body, number).talk()
    return f"{Meeting.objects.count()} meetings, {Motion.objects.count()} motions"


def congresses() -> QuerySet:
    rows = Body.objects.filter(kind=Body.Kind.CONGRESS, closed_on=None)
    return rows.select_related("org_unit").order_by("org_unit__code")


def councils() -> QuerySet:
    rows = Body.objects.filter(kind=Body.Kind.COUNCIL, closed_on=None)
    return rows.select_related("org_unit").order_by("org_unit__code")


class HostOfDemo:
    """One body with its meetings of the last year and the next month."""

    def __init__(self, plan: DemoPlan, body: Body, number: int):
        self.plan, self.body, self.number = plan, body, number
        self.random = plan.random

    def meet(self) -> None:
        """Hold the past meetings of representatives, and what is going on or called."""
        is_late = self.body.org_unit.name == LATE_VILLAGE
        months = (LATE_MONTHS,) if is_late else self.months()
        for ago in months:
            day = add_months(self.plan.today, -ago)
            self.held(day, self.title(day), Kind.CONGRESS)
        if self.number == WITHOUT_QUORUM:
            day = self.plan.today - timedelta(days=20)
            self.held(day, self.title(day), Kind.CONGRESS, comes=(50, 60))
        if self.number == GOING_ON:
            self.going_on()
        if self.number == CALLED:
            self.called()

    def months(self) -> tuple[int, ...]:
        return MONTHS_AGO[self.body.org_unit.rule_profile]

    def talk(self) -> None:
        """Let the deliberation council sit once in the last two months."""
        day = self.plan.today - timedelta(days=self.random.randint(5, 60))
        self.held(day, f"{self.body.org_unit.name}议事协商会议", Kind.COUNCIL)

    def title(self, day: date) -> str:
        return f"{self.body.name}{day.year}年{day.month}月会议"

    def meeting(self, day: date, title: str, kind: str, status: str, hour=9) -> Meeting:
        starts_at = datetime.combine(day, time(hour), CHINA)
        return Meeting.objects.create(
            body=self.body,
            kind=kind,
            title=title,
            starts_at=starts_at,
            place=f"{self.body.org_unit.name}会议室",
            agenda=AGENDA,
            status=status,
            called_at=starts_at - timedelta(days=12),
            status_since=min(starts_at + timedelta(hours=2), timezone.now()),
        )

    def roll(self, meeting: Meeting, comes: tuple[int, int]) -> None:
        """Write the roll; of a hundred so many come, one half by phone."""
        share = self.random.randint(*comes)
        seats = list(seats_for(meeting))
        coming = range(len(seats) * share // 100)
        for place, seat in enumerate(seats):
            if place in coming:
                seat.way = Seat.Way.PHONE if place % 2 else Seat.Way.PAPER
                seat.signed_in_at = meeting.starts_at + timedelta(minutes=place % 15)
        Seat.objects.bulk_create(seats)

    def held(self, day, title, kind, comes=PEOPLE_WHO_COME) -> None:
        """Hold a meeting that is over: who came, what was decided, what came of it."""
        meeting = self.meeting(day, title, kind, Status.CLOSED)
        self.roll(meeting, comes)
        paper = meeting.seats.filter(way=Seat.Way.PAPER).count()
        quorum = quorum_of(meeting)
        meeting.entitled = meeting.seats.count()
        meeting.present = meeting.seats.present().count()
        meeting.is_valid, meeting.finding = quorum.is_met, quorum.sentence
        meeting.paper_signatures = paper
        meeting.save()
        for matter in self.random.sample(MATTERS, 2):
            self.decided(meeting, matter, day)

    def motion(self, meeting: Meeting, matter: Matter, **about) -> Motion:
        day = timezone.localdate(meeting.starts_at) - timedelta(days=9)
        return Motion.objects.create(
            meeting=meeting,
            title=matter.title,
            text=matter.text,
            mover=self.body.org_unit.name,
            way=matter.way,
            is_major=matter.is_major,
            discussed_on=day if matter.is_major else None,
            **about,
        )

    def decided(self, meeting: Meeting, matter: Matter, day: date) -> None:
        """Vote on a matter, and carry it out where it passed and its day has come."""
        present = meeting.present
        votes = present * self.random.randint(*PEOPLE_IN_FAVOUR) // 100
        poll = self.counted(matter.way, present, votes)
        decision = decision_of(Motion(meeting=meeting, poll=poll), present=present)
        self.motion(
            meeting,
            matter,
            poll=poll,
            present=present,
            outcome=decision.outcome,
            finding=decision.finding,
            status_since=meeting.status_since,
            **self.afterwards(decision.outcome, day),
        )

    def counted(self, way: str, present: int, votes: int) -> Poll:
        against = (present - votes) // 2
        tally = {"for": votes, "against": against}
        tally["abstained"] = present - votes - against
        return Poll.objects.create(
            way=way,
            questions=QUESTIONS,
            closed_at=timezone.now(),
            tally={MOTION: tally},
            issued=present,
            returned=present,
            invalid=0,
        )

    def afterwards(self, outcome: str, day: date) -> dict:
        """Return what came of a vote: most motions are done by now, some are late."""
        if outcome == Motion.Outcome.INVALID:
            return {"status": Motion.Status.COUNTED}
        if outcome == Motion.Outcome.REJECTED:
            return {"status": Motion.Status.PUBLISHED}
        about = {
            "status": Motion.Status.PUBLISHED,
            "owner": f"{self.body.org_unit.name}主任",
            "due_on": day + timedelta(days=60),
        }
        done_on = day + timedelta(days=self.random.randint(20, 75))
        if done_on < self.plan.today and self.random.random() < 0.8:
            about |= {"status": Motion.Status.DONE, "done_on": done_on}
        return about

    def going_on(self) -> None:
        """Open a meeting today: some have come, a secret vote is going on."""
        today = self.plan.today
        meeting = self.meeting(today, self.title(today), Kind.CONGRESS, Status.OPEN)
        self.roll(meeting, (80, 80))
        meeting.paper_signatures = meeting.seats.filter(way=Seat.Way.PAPER).count()
        meeting.save(update_fields=["paper_signatures"])
        voters = [seat.voter for seat in meeting.seats.all()]
        motion = self.motion(meeting, MATTERS[2], status=Motion.Status.VOTING)
        motion.poll = ballots.open_poll(
            way=motion.way, questions=QUESTIONS, voters=voters
        )
        motion.save()
        self.motion(meeting, MATTERS[0])
        for seat in meeting.seats.present()[: len(voters) // 2]:
            option = self.random.choice(("for", "for", "for", "against"))
            ballots.cast(poll=motion.poll, voter=seat.voter, marks={MOTION: option})

    def called(self) -> None:
        """Call a meeting for the next weeks, its roll settled."""
        day = self.plan.today + timedelta(days=15)
        meeting = self.meeting(day, self.title(day), Kind.CONGRESS, Status.READY, 14)
        meeting.called_at = timezone.now() - timedelta(days=1)
        meeting.save(update_fields=["called_at"])
        Seat.objects.bulk_create(seats_for(meeting))
        self.motion(meeting, MATTERS[1])
