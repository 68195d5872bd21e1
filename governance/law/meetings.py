"""How many must come to which meeting, and how many carry a motion.

    rule = rule_of(Kind.CONGRESS)
    law.threshold(rule.quorum, unit).check(29, of=45)

The laws speak of the assembly and of the meeting of representatives. Of a committee
they say that the majority decides; of a deliberation council nothing, so that it keeps
the same rule. The Party's branches have their own regulation, in communities and
villages alike, which counts votes against all who have one and not against those
present.
"""

from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from governance.law.checks import (
    AT_LEAST,
    COMMUNITY,
    LAWS,
    MORE_THAN,
    VILLAGE,
    Threshold,
    thresholds,
)

PARTY_SOURCE = "《中国共产党支部工作条例（试行）》第十一条第三款"
MAJORITY = {COMMUNITY: "第三十三条第一款", VILLAGE: "第三十四条第一款"}
HALF = Fraction(1, 2)


class MeetingRule(NamedTuple):
    """The names of the thresholds of one kind of meeting.

    `demanded` maps who may demand the meeting to the share of them that the law asks.
    """

    quorum: str
    passed: str
    of_entitled: bool = False
    demanded: dict = {}


RULES = {
    "congress": MeetingRule(
        "congress-quorum",
        "congress-passed",
        demanded={"representatives": "congress-called"},
    ),
    "adults": MeetingRule(
        "assembly-quorum-adults",
        "assembly-passed",
        demanded={
            "adults": "assembly-called-adults",
            "representatives": "assembly-called-representatives",
        },
    ),
    "households": MeetingRule(
        "assembly-quorum-households",
        "assembly-passed",
        demanded={
            "households": "assembly-called-households",
            "representatives": "assembly-called-representatives",
        },
    ),
    "committee": MeetingRule("committee-quorum", "committee-passed"),
    "council": MeetingRule("committee-quorum", "committee-passed"),
    "party": MeetingRule("party-quorum", "party-passed", of_entitled=True),
}


def register_thresholds(profile: str) -> None:
    """Register what is asked for beside the two laws' own fractions."""
    majority = LAWS[profile] + MAJORITY[profile]
    rows = (
        ("committee-quorum", MORE_THAN, _("组成人员"), _("到会"), majority),
        ("committee-passed", MORE_THAN, _("到会组成人员"), _("赞成"), majority),
        ("party-quorum", AT_LEAST, _("应到会党员"), _("到会"), PARTY_SOURCE),
        ("party-passed", MORE_THAN, _("应到会党员"), _("赞成"), PARTY_SOURCE),
    )
    for slug, bound, of, did, source in rows:
        row = Threshold(slug, profile, HALF, bound, of, did, source)
        thresholds.add((slug, profile), row)


for one in (COMMUNITY, VILLAGE):
    register_thresholds(one)


def rule_of(kind: str) -> MeetingRule:
    """Return the rule of a kind of meeting."""
    return RULES[kind]
