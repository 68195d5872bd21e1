"""What forbids a step of an election, in a sentence with the article."""

from django.utils import timezone
from django.utils.translation import gettext as _

from governance import law
from governance.checks import FEMALE
from governance.election_calendar import decision_due, list_due, objections_due
from governance.models import (
    BallotCount,
    Candidate,
    Election,
    ElectionStatus,
    Objection,
    Proxy,
    Voter,
)
from governance.outcome import standing_of
from toolkit import formats

Status = ElectionStatus


def why_not_list(election: Election, by) -> str:
    """Why the list cannot be published: nobody presides, nobody on it, too late."""
    unit, today = election.org_unit, timezone.localdate()
    if not election.officers.serving().filter(post="head").exists():
        words = _("还没有选举委员会主任，选举由选举委员会主持。")
        return words + law.cited("election-committee", unit)
    if not election.entitled():
        words = _("名单上还没有%(who)s，请先登记。")
        told = {"who": election.get_mode_display()}
        return words % told + law.cited("voters-list", unit)
    due = list_due(election)
    if today > due.due_on:
        words = _("名单应在选举日二十日前公布，最迟%(day)s，已经过了，请先推迟选举日。")
        told = {"day": formats.cn_date(due.due_on)}
        return words % told + law.cited("voters-list", unit)
    return ""


def why_not_freeze(election: Election, by) -> str:
    """Why the list cannot be closed: the days for objections run, or one is open."""
    due, today = objections_due(election, election.list_published_on), _today()
    source = law.cited("voters-objection", election.org_unit)
    if today <= due.due_on:
        words = _("申诉期到%(day)s为止，还不能确定名单。")
        return words % {"day": formats.cn_date(due.due_on)} + source
    waiting = election.objections.filter(status=Objection.Status.RECEIVED).count()
    if waiting:
        words = _("还有%(count)d件申诉没有处理决定，不能确定名单。")
        return words % {"count": waiting} + source
    return ""


def why_not_nominate(election: Election, by) -> str:
    """Why the candidates cannot be published: too few, or no woman among them."""
    standing = list(election.candidates.standing())
    source = law.cited("candidates", election.org_unit)
    labels = dict(Candidate._meta.get_field("post").flatchoices)
    for post, seats in election.seats.items():
        count = sum(one.post == post for one in standing)
        if count <= seats:
            words = _("%(post)s应选%(seats)d名，候选人%(count)d名，应当多于应选名额。")
            told = {"post": labels[post], "seats": seats, "count": count}
            return words % told + source
    if election.is_general and not any(one.sex == FEMALE for one in standing):
        words = _("候选人中没有妇女，委员会成员中应当有妇女成员。")
        return words + law.cited("candidates-woman", election.org_unit)
    return ""


def why_not_announce(election: Election, by) -> str:
    """Why there is no result to announce; an invalid one never is."""
    if election.counts.filter(status=BallotCount.Status.TYPED).exists():
        words = _("还有计票记录没有第二人复核签字。")
        return words + law.cited("ballots", election.org_unit)
    standing = standing_of(election)
    if not standing.rounds:
        return _("还没有计票。") + law.cited("ballots", election.org_unit)
    if not standing.is_valid:
        words = _("选举无效，不能公布结果。")
        return words + standing.rounds[0].turnout.sentence
    if standing.open_posts:
        rest = formats.listed(
            _("%(post)s还缺%(count)d名") % {"post": post.label, "count": post.left}
            for post in standing.open_posts
        )
        rule = law.threshold("election-second-round", election.org_unit)
        words = _("%(rest)s，不足的名额应当另行选举。依据：%(source)s。")
        return words % {"rest": rest, "source": rule.source}
    return why_no_term(election)


def why_no_term(election: Election) -> str:
    """Why the result cannot begin a term, or fill a seat in the one that runs."""
    term = election.body.term
    if not election.is_general:
        return "" if term else _("委员会没有登记任期，不能补选。")
    day = last_day_of(election)
    if election.body.terms.filter(began_on__gte=day).exists():
        return _("这个委员会已登记了更晚产生的一届。")
    return ""


