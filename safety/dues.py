"""Emergencies that stay open: whoever may close them is asked if the danger is over."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from safety.naming import why_to_close
from safety.roll import now_open
from toolkit.due_list import LATE, DueItem, due_items


@due_items("emergencies", permission="safety.change_emergency")
def long_open(user, now: datetime) -> Iterator[DueItem]:
    """One line for each emergency that has been open longer than the set time."""
    for emergency in reversed(now_open(user)):
        if not user.has_perm("safety.change_emergency", emergency):
            continue
        deadline = emergency.reminder
        if deadline is not None and now >= deadline.due_at:
            yield DueItem(
                tone=LATE,
                text=str(deadline.status(now)),
                title=_("%(title)s还没有结束") % {"title": emergency},
                url=emergency.get_absolute_url(),
                unit=emergency.org_unit.name,
                due=deadline.due_at,
                source=deadline.limit.source,
                why=why_to_close(deadline),
            )
