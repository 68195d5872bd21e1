"""Whether each body is as its law wants it, one declared check after the other.

    @body_check(Body.Kind.COMMITTEE)
    def has_a_woman(body, serving): ...    # yields Findings

`serving` are the members of the newest term that has begun, head first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from governance import law
from governance.election_calendar import limit_of_unit
from governance.kinship import near_relatives
from governance.models import Body, Election, Member, ResidentGroup
from toolkit import clocks, formats
from toolkit.registry import Registry

LATE, FAULT, NEAR = "late", "fault", "near"
# From so many days before its end a term is named on the board.
SOON = timedelta(days=90)
FEMALE = "2"
# So many groups are named, the rest counted.
FEW = 3
COMMITTEE, SUPERVISION = Body.Kind.COMMITTEE, Body.Kind.SUPERVISION

checks = Registry("body check")


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: how bad, in a sentence with its source."""

    tone: str
    text: str
    is_about_term: bool = False


def body_check(*kinds: str) -> Callable:
    """Register a function (body, serving members) -> Findings for kinds of bodies."""

    def register(function: Callable) -> Callable:
        checks.add(function.__name__, (frozenset(kinds), function))
        return function

    return register


def findings_of(body: Body) -> list[Finding]:
    """Return everything that a body lacks, what is late first."""
    if body.term is None:
        return [Finding(FAULT, _("没有登记成立或换届，按缺少这个组织处理。"))]
    serving = body.term.serving
    found = [
        finding
        for kinds, check in checks.values()
        if body.kind in kinds
        for finding in check(body, serving)
    ]
    return sorted(found, key=lambda one: (LATE, FAULT, NEAR).index(one.tone))


