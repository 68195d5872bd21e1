"""What the counts of an election come to: valid or not, who is elected, who goes on.

    decided = decide([("a", 70), ("b", 60), ("c", 60)], seats=2, needed=51)
    decided.elected, decided.again, decided.left       # ["a"], ["b", "c"], 1

    standing = standing_of(election)
    standing.posts["head"].elected, standing.is_over, standing.sentences

First round: more than half of those who voted. Afterwards: most votes, at least a third
of the ballots cast (居委会法 19, 村委会法 18). Where equal votes leave open who takes
the last seat, those with equal votes stand again among themselves.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from governance import law
from governance.models import BallotCount, Candidate, Election
from toolkit import formats


@dataclass(frozen=True)
class Decision:
    """Who is elected to a number of seats, and who stands for those that are left."""

    elected: list
    again: list
    left: int
    is_tie: bool = False


def decide(votes: Iterable[tuple[Hashable, int]], *, seats: int, needed: int):
    """Return the Decision of one round for the seats of one post.

    `needed` is the smallest number of votes that is enough. For seats that are left the
    next ones by votes stand again, one more than there are seats if there are so many.
    """
    ranked = sorted(votes, key=lambda pair: -pair[1])
    enough = [pair for pair in ranked if pair[1] >= needed]
    if len(enough) > seats and seats:
        edge = enough[seats - 1][1]
        if enough[seats][1] == edge:
            elected = [who for who, number in enough if number > edge]
            tied = [who for who, number in enough if number == edge]
            return Decision(elected, tied, seats - len(elected), is_tie=True)
    elected = [who for who, _number in enough[:seats]]
    left = seats - len(elected)
    rest = [pair for pair in ranked if pair[0] not in elected] if left else []
    if len(rest) > left + 1:
        edge = rest[left][1]
        rest = [pair for pair in rest if pair[1] >= edge]
    return Decision(elected, [who for who, _number in rest], left)


@dataclass
class PostStanding:
    """How a post stands after the counts so far."""

    post: str
    label: str
    seats: int
    elected: list[Candidate] = field(default_factory=list)
    running: list[Candidate] = field(default_factory=list)
    is_tie: bool = False

    @property
    def left(self) -> int:
        return self.seats - len(self.elected)


@dataclass
class Line:
    """One candidate in one round: his votes, and whether they were enough."""

    candidate: Candidate
    votes: int
    check: law.Check
    is_elected: bool = False


@dataclass
class RoundStanding:
    """One signed count: was it valid, and what did each candidate get."""

    count: BallotCount
    turnout: law.Check
    lines: list[Line] = field(default_factory=list)


@dataclass
class Standing:
    """What all signed counts of an election come to."""

    posts: dict[str, PostStanding]
    rounds: list[RoundStanding] = field(default_factory=list)

    @property
    def elected(self) -> list[Candidate]:
        return [one for post in self.posts.values() for one in post.elected]

    @property
    def is_valid(self) -> bool:
        """Whether the first round, on which everything rests, had its turn-out."""
        return bool(self.rounds) and self.rounds[0].turnout.is_met

    @property
    def open_posts(self) -> list[PostStanding]:
        return [post for post in self.posts.values() if post.left]

    @property
    def running(self) -> list[Candidate]:
        """Who stands in the next round."""
        return [one for post in self.open_posts for one in post.running]

    @property
    def is_over(self) -> bool:
        """Whether every seat is filled by valid counts."""
        return self.is_valid and not self.open_posts


def standing_of(election: Election) -> Standing:
    """Return what the signed counts of the election come to, round by round."""
    candidates = list(election.candidates.standing())
    labels = dict(Candidate._meta.get_field("post").flatchoices)
    posts = {
        post: PostStanding(
            post,
            str(labels[post]),
            seats,
            running=[one for one in candidates if one.post == post],
        )
        for post, seats in election.seats.items()
    }
    standing = Standing(posts)
    for count in election.counts.signed().prefetch_related("votes__candidate"):
        take_round(standing, election, count)
    return standing


def take_round(standing: Standing, election: Election, count: BallotCount) -> None:
    """Add a signed count to the standing; one without its turn-out elects nobody."""
    turnout = turnout_of(election, count)
    told = RoundStanding(count, turnout)
    standing.rounds.append(told)
    number_of = {one.candidate_id: one.number for one in count.votes.all()}
    rule = law.threshold(rule_of(count.round), election.org_unit)
    needed = rule.needed(count.returned) if count.returned else 1
    for post in list(standing.open_posts):
        votes = [(one, number_of.get(one.pk, 0)) for one in post.running]
        decided = decide(votes, seats=post.left, needed=needed)
        for one, number in sorted(votes, key=lambda pair: -pair[1]):
            won = turnout.is_met and one in decided.elected
            check = rule.check(number, of=count.returned)
            told.lines.append(Line(one, number, check, won))
        if turnout.is_met:
            post.elected += decided.elected
            post.running, post.is_tie = decided.again, decided.is_tie


def rule_of(number: int) -> str:
    """Return which threshold elects in the round."""
    return "election-elected" if number == 1 else "election-second-round"


def turnout_of(election: Election, count: BallotCount) -> law.Check:
    """Return whether enough took part, with the arithmetic in a sentence."""
    rule = law.threshold(f"election-valid-{election.mode}", election.org_unit)
    return rule.check(count.returned, of=count.entitled)


def result_words(standing: Standing, election: Election) -> str:
    """Return in sentences whether the election is valid, who is elected, what is left.

    "" before a first count is signed.
    """
    if not standing.rounds:
        return ""
    first = standing.rounds[0].turnout
    if not first.is_met:
        return formats.sentences([_("选举无效。"), first.sentence])
    parts = [_("选举有效。"), first.sentence]
    for post in standing.posts.values():
        if post.elected:
            told = {"post": post.label, "names": formats.listed(post.elected)}
            parts.append(_("%(post)s当选：%(names)s。") % told)
        if post.left:
            parts.append(words_of_rest(post, election))
    return formats.sentences(parts)


def words_of_rest(post: PostStanding, election: Election) -> str:
    """Say how many seats of a post are left, and who stands for them again."""
    told = {
        "post": post.label,
        "count": post.left,
        "names": formats.listed(post.running) or _("没有候选人"),
    }
    if post.is_tie:
        words = _("%(post)s还缺%(count)d名，%(names)s得票相同，由他们再次投票。")
        return words % told + law.cited("election-rules", election.org_unit)
    rule = law.threshold("election-second-round", election.org_unit)
    words = _("%(post)s还缺%(count)d名，另行选举的候选人：%(names)s。")
    return words % told + _("依据：%(source)s。") % {"source": rule.source}