def last_day_of(election: Election):
    """Return the day of the last signed vote, on which the new members came about."""
    days = election.counts.signed().values_list("held_on", flat=True)
    return max(days, default=election.held_on)


def why_not_invalid(election: Election, by) -> str:
    """Why the election cannot be closed as invalid: it was valid, or not counted."""
    standing = standing_of(election)
    if not standing.rounds:
        return _("还没有计票。") + law.cited("ballots", election.org_unit)
    if standing.is_valid:
        return _("选举有效，不能按无效处理。") + standing.rounds[0].turnout.sentence
    return ""


def why_not_sign(count: BallotCount, by) -> str:
    """Why this person cannot sign a count: he typed it himself."""
    if by is not None and count.typed_by_id == by.pk:
        words = _("计票人不能自己复核，要由第二人签字。")
        return words + law.cited("ballots", count.org_unit)
    return ""


def why_not_change_list(election: Election) -> str:
    """Why nobody can be put on the list or taken off it: it is frozen."""
    if election.is_list_open:
        return ""
    return _("选民名单已经确定，不能再增减。") + law.cited(
        "voters-objection", election.org_unit
    )


def fault_of_objection(objection: Objection) -> str:
    """Return why an objection cannot be taken: no list yet, or the days are over."""
    election = objection.election
    source = law.cited("voters-objection", election.org_unit)
    if election.status != Status.LISTED:
        return _("名单公布后、确定前才受理申诉。") + source
    due = objections_due(election, election.list_published_on)
    if not election.list_published_on <= objection.received_on <= due.due_on:
        words = _("应当自名单公布之日起五日内提出，到%(day)s为止。")
        return words % {"day": formats.cn_date(due.due_on)} + source
    return ""


def objection_words(objection: Objection) -> str:
    """Return until when an objection is decided, and how that stands."""
    due = decision_due(objection.election, objection.received_on)
    if objection.decided_on and objection.decided_on > due.due_on:
        late = formats.days_late((objection.decided_on - due.due_on).days)
        return formats.sentences([f"{late}。", due.why])
    return due.why


def fault_of_candidate(candidate: Candidate) -> str:
    """Return why somebody cannot be nominated, with the article; "" if he can."""
    election, unit = candidate.election, candidate.election.org_unit
    source = law.cited("candidates", unit)
    if election.status not in (Status.DRAFT, Status.LISTED, Status.FROZEN):
        return _("候选人公布后不能再提名。") + source
    if candidate.post not in election.seats:
        return _("这次选举没有这个职务的名额。") + source
    if candidate.voter.election_id != election.pk or candidate.voter.removed_on:
        return _("候选人要在这次选举的选民名单上。") + source
    by_voters = candidate.nominated_by == Candidate.By.VOTERS
    if by_voters and law.asks("nominators", unit):
        check = law.bounds("nominators", unit).check(candidate.nominators or 0)
        return "" if check.is_met else check.sentence
    return ""


def fault_of_proxy(proxy: Proxy) -> str:
    """Return why a voter cannot vote for another one, with the article."""
    election, unit = proxy.election, proxy.election.org_unit
    source = law.cited("proxies", unit)
    if election.mode == "representatives":
        return _("采取居民代表选举方式的，不实行委托投票。") + source
    if election.status not in (Status.FROZEN, Status.NOMINATED):
        return _("名单确定后、结果公布前才登记委托。") + source
    both = (proxy.principal, proxy.agent)
    if any(one.election_id != election.pk or one.removed_on for one in both):
        return _("委托人和受托人都要在已确定的选民名单上。") + source
    if election.mode != "voters" and not proxy.principal.is_delegate:
        return _("委托人不是户的代表，没有投票权可以委托。") + source
    if election.candidates.standing().filter(voter=proxy.agent).exists():
        return (
            _("%(name)s是候选人，不得接受委托投票。") % {"name": proxy.agent} + source
        )
    if proxy.written_on > election.held_on:
        return _("委托书日期不能晚于选举日。") + source
    return fault_of_places(proxy)


