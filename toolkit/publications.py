"""What the apps show on the public site. Whoever has something to show adds a source.

    # notices/publications.py
    add(Source("notices", _("通知公告"), rows=Notice.objects.published, …))

The portal lists, searches and maps sources without knowing their models. `rows(now)`
must return only what the public may see at that moment. Two smaller offers go onto the
first page and the page of a unit: whom residents may call (`card`), and what they may
come to (`coming`). What is going on now and opens places to go to (`occasion`) has a
page of its own, to which every page leads as long as it lasts.

    @coming("sessions")
    def sessions(today: date) -> Iterable[Coming]: …
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from toolkit.registry import Registry

sources = Registry("public source")
cards = Registry("public card")
agendas = Registry("public agenda")
occasions = Registry("public occasion")


@dataclass(frozen=True)
class Entry:
    """One published row as lists and search results show it."""

    title: str
    url: str
    summary: str = ""
    by: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Source:
    """The published rows of one kind, and how they are listed and searched."""

    slug: str
    label: str
    rows: Callable[[datetime], QuerySet]
    # Rows of `rows`, in the order given, as entries.
    entries: Callable[[QuerySet], Iterable[Entry]]
    searched: tuple[str, ...]
    # The page that lists the source: a column of the site, two characters on phones.
    url_name: str = ""
    short_label: str = ""
    order: int = 50
    # Rows that search engines may list; names of persons stay out of them.
    indexed: Q = Q()

    def search(self, words: list[str], now: datetime) -> QuerySet:
        """Return the published rows in which every word occurs in some field."""
        found = self.rows(now)
        for word in words:
            matches = Q()
            for field in self.searched:
                matches |= Q(**{f"{field}__icontains": word})
            found = found.filter(matches)
        return found


def add(source: Source) -> Source:
    """Register a source under its slug."""
    return sources.add(source.slug, source)


def in_order() -> list[Source]:
    """Return the sources in the order of the site's columns."""
    return sorted(sources.values(), key=lambda source: source.order)


@dataclass(frozen=True)
class Card:
    """Somebody who answers for a unit: worth cutting out and keeping."""

    # Of the unit for which the person is there.
    path: str
    role: str
    name: str
    post: str
    phone: str
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    hue: str = ""


@dataclass(frozen=True)
class Coming:
    """Something that residents may come to on a day, between the hours if known."""

    path: str
    day: date
    title: str
    place: str
    begins_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True)
class Place:
    """Where residents may go while something is going on, and whom they call first."""

    # Of the unit that keeps it.
    path: str
    name: str
    address: str
    phone: str
    who: str = ""
    # Whether there is room: the words of a chip and their tone.
    room: str = ""
    tone: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Occasion:
    """Something that is going on now, with the places that are open because of it."""

    title: str
    about: str
    since: datetime
    places: tuple[Place, ...]


def card(slug: str) -> Callable:
    """Register a function (today) -> iterable of Card."""
    return lambda function: cards.add(slug, function)


def coming(slug: str) -> Callable:
    """Register a function (today) -> iterable of Coming, the next day first."""
    return lambda function: agendas.add(slug, function)


def occasion(slug: str) -> Callable:
    """Register a function (today) -> iterable of Occasion, the pressing one first."""
    return lambda function: occasions.add(slug, function)
