"""What is written in the course of an election: the list, who makes way, the result."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from governance import law
from governance.actions import begin_term
from governance.election_calendar import limit_of, transfer_due
from governance.election_guards import (
    last_day_of,
    why_not_change_list,
    why_not_remove,
)
from governance.kinship import declared_among
from governance.models import (
    Candidate,
    Election,
    ElectionOfficer,
    Member,
    Term,
    TermTransfer,
    TransferItem,
    Voter,
)
from governance.outcome import standing_of
from governance.registration import fault_of_voter, ground_of, may_register
from toolkit import clocks
from toolkit.history import remember

AT_ONCE = 1000
Kind, Post = TransferItem.Kind, ElectionOfficer.Post
# What every committee hands over; the office adds what else there is.
STARTING_ITEMS = (
    (Kind.SEAL, "委员会公章"),
    (Kind.SEAL, "财务专用章"),
    (Kind.CERTIFICATE, "基层群众性自治组织特别法人统一社会信用代码证书"),
    (Kind.ACCOUNTS, "会计账簿和凭证"),
    (Kind.ACCOUNTS, "银行存款和现金"),
    (Kind.PROPERTY, "办公用房和设施"),
    (Kind.PROPERTY, "固定资产清册"),
    (Kind.FILES, "工作档案"),
    (Kind.ELECTION, "选举文件和选票"),
    (Kind.CONTRACTS, "合同和债权债务清单"),
    (Kind.UNFINISHED, "未办完的事项清单"),
)


@transaction.atomic
def register_voters(
    *, election: Election, within: OrgUnit, declared_on: date, by
) -> int:
    """Put on the list all residents of a unit whom the law lets register.

    Return how many are new. Raises ValidationError once the list is frozen.
    """
    election = Election.objects.select_for_update().get(pk=election.pk)
    if refusal := why_not_change_list(election):
        raise ValidationError(refusal)
    unit = election.org_unit
    people = may_register(election, within).order_by("name_key", "pk")
    fields = ("pk", "name", "registration", "living", "birth_on", "ended_on")
    rows = [
        Voter(
            org_unit=unit,
            election=election,
            resident=one,
            name=one.name,
            basis=ground_of(one, unit),
            declared_on=declared_on,
        )
        for one in people.only(*fields)
    ]
    Voter.objects.bulk_create(rows, batch_size=AT_ONCE)
    words = _("%(unit)s，登记%(count)d人")
    note = words % {"unit": within, "count": len(rows)}
    remember(election, "registered", _("登记选民"), by=by, note=note)
    return len(rows)


@transaction.atomic
def make_way(*, candidate: Candidate, by) -> list[ElectionOfficer]:
    """Let officers leave who are nominated, or whose near relative is (art. 15).

    For each of them the next substitute enters. Return who has left.
    """
    person = candidate.voter.resident_id
    if person is None:
        return []
    serving = candidate.election.officers.select_for_update().serving()
    known = [one for one in serving if one.resident_id]
    ties = declared_among([person, *(one.resident_id for one in known)])
    leaving = [
        one
        for one in known
        if one.resident_id == person or frozenset((person, one.resident_id)) in ties
    ]
    for officer in leaving:
        leave(officer=officer, reason=why_leaving(officer, candidate), by=by)
    return leaving


def why_leaving(officer: ElectionOfficer, candidate: Candidate) -> str:
    """Return why a nomination makes an officer leave, with the article."""
    is_same = officer.resident_id == candidate.voter.resident_id
    words = (
        _("本人被提名为候选人。")
        if is_same
        else _("近亲属%(name)s被提名为候选人。") % {"name": candidate}
    )
    return words + law.cited("election-committee-leave", candidate.org_unit)


@transaction.atomic
def leave(*, officer: ElectionOfficer, reason: str, by) -> ElectionOfficer | None:
    """Let somebody leave an election committee; return the substitute who enters."""
    post, officer.left_on = officer.post, timezone.localdate()
    officer.save(update_fields=["left_on"])
    remember(officer, "left", _("退出选举委员会"), by=by, note=reason)
    if post == Post.SUBSTITUTE:
        return None
    waiting = officer.election.officers.serving().filter(post=Post.SUBSTITUTE)
    substitute = waiting.order_by("rank", "pk").first()
    if substitute is None:
        return None
    substitute.post = post
    substitute.save(update_fields=["post"])
    source = law.cited("election-committee-fill", officer.org_unit)
    note = _("接替%(name)s。") % {"name": officer} + source
    remember(substitute, "substituted", _("依次递补"), by=by, note=note)
    return substitute


def bring_into_office(election: Election, by) -> None:
    """Effect of announcing: the elected become members, in a new term or the old one.

    A new term begins on the day of the last vote, and the hand-over with it (T07, T09).
    """
    day = last_day_of(election)
    term = new_term(election, day, by) if election.is_general else election.body.term
    for candidate in standing_of(election).elected:
        member = Member.objects.create(
            term=term,
            resident=candidate.voter.resident,
            name=candidate.name,
            post=candidate.post,
            sex=candidate.sex,
            birth_year=candidate.birth_year,
            education=candidate.education,
        )
        remember(member, "elected", _("当选"), by=by, note=str(election))
    Election.objects.filter(pk=election.pk).update(announced_on=timezone.localdate())
    if election.is_general:
        open_transfer(election, term, by)


def new_term(election: Election, day: date, by) -> Term:
    """Begin the term that the law gives to the committee: five years (T09)."""
    number = election.number or next_number(election)
    over = clocks.run(limit_of(election, "T09"), day).due_on
    return begin_term(
        body=election.body,
        began_on=day,
        by=by,
        number=number,
        ends_on=over - timedelta(days=1),
        document=election.document,
    )


def next_number(election: Election) -> int | None:
    """Return the number after that of the last term, None where it has none."""
    last = election.body.term
    return last.number + 1 if last and last.number else None


def open_transfer(election: Election, term: Term, by) -> TermTransfer:
    """Open the hand-over to a new committee, with what every committee hands over."""
    due = transfer_due(election, term.began_on)
    transfer = TermTransfer.objects.create(
        term=term, began_on=term.began_on, due_on=due.due_on
    )
    TransferItem.objects.bulk_create(
        TransferItem(
            org_unit=transfer.org_unit, transfer=transfer, kind=kind, name=name
        )
        for kind, name in STARTING_ITEMS
    )
    remember(transfer, "opened", _("开始移交"), by=by, note=due.why)
    return transfer


def enter_on_list(objection, by) -> None:
    """Effect of an objection that is upheld: the list is put right, with the reason.

    Raises ValidationError where it may not change: frozen, or the person a candidate.
    """
    election, person = objection.election, objection.resident
    reason = _("申诉成立")
    if objection.wish == objection.Wish.REMOVE:
        rows = election.voters.listed().filter(resident=person)
        for voter in rows:
            if refusal := why_not_remove(voter):
                raise ValidationError(refusal)
            voter.removed_on = timezone.localdate()
            voter.save(update_fields=["removed_on"])
            remember(voter, "closed", _("从名单删除"), by=by, note=reason)
    else:
        add_by_objection(objection, reason, by)
    note_decision(objection, by)


def add_by_objection(objection, reason: str, by) -> None:
    """Put the person of an objection on the list, on the ground the records give.

    Raises ValidationError for a person whom the law does not let register.
    """
    election, person = objection.election, objection.resident
    voter = Voter(
        election=election,
        resident=person,
        name=person.name,
        basis=ground_of(person, election.org_unit) or Voter.Basis.AWAY,
        declared_on=objection.received_on,
        reason=reason,
    )
    if fault := fault_of_voter(voter):
        raise ValidationError(fault)
    voter.save()
    remember(voter, "created", _("登记"), by=by, note=reason)


def note_decision(objection, by) -> None:
    """Effect of every decision: its day is kept."""
    objection.decided_on = timezone.localdate()
    objection.save(update_fields=["decided_on"])
