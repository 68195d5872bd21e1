"""Where to go now: the places that are open because of something that is going on.

Every public page leads there by a banner (`banner_of`) as long as it lasts. Both are
made from the directory alone, so that a page is known by its digest.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.contacts import phones_of
from portal.directory import Directory, Unit
from toolkit import formats
from toolkit.publications import Occasion, Place

# A banner for each language, before and after a change.
MOST_HELD = 8
_held: dict[tuple, SafeString] = {}


def banner_of(known: Directory, language: str) -> SafeString:
    """Return the banner that leads to the open places, "" where nothing is going on."""
    occasions = known.offers.occasions
    if not occasions:
        return SafeString()
    key = (known.digest, language)
    banner = _held.get(key)
    if banner is None:
        if len(_held) >= MOST_HELD:
            _held.clear()
        context = {"occasions": occasions}
        drawn = render_to_string("portal/_open_places.html", context)
        banner = _held[key] = SafeString(drawn)
    return banner


def shown_occasion(occasion: Occasion, known: Directory, mine: Unit | None) -> dict:
    """Return what is going on with its places, those of the own community first."""
    begun = _("%(at)s启动") % {"at": formats.cn_day_time(occasion.since)}
    places = sorted(occasion.places, key=lambda place: not is_of(place, mine))
    return {
        "title": occasion.title,
        "about": formats.phrased([occasion.about, begun]),
        "places": [shown_place(place, known, mine) for place in places],
    }


def shown_place(place: Place, known: Directory, mine: Unit | None) -> dict:
    """Return a place with its numbers to dial and the chip that tells of room."""
    unit = known.at(place.path)
    return {
        "name": place.name,
        "unit": unit.short_name if unit else "",
        "is_mine": is_of(place, mine),
        "address": place.address,
        "who": place.who,
        "phones": phones_of(place.phone),
        "room": formats.state(place.room, place.tone) if place.room else "",
        "facts": [{"label": label, "value": value} for label, value in place.facts],
    }


def is_of(place: Place, mine: Unit | None) -> bool:
    """Whether a place is kept by the community of the reader."""
    return mine is not None and place.path.startswith(mine.path)
