"""What the frame of every page needs. Public pages are never asked who reads them."""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from toolkit.navigation import menu_for
from toolkit.search import box_for

BAR_SIZE = 5
# One line alone is no choice; the menu has it.
BAR_LEAST = 2


def shell(request) -> dict:
    """Return theme, type size, language, and (when a template asks) menu and person."""
    # What the first middleware refuses has no person yet.
    has_person = hasattr(request, "user")
    known = has_person and settings.SESSION_COOKIE_NAME in request.COOKIES
    # One menu for rail and bar: its counts are queries.
    menu = SimpleLazyObject(lambda: menu_for(request.user, request.path))
    return {
        "theme": SimpleLazyObject(lambda: theme_of(request, known)),
        "large_type": SimpleLazyObject(lambda: large_type_of(request, known)),
        "language": get_language(),
        "nav": menu,
        "bar": SimpleLazyObject(lambda: bar_for(menu)),
        "me": SimpleLazyObject(lambda: me_of(request)),
        "find": SimpleLazyObject(lambda: box_for(request.user)),
    }


def theme_of(request, known: bool) -> str:
    """Return light, dark or auto: the person's setting, else the browser's cookie."""
    if known and request.user.is_authenticated:
        return request.user.theme
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in ("light", "dark") else "auto"


def large_type_of(request, known: bool) -> bool:
    """Return whether the page is in large type: the person's setting, else a cookie."""
    if known and request.user.is_authenticated:
        return request.user.large_type
    return request.COOKIES.get("type") == "large"


def bar_for(menu: list[dict]) -> list[dict]:
    """Return two to five lines, or none, for the bar at the foot of a phone.

    Whose menu has hardly any line of the bar finds the first of the others there. What
    is pressing takes the place of what gives way.
    """
    lines = [line for section in menu for line in section["items"]]
    short = [line for line in lines if line["bar_label"]]
    if any(line.get("is_pressing") for line in short):
        short = [line for line in short if not line.get("gives_way")]
    found = short if len(short) >= BAR_LEAST else lines
    return found[:BAR_SIZE] if len(found) >= BAR_LEAST else []


def me_of(request) -> dict:
    user = request.user
    return {
        "name": user.name,
        "post": user.post,
        "url": reverse("accounts:me"),
        "key": key_of(user),
        "idle": settings.YUHAI_SESSION_IDLE_SECONDS,
        "left": getattr(request, "sign_in_left", None),
    }


def key_of(user) -> str:
    """Return what tells one person's pages from another's, and nothing else."""
    return salted_hmac("toolkit.context", str(user.pk)).hexdigest()[:16]
