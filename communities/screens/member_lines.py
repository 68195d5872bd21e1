"""The members of a household as the rows of a table."""

from django.utils.translation import gettext as _

from communities.models import PopulationEvent, Resident
from communities.screens.columns import living_chip, sex_and_age
from toolkit import formats

GONE = (Resident.Living.AWAY, Resident.Living.MISSING)
Kind = PopulationEvent.Kind


def member_lines(
    members: list[Resident], subject: Resident | None = None
) -> list[dict]:
    """Return each member as prepared strings; the subject itself is no link."""
    notes = whereabouts(members)
    return [
        {
            "name": member.name,
            "url": "" if member == subject else member.get_absolute_url(),
            "relation": member.get_relation_display(),
            "sex_age": sex_and_age(member),
            "chip": living_chip(member),
            "note": notes.get(member.pk, ""),
        }
        for member in members
    ]


def whereabouts(members: list[Resident]) -> dict[int, str]:
    """Return where those are who went away, and since when: 杭州，2019年起."""
    away = [m.pk for m in members if m.living in GONE and m.ended_on is None]
    if not away:
        return {}
    events = PopulationEvent.objects.standing().filter(
        resident__in=away, kind__in=(Kind.WENT_AWAY, Kind.MISSING)
    )
    notes = {}
    for event in events.order_by("pk"):
        since = _("%(year)d年起") % {"year": event.happened_on.year}
        words = (event.place, since)
        notes[event.resident_id] = formats.phrased(words)
    return notes