@body_check(*Body.Kind.values)
def stands_in_its_term(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """A body past its term is a missing one; the end is named in time (F014, T09)."""
    today, end = timezone.localdate(), body.term.ends_on
    if end is None:
        return
    source = term_source(body)
    if end < today:
        words = _("%(day)s任期届满，已过%(days)d天，应当及时换届。%(source)s")
        days = (today - end).days
        facts = {"day": formats.cn_date(end), "days": days, "source": source}
        yield Finding(LATE, words % facts)
    elif end - today <= SOON:
        words = _("%(day)s任期届满，还有%(days)d天，请准备换届。%(source)s")
        days = (end - today).days
        facts = {"day": formats.cn_date(end), "days": days, "source": source}
        yield Finding(NEAR, words % facts, is_about_term=True)


def term_source(body: Body) -> str:
    """Return which article sets the term of the body, "" where no law does."""
    if body.kind not in (COMMITTEE, SUPERVISION, Body.Kind.CONGRESS):
        return ""
    limit = clocks.limit("T09", profile=body.org_unit.rule_profile)
    return _("依据：%(source)s。") % {"source": limit.source}


@body_check(COMMITTEE)
def has_its_election_planned(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """When a term ends the next election is held: art. 14 of either law (F021).

    Late once the list of voters can no more be published in time for an election on the
    last day of the term.
    """
    today, end = timezone.localdate(), body.term.ends_on
    if end is None or end - today > SOON:
        return
    planned = Election.objects.running().filter(body=body)
    if planned.filter(kind=Election.Kind.GENERAL).exists():
        return
    limit = limit_of_unit(body.org_unit, "T04", "list")
    last = clocks.run(limit, end + timedelta(days=1)).due_on
    source = law.cited("election-term", body.org_unit)
    if today > last:
        words = _("没有安排换届选举，已来不及在任期届满时换届，请尽快筹备。")
        yield Finding(LATE, words + source)
    else:
        words = _("没有安排换届选举，选民名单最迟%(day)s公布。")
        told = {"day": formats.cn_date(last)}
        yield Finding(NEAR, words % told + source, is_about_term=True)


@body_check(*Body.Kind.values)
def has_a_document(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """Without a founding or renewal document a body counts as missing (F014)."""
    if not body.term.document:
        yield Finding(FAULT, _("没有成立或换届文号，请补登。"))


@body_check(COMMITTEE)
def has_its_members(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """Five to nine with head and deputies, in a village three to seven."""
    yield from unless(law.bounds("committee-members", body.org_unit), len(serving))


@body_check(COMMITTEE)
def has_a_woman(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """There must be a woman among the members (F024)."""
    women = sum(one.sex == FEMALE for one in serving)
    yield from unless(law.bounds("committee-women", body.org_unit), women)


def unless(rule: law.Bounds, count: int) -> Iterator[Finding]:
    check = rule.check(count)
    if not check.is_met:
        yield Finding(FAULT, check.sentence)


@body_check(COMMITTEE)
def sits_without_relatives(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """Members of a committee must not be near relatives of each other."""
    for kin in near_relatives(serving):
        words = _("%(one)s、%(two)s可能是近亲属（%(why)s），委员会成员实行近亲属回避。")
        facts = {"one": kin.first, "two": kin.second, "why": kin.why}
        yield Finding(FAULT, words % facts + law.cited("kin-apart", body.org_unit))


@body_check(SUPERVISION)
def is_apart_from_the_committee(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """No member of the committee, and no near relative of one, supervises it."""
    committee = committee_of(body)
    source = law.cited("supervision-apart", body.org_unit)
    ruled = {one.resident_id for one in committee if one.resident_id}
    names = [one for one in serving if one.resident_id in ruled]
    for one in names:
        words = _("%(name)s是居（村）委会成员，不得担任监督委员会成员。")
        yield Finding(FAULT, words % {"name": one} + source)
    for kin in near_relatives([*committee, *serving]):
        if (kin.first in committee) == (kin.second in committee):
            continue
        words = _("%(one)s、%(two)s可能是近亲属（%(why)s），不得担任监督委员会成员。")
        facts = {"one": kin.first, "two": kin.second, "why": kin.why}
        yield Finding(FAULT, words % facts + source)


def committee_of(body: Body) -> list[Member]:
    """Return the members of the committee of the unit of another body."""
    rows = Body.objects.filter(org_unit=body.org_unit, kind=COMMITTEE, closed_on=None)
    return [
        member for one in rows.with_terms() if one.term for member in one.term.serving
    ]


@body_check(Body.Kind.CONGRESS)
def has_its_share_of_delegates(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """Representatives are four fifths of the meeting; in a village, women a third."""
    delegates = [one for one in serving if one.post == Member.Post.DELEGATE]
    unit, whole = body.org_unit, len(serving)
    counts = {
        "congress-representatives": len(delegates),
        "congress-women": sum(one.sex == FEMALE for one in delegates),
    }
    for slug, count in counts.items():
        if whole and law.asks(slug, unit):
            check = law.threshold(slug, unit).check(count, of=whole)
            if not check.is_met:
                yield Finding(FAULT, check.sentence)


@body_check(Body.Kind.CONGRESS)
def has_delegates_for_its_groups(
    body: Body, serving: list[Member]
) -> Iterator[Finding]:
    """Each group of households has somebody who speaks for it."""
    groups = groups_of(body)
    alone = [one.name for one in groups if not delegates_of(one, serving)]
    if alone:
        words = _("%(groups)s还没有代表。")
        yield Finding(FAULT, words % {"groups": some_of(alone)})


@body_check(Body.Kind.CONGRESS)
def has_as_many_delegates_as_usual(
    body: Body, serving: list[Member]
) -> Iterator[Finding]:
    """One representative for 20 to 50 households, in a village for 5 to 15."""
    rule = law.bounds("households-each-representative", body.org_unit)
    unusual = []
    for group in groups_of(body):
        count = delegates_of(group, serving)
        if count and not rule.is_met(round(group.households / count)):
            told = {"group": group, "homes": group.households, "count": count}
            unusual.append(_("%(group)s%(homes)d户%(count)d人") % told)
    if unusual:
        words = _("一般%(range)s户推选一名代表：%(groups)s。依据：%(source)s。")
        facts = {"range": rule.range_words, "source": rule.source}
        yield Finding(NEAR, words % (facts | {"groups": some_of(unusual)}))


def groups_of(body: Body) -> list[ResidentGroup]:
    """Return the groups of households of the unit of a body."""
    return list(ResidentGroup.objects.filter(org_unit=body.org_unit, closed_on=None))


def delegates_of(group: ResidentGroup, serving: list[Member]) -> int:
    return sum(one.group_id == group.pk for one in serving)


def some_of(names: list[str]) -> str:
    """Return the first few of the names, and how many there are if more."""
    words = formats.listed(names[:FEW])
    if len(names) <= FEW:
        return words
    return _("%(names)s等%(count)d个小组") % {"names": words, "count": len(names)}


@body_check(Body.Kind.PARTY)
def stands_below_what_it_must(body: Body, serving: list[Member]) -> Iterator[Finding]:
    """A general branch has branches beneath it (F015)."""
    has_branches = body.branches.filter(closed_on=None).exists()
    if body.rank == Body.Rank.GENERAL and not has_branches:
        yield Finding(NEAR, _("党总支还没有登记下属党支部。"))
