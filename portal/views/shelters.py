"""Where to go while an emergency is open: the shelters, and how to get help."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.needs import AMBULANCE, FIRE, POLICE
from portal.open_places import shown_occasion
from portal.site import Site
from portal.views.texts import crumbs
from toolkit.policy import public

HOTLINES = (POLICE, FIRE, AMBULANCE)


@public
@require_safe
def shelters(request):
    """The open shelters, those of the own community first; nothing once it is over.

    People in charge are named, so no search engine is to keep the page.
    """
    site = Site(request)
    if site.is_unchanged(by_date=False):
        return site.unchanged()
    occasions = site.directory.offers.occasions
    context = {
        "occasions": [
            shown_occasion(one, site.directory, site.mine) for one in occasions
        ],
        "hotlines": HOTLINES,
        "mine": site.mine,
        "street": site.directory.street,
        "breadcrumbs": crumbs(_("避灾安置点")),
    }
    answer = site.page("portal/shelters.html", context, leads_to_places=False)
    answer["X-Robots-Tag"] = "noindex"
    return answer
