"""What is late or due soon of publication: duties, questions, complaints."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from governance.disclosing.standing import MISSING, standing_of, why
from governance.models import Complaint, DisclosureDuty, Question
from toolkit.due_list import LATE, NEAR, DueItem, due_items

SOON = timedelta(days=7)


@due_items("disclosure", permission="governance.add_disclosure")
def disclosures(user, now: datetime) -> Iterator[DueItem]:
    """One line for each matter that is missing, or must be out within a week."""
    today = timezone.localdate(now)
    rows = DisclosureDuty.objects.in_scope_of(user)
    rows = rows.filter(met_on=None, due_on__lte=today + SOON)
    for duty in rows.select_related("matter", "org_unit"):
        standing = standing_of(duty, today)
        yield DueItem(
            tone=LATE if standing.state == MISSING else NEAR,
            text=standing.text,
            title=str(duty),
            url=duty.get_absolute_url(),
            unit=duty.org_unit.name,
            due=duty.due_on,
            source=duty.matter.basis_in(duty.org_unit),
            why=why(duty),
        )


def items_of(rows) -> Iterator[DueItem]:
    """One line for each text of a resident that waits for its reply."""
    for one in rows.select_related("org_unit"):
        deadline = one.deadline
        status = deadline.status(timezone.now())
        yield DueItem(
            tone=status.tone,
            text=status.text,
            title=str(one._meta.verbose_name),
            url=one.get_absolute_url(),
            unit=one.org_unit.name,
            due=deadline.due_on,
            source=deadline.limit.source,
            why=deadline.why,
        )


@due_items("questions", permission="governance.change_question")
def questions(user, now: datetime) -> Iterator[DueItem]:
    """Questions of residents that nobody has answered (T22)."""
    yield from items_of(Question.objects.in_scope_of(user, "change").waiting())


@due_items("complaints", permission="governance.change_complaint")
def complaints(user, now: datetime) -> Iterator[DueItem]:
    """Complaints that the street has not decided (T17)."""
    yield from items_of(Complaint.objects.in_scope_of(user, "change").waiting())
