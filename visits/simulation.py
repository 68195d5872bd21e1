"""Half a year of invented visits for the demo, told by the same rules as real ones."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from communities.models import Resident
from visits.actions.settling import take_stand
from visits.models import DueVisit, Visit, VisitDuty
from visits.steps import Stand, after
from visits.telling import Owed, tell
from visits.terms import TermsOverTime

ONE_DAY = timedelta(days=1)
OUTCOMES = {
    Visit.Outcome.NORMAL: 86,
    Visit.Outcome.CHANGED: 4,
    Visit.Outcome.NEEDS_HELP: 2,
    Visit.Outcome.NOBODY_HOME: 7,
    Visit.Outcome.REFUSED: 1,
}
METHODS = {Visit.Method.DOOR: 80, Visit.Method.PHONE: 16, Visit.Method.VIDEO: 4}
# Days between the day owed and the day of the try, by how often that happens: where
# things go well, and where somebody is missing.
PUNCTUAL = {-2: 20, -1: 45, 0: 34, 1: 1}
BEHIND = {-1: 30, 0: 49, 1: 12, 2: 6, 4: 3}
HOURS = (8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 17, 19)
NOTES = {
    Visit.Outcome.NORMAL: (
        "",
        "",
        "精神好，药够吃。",
        "在家看电视，早上自己买了菜。",
        "燃气已查，窗户关好。",
        "女儿周末来过，冰箱里有菜。",
        "血压平稳，晚上睡得好。",
        "和邻居在弄堂口晒太阳。",
    ),
    Visit.Outcome.CHANGED: (
        "腿脚比上次差，走路要扶墙。",
        "刚出院，儿子请假陪着。",
        "换了新的降压药，要再看几天。",
    ),
    Visit.Outcome.NEEDS_HELP: (
        "厨房灯不亮，要人换灯泡。",
        "想去医院复查，没人陪。",
        "水龙头漏水，已告诉社区。",
    ),
    Visit.Outcome.NOBODY_HOME: ("", "邻居说去医院了。", "敲门没有应，电话没接。"),
    Visit.Outcome.REFUSED: ("", "说今天不方便。"),
}


@dataclass
class Told:
    """What the invention amounts to: rows to be written."""

    visits: list[Visit] = field(default_factory=list)
    due_visits: list[DueVisit] = field(default_factory=list)
    duties: list[VisitDuty] = field(default_factory=list)


@dataclass(frozen=True)
class Story:
    """The world in which the visits happen."""

    random: Random
    today: date
    now: datetime

    def pick(self, weights: dict):
        """Return a key by its weight."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def moment(self, day: date) -> datetime:
        clock = time(self.random.choice(HOURS), self.random.randrange(60))
        return timezone.make_aware(datetime.combine(day, clock))

    def tell(
        self,
        duties: list[VisitDuty],
        told: Told,
        *,
        by,
        vanished: int = 0,
        punctuality: dict = PUNCTUAL,
    ) -> None:
        """Invent the visits to one person until now.

        In the last `vanished` days nobody was met at the door.
        """
        resident = duties[0].resident
        stands = [Stand(duty.next_due_on, VisitDuty.Why.FIRST) for duty in duties]
        visits: list[Visit] = []
        last_days = self.today - timedelta(days=vanished)
        day = None
        while True:
            day = self.next_day(stands, day, punctuality)
            at = self.moment(day)
            if at > self.now:
                break
            visit = self.visit(resident, at, by, day >= last_days and vanished > 0)
            visits.append(visit)
            stands = [
                after(stand, duty.rule, visit)
                for duty, stand in zip(duties, stands, strict=True)
            ]
        told.visits += visits
        for duty in duties:
            first = Stand(duty.next_due_on, VisitDuty.Why.FIRST)
            terms = TermsOverTime(duty.rule)
            owed, stand = tell(first, duty.since, terms, visits, self.today)
            told.due_visits += [row_of(duty, one) for one in owed]
            take_stand(duty, stand)
            told.duties.append(duty)

    def next_day(self, stands: list[Stand], last: date | None, punctuality) -> date:
        """Return the day of the next try: soon after a miss, else about the due day."""
        retry = [stand.retry_on for stand in stands if stand.retry_on]
        if retry:
            return min(retry)
        owed = min(stand.due_on for stand in stands)
        day = owed + timedelta(days=self.pick(punctuality))
        return max(day, last + ONE_DAY) if last else day

    def visit(self, resident: Resident, at: datetime, by, is_vanished: bool) -> Visit:
        outcome = self.pick(OUTCOMES)
        if is_vanished:
            outcome = Visit.Outcome.NOBODY_HOME
        return Visit(
            org_unit_id=resident.org_unit_id,
            resident=resident,
            method=self.pick(METHODS),
            visited_at=at,
            outcome=outcome,
            note=self.random.choice(NOTES[outcome]),
            logged_by=by,
        )


def row_of(duty: VisitDuty, owed: Owed) -> DueVisit:
    return DueVisit(
        duty=duty,
        org_unit_id=duty.resident.org_unit_id,
        opened_on=owed.opened_on,
        due_on=owed.due_on,
        due_at=owed.due_at,
        why=owed.why,
        met_by=owed.visit,
        met_on=timezone.localdate(owed.visit.visited_at) if owed.visit else None,
        lapsed_on=owed.lapsed_on,
    )
