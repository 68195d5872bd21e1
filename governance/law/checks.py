"""What the two laws of self-governance ask for in numbers, with the article beside it.

    quorum = law.threshold("congress-quorum", unit)
    quorum.needed(45)                     # 30
    quorum.check(29, of=45).sentence      # 组成人员45人，到会29人，至少需30人…

A community obeys the law of residents' committees, a village that of villagers'
committees: which, its rule profile says. Fractions are exact. 以上 includes the number
itself, 过半数 and 超过 do not.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from communities.models import OrgUnit
from toolkit.marks import in_english
from toolkit.registry import Registry

AT_LEAST, MORE_THAN = "at_least", "more_than"
COMMUNITY, VILLAGE = OrgUnit.RuleProfile.COMMUNITY, OrgUnit.RuleProfile.VILLAGE
LAWS = {COMMUNITY: "《城市居民委员会组织法》", VILLAGE: "《村民委员会组织法》"}
NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a rule is kept, how many it asks for, and a sentence that explains it."""

    is_met: bool
    needed: int
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A part of a whole that must be reached, or passed: 三分之二以上, 过半数."""

    slug: str
    profile: str
    part: Fraction
    bound: str
    of: str
    did: str
    source: str

    def needed(self, of: int) -> int:
        """Return the smallest number that is enough out of so many.

        Raises ValueError where there is nobody: a part of none is no number.
        """
        if of < 1:
            raise ValueError("a part of nobody")
        exact = self.part * of
        least = -(-exact.numerator // exact.denominator)
        if self.bound == MORE_THAN and exact.denominator == 1:
            return least + 1
        return least

    def is_met(self, count: int, *, of: int) -> bool:
        """Answer whether so many of so many are enough."""
        return of > 0 and count >= self.needed(of)

    def check(self, count: int, *, of: int) -> Check:
        """Return how the rule stands with so many of so many, in one sentence."""
        if of < 1:
            words = _("%(of)s人数为0，不能计算。") % {"of": self.of}
            return Check(False, 0, words, self.source)
        needed, met = self.needed(of), self.is_met(count, of=of)
        facts = {
            "of": self.of,
            "whole": of,
            "did": self.did,
            "count": count,
            "part": self.part_words,
            "needed": needed,
            "source": self.source,
        }
        words = (
            _(
                "%(of)s%(whole)d人，%(did)s%(count)d人，%(part)s为%(needed)d人，已达到。依据：%(source)s。"
            )
            if met
            else _(
                "%(of)s%(whole)d人，%(did)s%(count)d人，%(part)s为%(needed)d人，没有达到。依据：%(source)s。"
            )
        )
        return Check(met, needed, words % facts, self.source)

    @property
    def part_words(self) -> str:
        """The words of the law: 过半数, 超过三分之二, 三分之二以上."""
        if self.bound == MORE_THAN and self.part == Fraction(1, 2):
            return _("过半数")
        fraction = fraction_words(self.part)
        words = _("超过%(part)s") if self.bound == MORE_THAN else _("%(part)s以上")
        return words % {"part": fraction}


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number that must lie between two others, both included."""

    slug: str
    profile: str
    least: int
    most: int | None
    of: str
    source: str

    def is_met(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)

    def check(self, count: int) -> Check:
        """Return how the rule stands with a number, in one sentence."""
        met = self.is_met(count)
        facts = {
            "of": self.of,
            "count": count,
            "range": self.range_words,
            "source": self.source,
        }
        words = (
            _("%(of)s为%(count)d，规定%(range)s，符合。依据：%(source)s。")
            if met
            else _("%(of)s为%(count)d，规定%(range)s，不符合。依据：%(source)s。")
        )
        return Check(met, self.least, words % facts, self.source)

    @property
    def range_words(self) -> str:
        """5至9, 至少1, 至多3."""
        facts = {"least": self.least, "most": self.most}
        if self.most is None:
            return _("至少%(least)d") % facts
        if not self.least:
            return _("至多%(most)d") % facts
        return _("%(least)d至%(most)d") % facts


def fraction_words(part: Fraction) -> str:
    """Return 三分之二, or 2/3 for readers of English."""
    if in_english():
        return f"{part.numerator}/{part.denominator}"
    return f"{NUMERALS[part.denominator]}分之{NUMERALS[part.numerator]}"


thresholds = Registry("threshold")
all_bounds = Registry("bounds")
articles = Registry("article")


def threshold_of(profile, slug, part, bound, of, did, article) -> Threshold:
    """Register a part that a law asks for."""
    source = LAWS[profile] + article
    row = Threshold(slug, profile, Fraction(part), bound, of, did, source)
    return thresholds.add((slug, profile), row)


def bounds_of(profile, slug, least, most, of, article) -> Bounds:
    """Register two numbers of a law, between which another must lie."""
    row = Bounds(slug, profile, least, most, of, LAWS[profile] + article)
    return all_bounds.add((slug, profile), row)


def cites(profile, slug, article) -> str:
    """Register the article on which a rule without a number rests."""
    return articles.add((slug, profile), LAWS[profile] + article)


def source_of(slug: str, unit: OrgUnit) -> str:
    """Return the article of a rule for the unit: 《城市居民委员会组织法》第三十六条."""
    return articles[slug, unit.rule_profile]


def cited(slug: str, unit: OrgUnit) -> str:
    """Return the end of a sentence that names the article: 依据：《…》第三十六条。"""
    return _("依据：%(source)s。") % {"source": source_of(slug, unit)}


def threshold(slug: str, unit: OrgUnit) -> Threshold:
    """Return the part that the law of the unit asks for; KeyError where it has none."""
    return thresholds[slug, unit.rule_profile]


def bounds(slug: str, unit: OrgUnit) -> Bounds:
    """Return the numbers that the law of the unit asks for; KeyError where none."""
    return all_bounds[slug, unit.rule_profile]


def asks(slug: str, unit: OrgUnit) -> bool:
    """Answer whether the law of the unit has such a rule."""
    return (slug, unit.rule_profile) in {**thresholds, **all_bounds}
