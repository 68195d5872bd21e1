"""Whether a meeting may decide and a motion has passed: the arithmetic in sentences.

    quorum_of(meeting).sentence     # 组成人员45人，到会30人，三分之二以上为30人…
    decision_of(motion)             # Decision("passed", "…")

Which share of whom, the law of the unit says (governance/law).
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communities.models import HEAD, Household, Resident
from governance import law
from governance.law.checks import Check
from governance.law.meetings import rule_of
from governance.models import Meeting, Member, Motion
from toolkit import formats

# 十八周岁以上: 居委会法 26, 村委会法 25.
OF_AGE = 18
Kind, Demand, Outcome = Meeting.Kind, Meeting.Demand, Motion.Outcome
# Whose names are asked for where a motion is moved jointly in a meeting.
JOINTLY = {
    Kind.CONGRESS: ("congress-called",),
    Kind.ADULTS: ("assembly-called-adults",),
    Kind.HOUSEHOLDS: ("assembly-called-households", "assembly-called-adults"),
}


@dataclass(frozen=True)
class Decision:
    """How a vote came out, and the sentence that says why."""

    outcome: str
    finding: str


def entitled_in(meeting: Meeting) -> int:
    """Return how many may come: as found at the end, before that as on the roll."""
    if meeting.entitled is not None:
        return meeting.entitled
    return meeting.seats.count()


def present_in(meeting: Meeting) -> int:
    """Return how many came: as found at the end, before that who has signed in."""
    if meeting.present is not None:
        return meeting.present
    return meeting.seats.present().count()


def quorum_of(meeting: Meeting) -> Check:
    """Return whether enough people came, by the law of the unit."""
    rule = law.threshold(rule_of(meeting.kind).quorum, meeting.unit)
    return rule.check(present_in(meeting), of=entitled_in(meeting))


def decision_of(motion: Motion, *, present: int) -> Decision:
    """Return how the counted vote on a motion came out with so many present."""
    meeting, rule = motion.meeting, rule_of(motion.meeting.kind)
    entitled = entitled_in(meeting)
    quorum = law.threshold(rule.quorum, meeting.unit).check(present, of=entitled)
    if not quorum.is_met:
        return Decision(Outcome.INVALID, quorum.sentence)
    whole = entitled if rule.of_entitled else present
    votes = motion.poll.tally["motion"]["for"]
    passed = law.threshold(rule.passed, meeting.unit).check(votes, of=whole)
    outcome = Outcome.PASSED if passed.is_met else Outcome.REJECTED
    told = formats.sentences([quorum.sentence, passed.sentence])
    return Decision(outcome, told)


def cited_for(meeting: Meeting) -> str:
    """Return the end of a sentence on votes: 依据：《…》第二十九条。"""
    source = law.threshold(rule_of(meeting.kind).passed, meeting.unit).source
    return _("依据：%(source)s。") % {"source": source}


def demand_of(meeting: Meeting) -> Check | None:
    """Return whether enough people demand the meeting, None where nobody need do so.

    Raises LookupError where the law does not know of such a demand.
    """
    if meeting.demand == Demand.OWN:
        return None
    slug = rule_of(meeting.kind).demanded[meeting.demand]
    rule = law.threshold(slug, meeting.unit)
    return rule.check(meeting.demanded_by or 0, of=people_of(meeting))


def people_of(meeting: Meeting) -> int:
    """Return of how many those who demand a meeting must be a share."""
    if meeting.demand == Demand.REPRESENTATIVES:
        serving = Member.objects.serving_on(meeting.starts_at.date())
        delegates = serving.filter(
            post=Member.Post.DELEGATE, term__body__org_unit=meeting.unit
        )
        return delegates.filter(term__body__kind="congress").count()
    if meeting.demand == Demand.HOUSEHOLDS:
        homes = Household.objects.within(meeting.unit).filter(closed_on=None)
        return homes.count()
    return adults_of(meeting).count()


def adults_of(meeting: Meeting) -> QuerySet:
    """Return the residents of the unit who are of age on the day of the meeting."""
    people = Resident.objects.within(meeting.unit).living_here()
    return people.aged_at_least(OF_AGE, meeting.starts_at.date())


def heads_of(meeting: Meeting) -> QuerySet:
    """Return one grown-up of each household: its head."""
    homes = adults_of(meeting).filter(relation=HEAD, household__closed_on=None)
    return homes.filter(household__isnull=False)


def support_of(motion: Motion) -> Check | None:
    """Return whether enough people move a joint motion, None where no law asks.

    The law gives a share of them the right to demand the meeting; what they may demand
    it for, they may table in it.
    """
    meeting = motion.meeting
    if motion.origin != Motion.Origin.JOINT:
        return None
    for slug in JOINTLY.get(Kind(meeting.kind), ()):
        if law.asks(slug, meeting.unit):
            rule = law.threshold(slug, meeting.unit)
            return rule.check(motion.supporters or 0, of=entitled_in(meeting))
    return None
