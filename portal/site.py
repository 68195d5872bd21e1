"""One public page: how it looks, whether it changed, what goes around it.

    site = Site(request, "notices")
    if site.is_unchanged():
        return site.unchanged()
    …
    return site.page("portal/notices.html", context)

Pages about notices answer "unchanged" from the stamp alone, before they read a row;
`page(…, by_content=True)` compares what was rendered, for pages that show other things.
"""

from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import http_date, parse_http_date_safe
from django.utils.safestring import SafeString

from portal import conditional
from portal.banners import Banners, banners_of
from portal.conditional import State, etag_of, matches, state_of, with_headers
from portal.directory import Unit, directory
from portal.frames import frame_for
from portal.look import COMMUNITY_COOKIE, look_of
from portal.open_places import banner_of
from portal.stamps import stamp_of

# A change within this time may not show in Last-Modified, which counts whole seconds.
SETTLED_SECONDS = 2
NOTHING = SafeString()


def newest_file() -> str:
    """Return when the site's own templates and code last changed, for the ETags."""
    folders = [settings.BASE_DIR / name for name in ("templates", "portal", "locale")]
    files = (file for folder in folders for file in Path(folder).rglob("*.*"))
    return str(max(file.stat().st_mtime_ns for file in files))


RELEASE = newest_file()


class Site:
    """What a public page is made from. Never asks who is reading."""

    def __init__(self, request, section: str = ""):
        self.request = request
        self.section = section
        self.now = timezone.now()
        self.look = look_of(request)
        self.stamp = stamp_of(self.now)
        self.directory = directory()

    @cached_property
    def mine(self) -> Unit | None:
        """The community that this browser chose, if it still exists."""
        code = self.request.COOKIES.get(COMMUNITY_COOKIE, "")
        unit = self.directory.by_code.get(code)
        return unit if unit and unit.is_current and not unit.is_street else None

    @cached_property
    def etag(self) -> str:
        """A text that changes with anything that this address may show."""
        parts = (
            RELEASE,
            *self.state,
            self.look,
            self.request.COOKIES.get(COMMUNITY_COOKIE),
            self.request.get_full_path(),
        )
        return etag_of(repr(parts))

    @cached_property
    def state(self) -> State:
        """All that pages of this moment are made of."""
        return state_of(self.stamp, self.directory, self.now)

    @cached_property
    def banners(self) -> Banners:
        """The emergencies that stand on top of this page."""
        return banners_of(self.stamp, self.look.language, self.now)

    @cached_property
    def modified_at(self) -> float:
        """The last change of the notices, of the day at the latest, as Unix time."""
        midnight = timezone.localtime(self.now).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        changed = max(filter(None, (self.stamp.modified_at, midnight)))
        return changed.timestamp()

    @property
    def is_settled(self) -> bool:
        """Whether the last change is old enough for a date in whole seconds."""
        return self.now.timestamp() - self.modified_at > SETTLED_SECONDS

    def is_unchanged(self, *, by_date: bool = True) -> bool:
        """Answer whether the visitor has the page of this moment (RFC 9110, 13.2).

        The date is that of the notices: not asked by a page about something else.
        """
        if not self.stamp.token or self.request.method not in ("GET", "HEAD"):
            return False
        known = self.request.META.get("HTTP_IF_NONE_MATCH")
        if known is not None:
            return matches(known, self.etag)
        since = by_date and self.request.META.get("HTTP_IF_MODIFIED_SINCE")
        seconds = parse_http_date_safe(since) if since else None
        return (
            seconds is not None and self.is_settled and seconds >= int(self.modified_at)
        )

    def unchanged(self) -> HttpResponse:
        """Return the answer without a body."""
        return self.known(HttpResponseNotModified())

    def known(self, answer: HttpResponse) -> HttpResponse:
        """Return the answer with the ETag of the state, which is remembered."""
        conditional.remember(self.request, self.state, self.etag)
        return with_headers(answer, self.etag, self.stamp, self.now)

    def page(
        self,
        template: str,
        context: dict,
        *,
        status: int = 200,
        by_content: bool = False,
        bare: bool = False,
        shows: int | None = None,
        leads_to_places: bool = True,
    ) -> HttpResponse:
        """Render a page inside its frame; `bare` leaves the columns out.

        `shows` is the notice that the page is about; the page of the open places does
        not lead to itself.
        """
        section = None if bare else self.section
        banners = self.banners
        if shows in banners.shown:
            banners = banners_of(self.stamp, self.look.language, self.now, shows)
        language = self.look.language
        places = banner_of(self.directory, language) if leads_to_places else NOTHING
        context |= {
            "frame": frame_for(self.look, section, self.directory),
            "here": self.request.get_full_path(),
            "banners": places + banners.html,
            "language": language,
            "is_large": self.look.is_large,
        }
        return self.answer(
            render_to_string(template, context), status=status, by_content=by_content
        )

    def answer(
        self,
        content: str,
        *,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        by_content: bool = False,
    ) -> HttpResponse:
        """Return a rendered page with what caches need to know."""
        if status != 200:
            answer = HttpResponse(content, content_type=content_type, status=status)
            answer["Cache-Control"] = "no-store"
            return answer
        if not by_content and self.stamp.token:
            answer = HttpResponse(content, content_type=content_type)
            if self.is_settled:
                answer["Last-Modified"] = http_date(self.modified_at)
            return self.known(answer)
        etag = etag_of(content)
        if matches(self.request.META.get("HTTP_IF_NONE_MATCH", ""), etag):
            return with_headers(HttpResponseNotModified(), etag, self.stamp, self.now)
        answer = HttpResponse(content, content_type=content_type)
        return with_headers(answer, etag, self.stamp, self.now)
