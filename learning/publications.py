from collections.abc import Iterable
from datetime import date

from learning.models import SchoolSession
from toolkit.publications import Coming, coming

MOST = 100


@coming("school-sessions")
def sessions(today: date) -> Iterable[Coming]:
    """The sessions of the citizen schools from today on, open to everybody (F065)."""
    rows = SchoolSession.objects.filter(held_on__gte=today)
    rows = rows.order_by("held_on", "pk").select_related("org_unit")
    for session in rows[:MOST]:
        path = session.org_unit.path
        yield Coming(
            path,
            session.held_on,
            session.title,
            session.place,
            session.begins_at,
            session.ends_at,
        )
