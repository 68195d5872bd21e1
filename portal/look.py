"""How a visitor wants the pages: language, theme, size of type. Cookies say it.

Nothing here asks who is reading: public pages never touch the session.
"""

from typing import NamedTuple

from django.utils.translation import get_language

THEME_COOKIE, TYPE_COOKIE, COMMUNITY_COOKIE = "theme", "type", "community"
THEMES = ("light", "dark")
LARGE = "large"


class Look(NamedTuple):
    """One way in which a page may be drawn; pages are cached for each."""

    language: str
    theme: str
    is_large: bool


def look_of(request) -> Look:
    """Return how this browser wants its pages; unknown wishes count as none."""
    cookies = request.COOKIES
    theme = cookies.get(THEME_COOKIE, "")
    return Look(
        get_language(),
        theme if theme in THEMES else "",
        cookies.get(TYPE_COOKIE) == LARGE,
    )
