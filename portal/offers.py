"""Whom to call, what to come to and where to go, as the apps offer it.

known.offers.card_for(unit)      # the policeman of the unit, or None
known.offers.coming_to(unit)     # what is on there next; of everywhere without one
known.offers.occasions           # what is going on now, with the places open for it

All of it is held with the directory: what is over is gone from every page within its
half minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from toolkit import publications
from toolkit.publications import Card, Coming, Occasion

SHOWN = 3


@dataclass(frozen=True)
class Offers:
    """Everything the apps offer on a day, the next day first."""

    cards: tuple[Card, ...] = ()
    agenda: tuple[Coming, ...] = ()
    occasions: tuple[Occasion, ...] = ()

    def card_for(self, unit) -> Card | None:
        """Return the first card of a unit; nobody answers for no unit."""
        if unit is None:
            return None
        return next((card for card in self.cards if card.path == unit.path), None)

    def coming_to(self, unit=None) -> list[Coming]:
        """Return what is on next in a unit, or anywhere in the street."""
        path = unit.path if unit else ""
        found = (one for one in self.agenda if one.path.startswith(path))
        return list(islice(found, SHOWN))


def read(today: date) -> Offers:
    """Ask every app once."""
    cards = (card for offer in publications.cards.values() for card in offer(today))
    agenda = (one for offer in publications.agendas.values() for one in offer(today))
    now_on = (one for offer in publications.occasions.values() for one in offer(today))
    # What opens no place leads nowhere.
    open_ones = tuple(one for one in now_on if one.places)
    return Offers(tuple(cards), tuple(by_day(agenda)), open_ones)


def by_day(agenda: Iterable[Coming]) -> list[Coming]:
    return sorted(agenda, key=lambda one: one.day)
