"""Demo of how an office passes on or ends: hand-overs, a recall, a resignation."""

from datetime import timedelta

from communities.models import OrgUnit
from governance.election_actions import STARTING_ITEMS
from governance.election_calendar import transfer_due
from governance.models import (
    Body,
    Election,
    Recall,
    Resignation,
    Term,
    TermTransfer,
    TransferItem,
)
from toolkit import clocks
from toolkit.demo import DemoPlan

DAY = timedelta(days=1)


def hand_over(election: Election, term: Term, *, late: int) -> None:
    """Hand over on the sixth day, or so many days after the last."""
    due = transfer_due(election, term.began_on).due_on
    done = due + late * DAY if late else term.began_on + 6 * DAY
    names = [one.name for one in election.officers.all()[:2]]
    transfer = TermTransfer.objects.create(
        term=term,
        began_on=term.began_on,
        due_on=due,
        done_on=done,
        status="done",
        giver=names[0],
        taker=term.serving[0].name,
        witness=f"{names[1]}（选举委员会）",
    )
    TransferItem.objects.bulk_create(
        TransferItem(
            org_unit=transfer.org_unit,
            transfer=transfer,
            kind=kind,
            name=name,
            amount="1枚" if kind == "seal" else "",
            checked_on=done - DAY,
        )
        for kind, name in STARTING_ITEMS
    )


def end_soon(plan: DemoPlan, unit: OrgUnit) -> None:
    """Let the term of a committee end in six weeks, and nobody has planned anything."""
    body = Body.objects.get(org_unit=unit, kind=Body.Kind.COMMITTEE)
    present, former = body.terms.order_by("-began_on")[:2]
    present.ends_on = plan.today + 45 * DAY
    present.began_on = clocks.add_months(present.ends_on + DAY, -60)
    former.ends_on = present.began_on - DAY
    present.save()
    former.save()


def leave_office(plan: DemoPlan, unit: OrgUnit) -> None:
    """One member is to be recalled and has been heard, another one resigns."""
    body = Body.objects.get(org_unit=unit, kind=Body.Kind.COMMITTEE)
    serving = body.terms.order_by("-began_on").first().serving
    Recall.objects.create(
        member=serving[-1],
        status="heard",
        proposed_on=plan.today - 20 * DAY,
        reason="长期不参加工作，不履行职责",
        callers=64,
        callers_of=520,
    )
    Resignation.objects.create(
        member=serving[-2],
        handed_in_on=plan.today - 4 * DAY,
        reason="工作调动，不在本社区居住",
    )