def fault_of_places(proxy: Proxy) -> str:
    """Return that an agent votes for as many as the law lets him, or has left it."""
    source = law.cited("proxies", proxy.election.org_unit)
    given = Proxy.objects.open().filter(principal=proxy.agent)
    if given.exists():
        return _("受托人自己已委托他人投票，不能再接受委托。") + source
    held = Proxy.objects.open().filter(agent=proxy.agent).count()
    check = law.bounds("proxy-principals", proxy.election.org_unit).check(held + 1)
    return "" if check.is_met else check.sentence


def fault_of_count(count: BallotCount, votes: dict[Candidate, int]) -> str:
    """Return what does not fit in a count, with the article; "" if all fits."""
    unit = count.election.org_unit
    source = law.cited("ballots", unit)
    if count.held_on > _today():
        return _("投票日期不能晚于今天。") + source
    if count.held_on < count.election.held_on:
        return _("投票日期不能早于选举日。") + source
    if count.issued > count.entitled:
        words = _("发出%(count)d张，有投票权的只有%(most)d人。")
        return words % {"count": count.issued, "most": count.entitled} + source
    if count.returned > count.issued:
        words = _("收回%(count)d张，多于发出的%(most)d张，这次投票无效，应当重新投票。")
        return words % {"count": count.returned, "most": count.issued} + source
    if count.invalid > count.returned:
        return _("废票多于收回的选票，请核对。") + source
    return fault_of_votes(count, votes)


def fault_of_votes(count: BallotCount, votes: dict[Candidate, int]) -> str:
    """Return that a candidate or a post has more votes than there are ballots."""
    source = law.cited("ballots", count.election.org_unit)
    labels = dict(Candidate._meta.get_field("post").flatchoices)
    left = {post.post: post.left for post in standing_of(count.election).open_posts}
    totals: dict[str, int] = {}
    for candidate, number in votes.items():
        if number > count.valid:
            words = _("%(name)s得%(count)d票，有效票只有%(most)d张。")
            told = {"name": candidate, "count": number, "most": count.valid}
            return words % told + source
        totals[candidate.post] = totals.get(candidate.post, 0) + number
    for post, total in totals.items():
        most = count.valid * left.get(post, 0)
        if total > most:
            words = _("%(post)s共得%(count)d票，%(seats)d个名额最多%(most)d票。")
            told = {"post": labels[post], "count": total, "most": most}
            return words % (told | {"seats": left.get(post, 0)}) + source
    return ""


def why_no_count(election: Election) -> str:
    """Why no (further) round can be counted now; "" if one can."""
    source = law.cited("ballots", election.org_unit)
    if election.status != Status.NOMINATED:
        return _("候选人公布后才能登记计票。") + source
    if election.counts.filter(status=BallotCount.Status.TYPED).exists():
        return _("上一轮计票还没有第二人复核签字。") + source
    standing = standing_of(election)
    if standing.rounds and not standing.is_valid:
        return _("选举无效，应当重新组织选举。") + standing.rounds[0].turnout.sentence
    if standing.is_over:
        return _("名额已经选满，不用再投票。") + source
    if standing.rounds and not standing.running:
        return _("没有候选人可以另行选举。") + source
    return ""


def why_not_remove(voter: Voter) -> str:
    """Why a voter cannot be taken off the list: it is frozen, or he is a candidate."""
    if refusal := why_not_change_list(voter.election):
        return refusal
    if voter.candidacies.filter(status=Candidate.Status.NOMINATED).exists():
        return _("此人是候选人，请先办理退出或取消资格。") + law.cited(
            "candidates", voter.election.org_unit
        )
    return ""


def _today():
    return timezone.localdate()
