"""Cards and coming events as finished strings for the pages of the site."""

from communities.contacts import phones_of
from portal.directory import Unit
from portal.site import Site
from toolkit import formats
from toolkit.hours import cn_hours


def shown_card(site: Site, unit: Unit | None) -> dict | None:
    """Return the card of a unit with its phones as text and as numbers."""
    card = site.directory.offers.card_for(unit)
    if card is None:
        return None
    return {
        "role": card.role,
        "name": card.name,
        "post": card.post,
        "phones": phones_of(card.phone),
        "facts": [{"label": label, "value": value} for label, value in card.facts],
        "note": card.note,
        "hue": card.hue,
    }


def shown_agenda(site: Site, unit: Unit | None) -> list[dict]:
    """Return what is on next near the reader; anywhere if nothing is on there."""
    offers = site.directory.offers
    found = offers.coming_to(unit) or offers.coming_to()
    return [
        {
            "month": formats.month_words(one.day),
            "day": one.day.day,
            "weekday": formats.cn_weekday(one.day, short=True),
            "title": one.title,
            "place": one.place,
            "hours": cn_hours(one.begins_at, one.ends_at),
            "unit": unit,
            "phones": unit.calls[:1] if unit else (),
        }
        for one in found
        for unit in [site.directory.at(one.path)]
    ]
