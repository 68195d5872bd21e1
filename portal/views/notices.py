"""Notices for residents: the list, one notice, its poster, its files."""

from functools import lru_cache

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notices.models import Category, Notice, NoticeAttachment
from portal import rows
from portal.conditional import etag_of, matches
from portal.listing import (
    Wanted,
    cut,
    first_page,
    narrowed,
    page_of,
    pinned,
    wanted,
)
from portal.notice_page import large_context, notice_context, poster_context
from portal.site import Site
from toolkit.downloads import as_download
from toolkit.policy import public

MOST_FILTERS = 20
NEWEST = first_page(rows.FIELDS)
_plain_filters: dict[tuple, SafeString] = {}
_pinned: dict[tuple, list[tuple]] = {}


def gone() -> Http404:
    return Http404(_("没有这条通知，或者已经到期、撤下。"))


@public
@require_safe
def notice_list(request):
    """The list of what is published, filtered by the address."""
    site = Site(request, "notices")
    if site.is_unchanged():
        return site.unchanged()
    want = wanted(request.GET, site.directory)
    found, before, after = rows_of(site, want)
    path = request.path
    context = {
        "lines": rows.lines(found, site.directory, site.now),
        "filters": filters(site, want),
        "conditions": [] if want.is_plain else conditions(want, path),
        "clear_url": path,
        "is_filtered": not want.is_plain,
        "pager": pager(
            before and want.url(path, before=before),
            after and want.url(path, after=after),
            site.look.language,
        ),
    }
    return site.page("portal/notices.html", context)


@lru_cache(maxsize=500)
def pager(previous_url: str, next_url: str, language: str) -> SafeString:
    """Return the two buttons below a page of the list, "" for a list of one page."""
    if not (previous_url or next_url):
        return SafeString("")
    urls = {"previous_url": previous_url, "next_url": next_url}
    return SafeString(render_to_string("_pager.html", {"pager": urls}))


def rows_of(site: Site, want: Wanted) -> tuple:
    """Return (rows, key before, key after) of a page, pinned ones first."""
    if want.is_first_page:
        found, before, after = cut(NEWEST.rows(site.now))
    else:
        notices = narrowed(Notice.objects.published(site.now), want)
        found, before, after = page_of(notices, want, rows.FIELDS)
    if before is None:
        found = [*pinned_rows(site, want), *found]
    return found, before, after


def pinned_rows(site: Site, want: Wanted) -> list[tuple]:
    """Return what stands on top; of the plain list it is read once for each stamp."""
    key = (site.stamp.token, site.stamp.since)
    if want.is_plain and site.stamp.token and key in _pinned:
        return _pinned[key]
    found = pinned(narrowed(Notice.objects.published(site.now), want), rows.FIELDS)
    if want.is_plain:
        _pinned.clear()
        _pinned[key] = found
    return found


def filters(site: Site, want: Wanted) -> SafeString:
    """Return the filter bar; the one of the plain list is kept in memory."""
    this_year = timezone.localtime(site.now).year
    key = (site.look.language, site.directory.digest, site.stamp.first, this_year)
    drawn = _plain_filters.get(key) if want.is_plain else None
    if drawn is None:
        choices = filter_choices(site, want, this_year)
        drawn = SafeString(render_to_string("portal/_filters.html", choices))
    if want.is_plain:
        if len(_plain_filters) >= MOST_FILTERS:
            _plain_filters.clear()
        _plain_filters[key] = drawn
    return drawn


def filter_choices(site: Site, want: Wanted, this_year: int) -> dict:
    """Return what may be chosen, and what is."""
    first = site.stamp.first
    years = range(
        this_year, timezone.localtime(first).year - 1 if first else this_year, -1
    )
    return {
        "q": want.q,
        "unit": want.unit.code if want.unit else "",
        "units": [(unit.code, unit.name) for unit in site.directory.communities],
        "category": want.category,
        "categories": Category.choices,
        "year": want.year,
        "years": list(years) or [this_year],
        "is_emergency": want.is_emergency,
    }


def conditions(want: Wanted, path: str) -> list[dict]:
    """Return the filters that are set, each with the address that removes it."""
    told = (
        ("q", _("关键字"), want.q),
        ("unit", _("社区"), want.unit and want.unit.name),
        ("category", _("类别"), want.category and Category(want.category).label),
        ("year", _("年份"), want.year and _("%d年") % want.year),
        ("emergency", _("只看"), want.is_emergency and _("紧急通知")),
    )
    return [
        {"label": label, "value": value, "remove_url": want.url(path, **{name: ""})}
        for name, label, value in told
        if value
    ]


def published_or_404(site: Site, pk: int) -> Notice:
    """Return a notice that the public sees at this moment."""
    rows_now = Notice.objects.published(site.now).select_related("org_unit")
    notice = rows_now.filter(pk=pk).first()
    if notice is None:
        raise gone()
    return notice


@public
@require_safe
def notice(request, pk):
    """One notice; in large type its rewritten text, unless the whole one is wanted."""
    site = Site(request, "notices")
    if site.is_unchanged():
        return site.unchanged()
    found = published_or_404(site, pk)
    if site.look.is_large and found.easy_body and "full" not in request.GET:
        context = large_context(site, found)
        return unlisted(
            site.page("portal/notice_large.html", context, bare=True, shows=pk), found
        )
    answer = site.page("portal/notice.html", notice_context(site, found), shows=pk)
    return unlisted(answer, found)


def unlisted(answer: HttpResponse, notice: Notice) -> HttpResponse:
    """Keep search engines from whatever shows a notice that lists people."""
    if notice.lists_people:
        answer["X-Robots-Tag"] = "noindex"
    return answer


@public
@require_safe
def poster(request, pk):
    """The notice as a sheet for the board, with a code that leads to its page."""
    site = Site(request, "notices")
    found = published_or_404(site, pk)
    address = request.build_absolute_uri(reverse("portal:notice", args=[pk]))
    context = poster_context(site, found, address)
    return unlisted(site.page("portal/poster.html", context, by_content=True), found)


@public
@require_safe
def attachment(request, pk, uid):
    """A file of a notice, as long as the public sees the notice."""
    notice = Notice.objects.published().filter(pk=pk).first()
    if notice is None:
        raise gone()
    files = NoticeAttachment.objects.kept().filter(notice_id=pk)
    found = get_object_or_404(files, uid=uid)
    etag = etag_of(found.sha256)
    if matches(request.META.get("HTTP_IF_NONE_MATCH", ""), etag):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        # Asked for anew each time: a notice that was withdrawn takes its files along.
        answer = as_download(
            found.file,
            name=found.file_name,
            media_type=found.media_type,
            cache="no-cache",
        )
    answer["ETag"] = etag
    return unlisted(answer, notice)
