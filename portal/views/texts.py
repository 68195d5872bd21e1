"""Pages of plain text: privacy, accessibility, the map of the site."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notices.models import Category
from portal.needs import NEEDS
from portal.site import Site
from toolkit.policy import public


def crumbs(label: str) -> list[dict]:
    return [{"label": _("首页"), "url": reverse("portal:home")}, {"label": label}]


@public
@require_safe
def privacy(request):
    """What the site keeps of its visitors."""
    site = Site(request)
    context = {"street": site.directory.street, "breadcrumbs": crumbs(_("隐私说明"))}
    return site.page("portal/privacy.html", context, by_content=True)


@public
@require_safe
def accessibility(request):
    """How far everybody can use the site, and whom to call where one cannot."""
    site = Site(request)
    context = {"street": site.directory.street, "breadcrumbs": crumbs(_("无障碍声明"))}
    return site.page("portal/accessibility.html", context, by_content=True)


@public
@require_safe
def site_map(request):
    """Every page that stands still, on one."""
    site = Site(request)
    context = {
        "needs": NEEDS,
        "categories": Category.choices,
        "units": site.directory.communities,
        "breadcrumbs": crumbs(_("网站地图")),
    }
    return site.page("portal/site_map.html", context, by_content=True)
