"""The calendar of an election, worked backwards from its day, with each step's article.

    for step in calendar_of(election, today):
        step.label, step.last_day, step.source, step.tone, step.state

Days come from the clock table (T04, T07); where the law names no number of days, the
last day is the one before the step that builds on it, and the page says so.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import OrgUnit
from governance import law
from governance.models import Election, ElectionStatus, Mode
from toolkit import clocks, formats

DAY = timedelta(days=1)
# So long the registration takes, as offices plan it.
BEFORE_REGISTRATION = timedelta(days=7)
CAME_TO_NOTHING = (ElectionStatus.INVALID, ElectionStatus.DISCARDED)
LATE, DONE, DUE, PLAIN = "late", "done", "near", ""


@dataclass(frozen=True)
class Step:
    """One thing to be done for an election: until when, by which article, how it is."""

    label: str
    last_day: date
    source: str
    done_on: date | None
    state: str
    tone: str
    why: str = ""

    @property
    def day_words(self) -> str:
        return formats.cn_date(self.last_day)


def limit_of_unit(unit: OrgUnit, code: str, step: str = "") -> clocks.Limit:
    """Return a limit of the law that the unit obeys."""
    return clocks.limit(code, step, profile=unit.rule_profile)


def limit_of(election: Election, code: str, step: str = "") -> clocks.Limit:
    """Return a limit of the law that the unit of the election obeys."""
    return limit_of_unit(election.org_unit, code, step)


def list_due(election: Election):
    """Return the deadline for the list of voters: so many days before the election."""
    return clocks.run(limit_of(election, "T04", "list"), election.held_on)


def objections_due(election: Election, published: date):
    """Return the deadline for objections to a list published on the day."""
    return clocks.run(limit_of(election, "T04", "objection"), published)


def decision_due(election: Election, received: date):
    """Return the deadline for the decision of an objection received on the day."""
    return clocks.run(limit_of(election, "T04", "decision"), received)


def transfer_due(election: Election, began: date):
    """Return the deadline of the hand-over to a committee that came about on a day."""
    return clocks.run(limit_of(election, "T07"), began)


def step_of(label, last_day: date, source: str, done_on, today: date, why="") -> Step:
    """Return a step with its state: done (late or not), late, due, or to come."""
    if done_on:
        late = (done_on - last_day).days
        words = _("%(day)s完成") % {"day": formats.cn_day(done_on)}
        if late > 0:
            words = formats.phrased([words, formats.days_late(late)])
        return Step(
            label, last_day, source, done_on, words, LATE if late > 0 else DONE, why
        )
    left = (last_day - today).days
    if left < 0:
        return Step(label, last_day, source, None, formats.days_late(-left), LATE, why)
    words = _("今天到期") if left == 0 else formats.days_left(left)
    return Step(label, last_day, source, None, words, DUE if left <= 3 else PLAIN, why)


class Plan:
    """The steps of an election as they are put together, one after the other."""

    def __init__(self, election: Election, today: date):
        self.election, self.today, self.rows = election, today, []

    def add(self, label, last_day: date, slug: str, done_on) -> None:
        """Add a step that rests on an article without a number of days."""
        source = law.source_of(slug, self.election.org_unit)
        self.take(step_of(label, last_day, source, done_on, self.today))

    def add_limit(self, label, deadline, done_on) -> None:
        """Add a step whose days the clock table tells."""
        source, day = deadline.limit.source, deadline.due_on
        self.take(step_of(label, day, source, done_on, self.today, deadline.why))

    def take(self, step: Step) -> None:
        """Add a step; of an election that came to nothing none is late any more."""
        if self.election.status in CAME_TO_NOTHING and step.done_on is None:
            step = replace(step, state=_("没有进行"), tone=PLAIN)
        self.rows.append(step)


def calendar_of(election: Election, today: date) -> list[Step]:
    """Return the steps of the election in their order, each with its last day."""
    plan = Plan(election, today)
    before, listing = election.held_on - DAY, list_due(election)
    if election.is_general:
        audited = election.audit_published_on
        plan.add(_("公布上届离任审计结果"), before, "leaving-audit", audited)
    registered = listing.due_on - DAY
    officers = done_with_officers(election)
    chosen = registered - BEFORE_REGISTRATION
    plan.add(_("推选产生选举委员会"), chosen, "election-committee", officers)
    listed = election.list_published_on
    plan.add(_("登记选民"), registered, "voters-register", listed)
    plan.add_limit(_("公布选民名单"), listing, listed)
    objecting = objections_due(election, listed or listing.due_on)
    over = done_if_past(objecting.due_on, today, has_begun=bool(listed))
    plan.add_limit(_("对名单提出申诉"), objecting, over)
    deciding = decision_due(election, objecting.due_on)
    plan.add_limit(_("处理申诉、确定名单"), deciding, election.frozen_on)
    add_vote(plan, before)
    return plan.rows


def add_vote(plan: Plan, before: date) -> None:
    """Add the steps from the nomination on: the vote, the result, the hand-over."""
    election = plan.election
    nominated = election.candidates_published_on
    plan.add(_("提名并公布候选人"), before - DAY, "candidates", nominated)
    plan.add(_("候选人与居民见面"), before, "candidates", election.met_on)
    if election.mode != Mode.REPRESENTATIVES:
        day = election.proxies_published_on
        plan.add(_("公布委托人和受托人名单"), before, "proxies", day)
    held = election.held_on
    plan.add(_("投票、公开计票"), held, "ballots", first_vote(election))
    plan.add(_("公布选举结果"), held, "ballots", election.announced_on)
    if election.is_general:
        plan.take(transfer_step(election, held, plan.today))


def done_with_officers(election: Election) -> date | None:
    """Return the day on which the election committee was entered, None for none."""
    heads = [one for one in election.officers.all() if one.post == "head"]
    return timezone.localdate(heads[0].created_at) if heads else None


def done_if_past(last_day: date, today: date, *, has_begun: bool) -> date | None:
    """Return the day on which a time for others to act has run out."""
    return last_day if has_begun and today > last_day else None


def first_vote(election: Election) -> date | None:
    """Return the day of the first signed count."""
    days = [one.held_on for one in election.counts.all() if one.signed_by_id]
    return min(days, default=None)


def transfer_step(election: Election, held: date, today: date) -> Step:
    """Return the last step: the hand-over to the new committee (T07)."""
    transfer = transfer_of(election)
    began = transfer.began_on if transfer else held
    due = transfer_due(election, began)
    done = transfer.done_on if transfer else None
    label, source = _("工作移交"), due.limit.source
    return step_of(label, due.due_on, source, done, today, due.why)


def transfer_of(election: Election):
    """Return the hand-over that the announced election has begun, None for none."""
    if election.status != ElectionStatus.ANNOUNCED:
        return None
    terms = election.body.terms.filter(began_on__lte=election.announced_on)
    term = terms.select_related("transfer").order_by("-began_on").first()
    return getattr(term, "transfer", None) if term else None
