from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.scoping import scope_of
from toolkit.tiles import panel, tile
from visits.day import day_of
from visits.help import link as help_link
from visits.tallies import tally_of
from visits.views.today import door_line

SHOWN = 6

tile(
    "services",
    "visits.on_time_rate",
    facts=("visits.visits", "visits.overdue", "volunteers.teams"),
)


@panel("visits-today", order=10, permission="visits.add_visit")
def todays_visits(user, now) -> dict | None:
    """The beginning of the day's list, for those who go from door to door."""
    if scope_of(user, "visits.add_visit").holds_street:
        return None
    day = day_of(user)
    tally = tally_of(user, None, day.today)
    doors = [door for lane in day.lanes() for door in lane["doors"]]
    due = [door for door in doors if door.is_due(day.today)]
    return {
        "title": _("今日走访"),
        "note": _("先列有超期的巷子，其余按行走顺序。"),
        "url": reverse("visits:today"),
        "url_label": _("全部清单"),
        "template": "visits/_desk.html",
        "context": {
            "late_homes": tally.late,
            "due_homes": tally.due,
            "done_homes": tally.done,
            "tomorrow_homes": 0 if due else homes_tomorrow(user, day.today),
            "help": help_link(user),
            "doors": [door_line(door, day.today) for door in due[:SHOWN]],
        },
    }


def homes_tomorrow(user, today: date) -> int:
    """Return how many homes the next day asks for, as things stand."""
    return tally_of(user, None, today + timedelta(days=1)).due
