"""The menu of staff pages, drawn from what the apps offer and the user may open.

# visits/navigation.py
add(DAILY, Item(_("今日走访"), "door", "visits:today", "visits.add_visit", order=2))
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toolkit.registry import Registry

DAILY, PILLARS, REPORTING, SYSTEM = "daily", "pillars", "reporting", "system"
SECTIONS = {
    DAILY: _("日常工作"),
    PILLARS: _("五位一体"),
    REPORTING: _("公开与报告"),
    SYSTEM: _("系统管理"),
}
items = Registry("menu item")


@dataclass(frozen=True)
class Item:
    """One line of the menu: where it leads, and who sees it."""

    label: str
    icon: str
    url_name: str
    # "" for everybody who has signed in.
    permission: str
    order: int
    hue: str = ""
    # Whether the line is among the five of the bar on a phone, with a short label.
    bar_label: str = ""
    # (user) -> whether the line is pressing: only then it stands in the bar, and a
    # line that gives way does not.
    bar_when: Callable | None = None
    gives_way: bool = False
    # (user) -> a small number beside the label, 0 for none.
    count: Callable | None = None
    # Further permissions of which any one shows the line.
    or_permissions: tuple[str, ...] = ()
    # Names of pages elsewhere that belong to the line, too.
    covers: tuple[str, ...] = ()

    def reach(self, path: str) -> int:
        """Return how much of the path the line's own addresses cover, 0 for nothing."""
        urls = map(address_of, (self.url_name, *self.covers))
        return max((len(url) for url in urls if path.startswith(url)), default=0)

    def in_bar(self, user) -> str:
        """Return the short label of the line in the bar, "" where it has none now."""
        is_out = self.bar_when is not None and not self.bar_when(user)
        return "" if is_out else self.bar_label

    def is_for(self, user) -> bool:
        """Answer whether the user sees the line."""
        asked = (self.permission, *self.or_permissions)
        return not self.permission or any(user.has_perm(name) for name in asked)


@cache
def address_of(url_name: str) -> str:
    """Return the address of a page without parameters, which never changes."""
    return reverse(url_name)


def add(section: str, item: Item) -> None:
    """Add a line to a section of the menu."""
    items.add((section, item.url_name), item)


def lines_for(user, path: str) -> list[tuple[str, dict]]:
    """Return (section, line) for everything that the user may open."""
    ordered = sorted(items.items(), key=lambda entry: entry[1].order)
    shown = [
        (section, item, item.reach(path))
        for (section, _name), item in ordered
        if item.is_for(user)
    ]
    # The line that covers most of the path is where the reader stands.
    best = max((reach for _section, _item, reach in shown), default=0)
    return [
        (
            section,
            {
                "label": item.label,
                "bar_label": item.in_bar(user),
                "is_pressing": item.bar_when is not None,
                "gives_way": item.gives_way,
                "url": address_of(item.url_name),
                "icon": item.icon,
                "hue": item.hue,
                "current": 0 < reach == best,
                "count": item.count(user) if item.count else 0,
            },
        )
        for section, item, reach in shown
    ]


def menu_for(user, path: str) -> list[dict]:
    """Return the sections of the menu with their lines."""
    lines = lines_for(user, path)
    sections = [
        {"label": label, "items": [line for name, line in lines if name == section]}
        for section, label in SECTIONS.items()
    ]
    return [section for section in sections if section["items"]]
