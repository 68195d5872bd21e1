"""The parts of the page of an election: calendar, committee, list, counts."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import law
from governance.election_calendar import calendar_of, transfer_of
from governance.election_guards import why_no_count
from governance.kinship import near_relatives
from governance.models import Candidate, Election, ElectionStatus
from governance.models.elections import LIST_OPEN
from governance.screens.rounds import round_section
from toolkit import formats

LINES = "governance/_lines.html"
CALENDAR = "governance/_calendar.html"
CANDIDATE_TONES = {"nominated": "open", "withdrawn": "draft", "disqualified": "bad"}
Status = ElectionStatus


def election_sections(election: Election, user) -> list[dict]:
    """Return the parts of the page, in the order in which an election goes."""
    may = user.has_perm("governance.change_election", election)
    parts = [
        calendar_section(election),
        officers_section(election, may=may),
        voters_section(election, user, may=may),
        candidates_section(election, may=may),
        proxies_section(election, user, may=may),
        *(round_section(one) for one in election.counts.order_by("round")),
        counting_section(election, may=may),
        transfer_section(election),
    ]
    return [part for part in parts if part]


def calendar_section(election: Election) -> dict:
    steps = calendar_of(election, timezone.localdate())
    return {
        "title": _("选举日程"),
        "template": CALENDAR,
        "context": {"steps": told_steps(steps)},
    }


def told_steps(steps) -> list[dict]:
    """Return the steps as prepared strings for a table."""
    return [
        {
            "label": one.label,
            "day": one.day_words,
            "source": one.source,
            "why": one.why,
            "state": formats.clock(one.state, one.tone),
        }
        for one in steps
    ]


def link_to(name: str, election: Election) -> str:
    return f"{reverse(f'governance:{name}')}?election={election.pk}"


def add_link(label, name: str, election: Election, *, may: bool) -> dict | None:
    return {"label": label, "url": link_to(name, election)} if may else None


def officers_section(election: Election, *, may: bool) -> dict:
    """Who presides over the election, and who would enter next."""
    lines = [
        {
            "label": f"{one.get_post_display()}　{one.name}",
            "about": about_officer(one),
            "url": one.get_absolute_url(),
        }
        for one in election.officers.order_by("left_on", "rank", "pk")
    ]
    may = may and election.is_running
    return {
        "title": _("选举委员会"),
        "template": LINES,
        "context": {
            "lines": lines,
            "empty": _("还没有推选选举委员会。")
            + law.cited("election-committee", election.org_unit),
            "add": add_link(_("登记成员"), "electionofficer-create", election, may=may),
        },
    }


def about_officer(officer) -> str:
    if officer.left_on:
        return _("%(day)s退出") % {"day": formats.cn_date(officer.left_on)}
    return _("推选次序%(rank)d") % {"rank": officer.rank}


def voters_section(election: Election, user, *, may: bool) -> dict:
    """How many are on the list, the ways to register, and the sheet for the board."""
    grounds = election.voters.listed().order_by().values_list("basis")
    labels = dict(grounds.model._meta.get_field("basis").flatchoices)
    counted = dict(grounds.annotate(Count("pk")))
    sees = user.has_perm("governance.view_voter", election)
    words = _("%(count)s人")
    lines = [
        {
            "label": str(labels[basis]),
            "about": words % {"count": formats.count(number)},
            "url": f"{link_to('voter-list', election)}&basis={basis}" if sees else "",
        }
        for basis, number in sorted(counted.items())
    ]
    waiting = election.objections.filter(status="received").count()
    if waiting and user.has_perm("governance.view_objection", election):
        url = f"{reverse('governance:objection-list')}?status=received"
        told = _("%(count)d件待处理") % {"count": waiting}
        lines.append({"label": _("名单申诉"), "about": told, "url": url})
    return {
        "title": _("选民名单"),
        "note": words % {"count": formats.count(sum(counted.values()))},
        "template": "governance/_voters.html",
        "context": {
            "lines": lines,
            "empty": _("还没有登记选民。"),
            "links": voter_links(election, user, may=may),
        },
    }


def voter_links(election: Election, user, *, may: bool) -> list[dict]:
    """Return the ways on from the list: register, add one, object, print."""
    is_open = may and election.status in LIST_OPEN
    links = []
    if is_open:
        url = reverse("governance:election-register", args=[election.pk])
        links.append({"label": _("按居民档案登记"), "url": url})
        links.append(add_link(_("登记一人"), "voter-create", election, may=True))
    if may and election.status == Status.LISTED:
        links.append(add_link(_("登记申诉"), "objection-create", election, may=True))
    if user.has_perm("governance.export_voter", election):
        url = reverse("governance:election-board", args=[election.pk])
        links.append({"label": _("打印公布名单"), "url": url})
    return links


def candidates_section(election: Election, *, may: bool) -> dict:
    """Who stands for which post, and who of them may be near relatives."""
    found = list(election.candidates.select_related("voter__resident"))
    lines = [
        {
            "label": f"{one.get_post_display()}　{one.name}",
            "about": about_candidate(one),
            "url": one.get_absolute_url(),
        }
        for one in found
    ]
    may = may and election.status in (*LIST_OPEN, Status.FROZEN)
    return {
        "title": _("候选人"),
        "template": "governance/_candidates.html",
        "context": {
            "lines": lines,
            "kin": kin_words(election, found),
            "empty": _("还没有提名候选人。"),
            "add": add_link(_("提名候选人"), "candidate-create", election, may=may),
        },
    }


def about_candidate(candidate: Candidate) -> str:
    told = [candidate.get_nominated_by_display()]
    if candidate.nominators:
        told.append(_("%(count)d人联名") % {"count": candidate.nominators})
    if candidate.status != Candidate.Status.NOMINATED:
        told.append(candidate.get_status_display())
    return formats.phrased(told)


def kin_words(election: Election, candidates: list[Candidate]) -> list[str]:
    """Say of which two candidates it is to be looked at whether they are relatives."""
    standing = [one for one in candidates if one.status == "nominated"]
    people = [Person(one) for one in standing]
    words = _("%(one)s、%(two)s可能是近亲属（%(why)s），同时当选的要回避。")
    source = law.cited("kin-apart", election.org_unit)
    return [
        words % {"one": kin.first, "two": kin.second, "why": kin.why} + source
        for kin in near_relatives(people)
    ]


class Person:
    """A candidate as the look-up of relatives knows members: with his record."""

    def __init__(self, candidate: Candidate):
        self.name = candidate.name
        self.resident = candidate.voter.resident
        self.resident_id = candidate.voter.resident_id

    def __str__(self):
        return self.name


def proxies_section(election: Election, user, *, may: bool) -> dict | None:
    """How many vote for others; before the list is frozen there is nothing to say."""
    if election.mode == "representatives" or election.frozen_on is None:
        return None
    rows = election.proxies.open().select_related("principal", "agent")
    sees = user.has_perm("governance.view_proxy", election)
    urls = [one.get_absolute_url() if sees else "" for one in rows]
    lines = [
        {"label": str(one), "about": "", "url": url}
        for one, url in zip(rows, urls, strict=True)
    ]
    may = may and election.status in (Status.FROZEN, Status.NOMINATED)
    return {
        "title": _("委托投票"),
        "note": _("%(count)d 人") % {"count": len(lines)} if lines else "",
        "template": LINES,
        "context": {
            "lines": lines,
            "empty": _("还没有登记委托。每人接受的委托不得超过三人，候选人不得接受。")
            + law.cited("proxies", election.org_unit),
            "add": add_link(_("登记委托"), "proxy-create", election, may=may),
        },
    }


def counting_section(election: Election, *, may: bool) -> dict | None:
    """The way to the next count, or why there is none."""
    if election.status != Status.NOMINATED:
        return None
    refusal = why_no_count(election)
    label = _("登记第%(round)d轮计票") % {"round": election.counts.count() + 1}
    return {
        "title": _("计票"),
        "template": LINES,
        "context": {
            "lines": [],
            "empty": refusal or _("投票后登记计票，由第二人复核签字。"),
            "add": add_link(
                label, "ballotcount-create", election, may=may and not refusal
            ),
        },
    }


def transfer_section(election: Election) -> dict | None:
    """The hand-over that the result began."""
    transfer = transfer_of(election) if election.is_general else None
    if transfer is None:
        return None
    line = {
        "label": transfer.get_status_display(),
        "about": _("最迟%(day)s") % {"day": formats.cn_date(transfer.due_on)},
        "url": transfer.get_absolute_url(),
    }
    return {"title": _("工作移交"), "template": LINES, "context": {"lines": [line]}}
