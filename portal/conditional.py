"""Conditional requests (RFC 9110, 13): what a browser has already, said again for less.

`EarlyUnchanged` stands before all other middleware. It knows which ETag this process
gave to which address in which look, and says "unchanged" as long as nothing that the
page may show has changed: no session, no language and no view is looked at for that.
Whatever it does not know goes the whole way, where hosts and policies are checked.
"""

from datetime import date, datetime
from hashlib import blake2b
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from portal.directory import Directory, directory
from portal.look import COMMUNITY_COOKIE, THEME_COOKIE, TYPE_COOKIE
from portal.stamps import Stamp, stamp_of

# How long a browser or a cache in between may show a page without asking, in seconds.
FRESH_SECONDS = 10
# What a public page depends on besides its address.
COOKIES = (THEME_COOKIE, TYPE_COOKIE, COMMUNITY_COOKIE, settings.LANGUAGE_COOKIE_NAME)
VARY = "Cookie"
VARY_OF_UNCHANGED = "Accept-Language, Cookie"
READING = ("GET", "HEAD")
MOST_KNOWN = 5000
LONGEST_KEY = 600


class State(NamedTuple):
    """All that pages are made of; while it is the same, so is every page."""

    token: str
    since: datetime | None
    directory: str
    day: date


# The state in which an address was answered, and the ETag of the answer.
_known: dict[tuple, tuple[State, str]] = {}


def state_of(stamp: Stamp, units: Directory, now: datetime) -> State:
    """Return the state of the moment; one that holds for every address."""
    return State(stamp.token, stamp.since, units.digest, timezone.localdate(now))


def etag_of(text: str) -> str:
    return f'"{blake2b(text.encode(), digest_size=12).hexdigest()}"'


def matches(known: str, etag: str) -> bool:
    """Whether an If-None-Match header names the ETag; weak ones count too."""
    if known.strip() == "*":
        return False
    return any(part.strip().removeprefix("W/") == etag for part in known.split(","))


def with_headers(
    answer: HttpResponse, etag: str, stamp: Stamp, now: datetime
) -> HttpResponse:
    """Let caches keep the page shortly, and never past a moment of change."""
    seconds = FRESH_SECONDS
    if stamp.until is not None:
        left = (stamp.until - now).total_seconds()
        seconds = max(0, min(seconds, int(left)))
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={seconds}"
    answer["Vary"] = VARY
    return answer


def remember(request: HttpRequest, state: State, etag: str) -> None:
    """Note which ETag the address has, for whoever asks for it in the same look."""
    key = key_of(request)
    if key is None or not state.token:
        return
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[key] = (state, etag)


def key_of(request: HttpRequest) -> tuple | None:
    """Return what tells two pages of one state apart, None for what is not kept."""
    told, cookies = request.META, request.COOKIES
    key = (
        request.scheme,
        told.get("HTTP_HOST"),
        told.get("HTTP_X_FORWARDED_HOST"),
        request.path_info,
        told.get("QUERY_STRING"),
        told.get("HTTP_ACCEPT_LANGUAGE"),
        *map(cookies.get, COOKIES),
    )
    return key if sum(map(len, filter(None, key))) <= LONGEST_KEY else None


class EarlyUnchanged:
    """Middleware that answers "unchanged" before anything else is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.unchanged(request) or self.get_response(request)

    @staticmethod
    def unchanged(request: HttpRequest) -> HttpResponse | None:
        """Return the answer without a body, None where the page is to be made."""
        has = request.META.get("HTTP_IF_NONE_MATCH")
        if not has or request.method not in READING:
            return None
        held = _known.get(key_of(request))
        if held is None or not matches(has, held[1]):
            return None
        now = timezone.now()
        stamp = stamp_of(now)
        state, etag = held
        if state_of(stamp, directory(), now) != state:
            return None
        answer = with_headers(HttpResponseNotModified(), etag, stamp, now)
        answer["Vary"] = VARY_OF_UNCHANGED
        return answer
