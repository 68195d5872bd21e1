"""The first page, the pages of the eight needs, and the search over everything."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notices.models import Notice
from portal import rows
from portal.directory import Unit
from portal.listing import words_of
from portal.needs import BY_SLUG, EVERYDAY, NEEDS
from portal.shown import shown_agenda, shown_card
from portal.site import Site
from toolkit import publications
from toolkit.policy import public

NOTICES_AT_HOME = 6
NOTICES_OF_NEED = 5
FOUND_AT_MOST = 20


@public
@require_safe
def home(request):
    """Needs first, then what is new, then one's own community."""
    site = Site(request, "home")
    if site.is_unchanged():
        return site.unchanged()
    # The banners stand on top of the page already.
    shown = Notice.objects.published(site.now).exclude(pk__in=site.banners.shown)
    if site.mine:
        shown = shown.concerning(site.mine)
    found = list(shown.newest_first().values_list(*rows.FIELDS)[:NOTICES_AT_HOME])
    context = {
        "needs": NEEDS,
        "lines": rows.short_lines(found, site.directory, site.now) if found else "",
        "mine": site.mine,
        "units": site.directory.communities,
        "hotlines": EVERYDAY,
        "card": shown_card(site, site.mine),
        "agenda": shown_agenda(site, site.mine),
    }
    return site.page("portal/home.html", context)


@public
@require_safe
def need(request, slug):
    """Whom to call for a need, and what is published about it."""
    if slug not in BY_SLUG:
        raise Http404(_("没有这个页面。"))
    site = Site(request, "home")
    chosen = BY_SLUG[slug]
    about = Q()
    for word in chosen.keywords:
        about |= Q(title__icontains=word)
    shown = Notice.objects.published(site.now).filter(about).newest_first()
    if site.mine:
        shown = shown.concerning(site.mine)
    found = list(shown.values_list(*rows.FIELDS)[:NOTICES_OF_NEED])
    context = {
        "need": chosen,
        "lines": rows.short_lines(found, site.directory, site.now) if found else "",
        "mine": site.mine,
        "street": site.directory.street,
        "units": site.directory.communities,
        "breadcrumbs": [
            {"label": _("首页"), "url": reverse("portal:home")},
            {"label": chosen.title, "url": None},
        ],
    }
    return site.page("portal/need.html", context, by_content=True)


@public
@require_safe
def search(request):
    """One box over needs, communities and everything that is published."""
    site = Site(request)
    words = words_of(request.GET.get("q"))
    context = {
        "q": " ".join(words),
        "needs": [need for need in NEEDS if words and need.is_about(words)],
        "units": [
            unit
            for unit in site.directory.communities
            if words and all(is_said_of(unit, word) for word in words)
        ],
        "groups": groups(site, words) if words else [],
    }
    context["is_empty"] = not any(context[k] for k in ("needs", "units", "groups"))
    answer = site.page("portal/search.html", context, by_content=True)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def is_said_of(unit: Unit, word: str) -> bool:
    """Answer whether a word names a unit; many say its committee for it."""
    for committee, kind in (("居委会", "社区"), ("村委会", "村")):
        word = word.replace(committee, kind)
    return word in f"{unit.name}{unit.address}"


def groups(site: Site, words: list[str]) -> list[dict]:
    """Return what each source has published with these words, if anything."""
    found = []
    for source in publications.in_order():
        entries = list(
            source.entries(source.search(words, site.now)[: FOUND_AT_MOST + 1])
        )
        if not entries:
            continue
        more = len(entries) > FOUND_AT_MOST and source.url_name
        found.append(
            {
                "label": source.label,
                "entries": [shown(e, site) for e in entries[:FOUND_AT_MOST]],
                "more_url": reverse(source.url_name) if more else "",
            }
        )
    return found


def shown(entry, site: Site) -> dict:
    """Return an entry with its day as text."""
    this_year = site.now.year
    day = rows.day_of(entry.published_at, this_year) if entry.published_at else ""
    end = "　".join(filter(None, (entry.by, day)))
    return {
        "title": entry.title,
        "url": entry.url,
        "summary": entry.summary,
        "end": end,
    }
