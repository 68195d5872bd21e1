"""For programs: the feed of notices, robots.txt, sitemap.xml, the icon."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.models import OrgUnit
from notices.models import Notice
from portal.listing import unit_of
from portal.needs import NEEDS
from portal.site import Site
from toolkit import prose, publications
from toolkit.policy import public

ENTRIES = 30
# The limit of one file in the sitemap protocol.
MOST_ADDRESSES = 50_000
CLOSED = ("/accounts/", "/api/", "/desk/", "/jobs/", "/search/", "/notices/notices/")


@public
@require_safe
def feed(request):
    """The newest notices as Atom (RFC 4287), of one unit if the address names it."""
    site = Site(request)
    if site.is_unchanged():
        return site.unchanged()
    unit = unit_of(request.GET.get("unit", ""), site.directory)
    shown = Notice.objects.published(site.now).filter(lists_people=False)
    title = _("玉海街道通知公告")
    if unit is not None:
        title = _("%(unit)s通知公告") % {"unit": unit.name}
        if not unit.is_street:
            shown = shown.concerning(OrgUnit(path=unit.path))
    atom = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(reverse("portal:notices")),
        description=title,
        language="zh-Hans",
        feed_url=request.build_absolute_uri(),
        author_name=_("瑞安市人民政府玉海街道办事处"),
    )
    for notice in shown.order_by("-publish_at", "-pk")[:ENTRIES]:
        add_entry(atom, notice, request, site)
    text = atom.writeString("utf-8")
    return site.answer(text, content_type="application/atom+xml; charset=utf-8")


def add_entry(atom: Atom1Feed, notice: Notice, request, site: Site) -> None:
    """Add a notice with its gist and its whole text."""
    url = request.build_absolute_uri(reverse("portal:notice", args=[notice.pk]))
    issuer = site.directory.by_pk.get(notice.org_unit_id)
    atom.add_item(
        title=notice.title,
        link=url,
        unique_id=url,
        description=f"<p>{prose.inline(notice.gist)}</p>{prose.to_html(notice.body)}",
        pubdate=notice.publish_at,
        updateddate=notice.publish_at,
        author_name=issuer.office if issuer else None,
        categories=(notice.get_category_display(),),
    )


@public
@require_safe
def robots(request):
    """What search engines should leave alone, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
def icon(request):
    """Browsers that do not read the page's own link ask here, at every visit."""
    answer = redirect(static("img/mark-jade.svg"))
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@public
@require_safe
def sitemap(request):
    """Every public address for search engines; lists of persons are not in it."""
    site = Site(request)
    names = ("home", "notices", "disclosure", "missing", "units")
    names += ("privacy", "accessibility", "site-map")
    paths = [reverse(f"portal:{name}") for name in names]
    paths += [reverse("portal:need", args=[need.slug]) for need in NEEDS]
    paths += [reverse("portal:unit", args=[u.code]) for u in site.directory.communities]
    found = [{"url": request.build_absolute_uri(path)} for path in paths]
    for source in publications.in_order():
        shown = source.rows(site.now).filter(source.indexed)
        found += [
            {"url": request.build_absolute_uri(e.url), "changed": e.published_at}
            for e in source.entries(shown[:MOST_ADDRESSES])
        ]
    text = render_to_string("portal/sitemap.xml", {"pages": found[:MOST_ADDRESSES]})
    return site.answer(
        text, content_type="application/xml; charset=utf-8", by_content=True
    )
