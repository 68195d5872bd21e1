"""The emergencies on top of every public page: the street's first, a few at most.

    drawn = banners_of(stamp, language, now)
    drawn.html       # finished, the same for everybody
    drawn.shown      # the notices in it, so that no list repeats them

What finds no place is counted, with a link to the list of all emergencies.
"""

from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from notices.models import Notice
from portal.stamps import Stamp
from toolkit import prose

# More would push the page itself out of sight on a phone.
MOST_SHOWN = 3
MOST_HELD = 12
_held: dict[tuple, "Banners"] = {}


class Banners(NamedTuple):
    """The banners of a moment, and the keys of the notices in them."""

    html: SafeString
    shown: tuple[int, ...]


def banners_of(
    stamp: Stamp, language: str, now: datetime, besides: int | None = None
) -> Banners:
    """Return the banners of the moment, rendered once for each stamp.

    `besides` is the notice that the page itself shows; it needs no banner above it.
    """
    key = (stamp.token, stamp.since, language, besides)
    banners = _held.get(key)
    if banners is None or not stamp.token:
        banners = draw(now, besides)
        if len(_held) >= MOST_HELD:
            _held.clear()
        _held[key] = banners
    return banners


def draw(now: datetime, besides: int | None = None) -> Banners:
    """Read the emergencies of the moment and render the first of them."""
    rows = Notice.objects.published(now).emergencies().street_first()
    rows = rows.exclude(pk=besides) if besides else rows
    found = list(rows.values_list("pk", "title", "gist")[: MOST_SHOWN + 1])
    alerts = [
        {"pk": pk, "title": title, "gist": prose.inline(gist)}
        for pk, title, gist in found[:MOST_SHOWN]
    ]
    more = rows.count() - MOST_SHOWN if len(found) > MOST_SHOWN else 0
    html = render_to_string("portal/_banners.html", {"alerts": alerts, "more": more})
    return Banners(SafeString(html), tuple(alert["pk"] for alert in alerts))
